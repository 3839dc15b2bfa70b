package ledger

import (
	"strings"
	"testing"
)

// form is the answers to a complaint form.
func form(text string) Source {
	s := of("complaints.csv", text)
	s.Name = "responses/2026.csv"
	s.Form = &Mapping{Columns: map[string]string{"_id": "id", "_submitted": "received"}, Set: map[string]string{"kind": "goods"}}
	return s
}

const answers = `_id,_submitted,product,contact,description,extra
K1,2026-03-01T08:30:00+08:00,fridge,ann@example.com,secret,x
K2,2026-03-02T09:00:00+08:00,washer,bob@example.com,secret,x
K2,2026-03-02T09:00:00+08:00,washer,bob@example.com,secret,x
,2026-03-02T09:00:00+08:00,washer,,,
K3,,washer,,,
`

func TestAnswersToAFormAreRecordsThatTheDeskCompletes(t *testing.T) {
	desk := of("complaints.csv", "id,received,product,department,closed,contact\nK1,2026-03-01,fridge,quality,2026-03-05,none\nK1,2026-03-01,fridge,quality,2026-03-05,none\nP1,2026-03-04,heater,quality,,\n")
	calls := of("complaints-calls.csv", "id,called_back,reached,product\nK1,2026-03-07,yes,washer\n")
	l, said := read(t, Options{Zone: shanghai(t)}, desk, calls, form(answers))
	c := l.Of("complaints")
	if got, want := c.Count, (Count{Read: 9, Kept: 3, Duplicate: 2, Rejected: 2, Joined: 2}); got != want {
		t.Errorf("count %+v, want %+v", got, want)
	}
	if n := c.Count; n.Read != n.Kept+n.Duplicate+n.Conflict+n.Rejected+n.Joined {
		t.Errorf("rows do not add up: %+v", n)
	}
	for column, want := range map[string]string{"id": "K1", "product": "fridge", "department": "quality", "kind": "goods", "contact": kept} {
		if got := c.Of(column).Text(0); got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
	if got := c.Of("received").Time(0).Format("2006-01-02T15:04"); got != "2026-03-01T08:30" {
		t.Errorf("received %s: the answer's moment is more than the desk's day", got)
	}
	if c.Of("closed").Time(0).IsZero() || c.Of("reached").Number(0) != 1 {
		t.Error("what the desk and the caller add is missing")
	}
	if got := c.Of("kind").Text(2); got != "" {
		t.Errorf("the desk's own record is of kind %q, want none: set: belongs to the form", got)
	}
	if !strings.Contains(said, `complaints-calls.csv:2:`) || !strings.Contains(said, `column "product" says otherwise than the answer to the form`) {
		t.Errorf("the contradiction is not told:\n%s", said)
	}
	for _, secret := range []string{"secret", "ann@", "bob@", "washer", "extra"} {
		if strings.Contains(said, secret) {
			t.Errorf("a message shows %q:\n%s", secret, said)
		}
	}
}

func TestAWithdrawnAnswerIsNoComplaint(t *testing.T) {
	answers := of("complaints.csv", "id,received,category\nK1,2026-10-01,late\nK2,2026-10-02,late\n")
	answers.Form, answers.Forgotten = &Mapping{}, func(id string) bool { return id == "K1" }
	l, _ := read(t, Options{}, answers)
	if c := l.Of("complaints"); c.Rows != 1 || c.Of("id").Text(0) != "K2" || c.Count != (Count{Read: 1, Kept: 1}) {
		t.Errorf("%+v", c.Count)
	}
}
