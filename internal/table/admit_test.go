package table

import (
	"io"
	"strings"
	"testing"

	"manyi/internal/diag"
)

func TestRowsThatTheRulesTurnAway(t *testing.T) {
	body := "_id,_token,_submitted,q\na,T1,2026-10-01,1\nb,T1,2026-10-02,2\nc,bad,2026-10-02,2\nd,T2,2027-01-01,2\ne,T3,2026-10-03,1\na,T1,2026-10-01,1\nf,T4,2026-10-04,2\n"
	schema := &Schema{Survey: "cafe", Fields: []Field{{ID: "q", Kind: Choice, Codes: []string{"1", "2"}}}}
	opt := Options{
		Forgotten: map[string]bool{Tombstone("cafe", "f"): true, Tombstone("cafe", "gone"): true},
		Admit: func(m Metadata) (string, Fate) {
			switch {
			case m.Token == "bad":
				return "", Uninvited
			case m.Submitted > "2026-12-31":
				return "", Outside
			}
			return m.Token, Admitted
		},
	}
	var problems diag.List
	got, err := Read(schema, []Source{{Name: "a.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(body)), nil }}}, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	c := got.Count
	want := Count{Read: 8, Counted: 2, Excluded: 1, Duplicate: 2, Rejected: 1, Withdrawn: 2, Complete: 2, Outside: 1, Uninvited: 1, SameToken: 1}
	if c != want || !balanced(c) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
	if _, sound := Tombstones([]byte("{\"forgotten\":\"x\"}\n")); sound {
		t.Error("a damaged tombstone is sound")
	}
}

func balanced(c Count) bool {
	return c.Read == c.Counted+c.Excluded+c.Duplicate+c.Conflict+c.Rejected+c.Unmatched+c.Withdrawn
}
