package survey

import (
	"testing"

	"manyi/internal/table"
	"manyi/internal/token"
)

func TestWhoIsAdmittedAndWhen(t *testing.T) {
	private, public := token.Generate()
	key, err := token.ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := token.ParsePublic([]byte(public))
	if err != nil {
		t.Fatal(err)
	}
	s := &Survey{ID: "cafe", Collect: Collect{Access: "token", Opens: "2026-10-01", Closes: "2026-10-31"}}
	once, made, _ := token.New(key, "cafe", token.Once, "2026-10-20")
	many, _, _ := token.New(key, "cafe", token.Many, "")
	foreign, _, _ := token.New(key, "hotel", token.Once, "")
	const in = "2026-10-15T10:00:00+08:00"
	for name, c := range map[string]struct {
		m    table.Metadata
		use  string
		fate table.Fate
	}{
		"invited":              {table.Metadata{Token: once, Submitted: in}, made.Serial, table.Admitted},
		"counter":              {table.Metadata{Token: many, Submitted: in}, "", table.Admitted},
		"of another survey":    {table.Metadata{Token: foreign, Submitted: in}, "", table.Uninvited},
		"without":              {table.Metadata{Submitted: in}, "", table.Uninvited},
		"after its last day":   {table.Metadata{Token: once, Submitted: "2026-10-21T00:00:00+08:00"}, "", table.Outside},
		"before it opens":      {table.Metadata{Token: many, Submitted: "2026-09-30T23:59:59+08:00"}, "", table.Outside},
		"after it closes":      {table.Metadata{Token: many, Submitted: "2026-10-31T16:00:00Z"}, "", table.Outside},
		"its last minute":      {table.Metadata{Token: many, Submitted: "2026-10-31T15:59:59Z"}, "", table.Admitted},
		"paper":                {table.Metadata{Mode: "paper", Submitted: in}, "", table.Admitted},
		"anonymous, first":     {table.Metadata{Invitation: InviteFirst, Submitted: in}, "", table.Admitted},
		"anonymous, again":     {table.Metadata{Invitation: InviteAgain, Submitted: in}, "", table.Again},
		"anonymous, forged":    {table.Metadata{Invitation: InviteForged, Submitted: in}, "", table.Uninvited},
		"anonymous, too late":  {table.Metadata{Invitation: InviteLate, Submitted: in}, "", table.Outside},
		"without a time stamp": {table.Metadata{Token: many}, "", table.Admitted},
	} {
		if use, fate := s.Admit("Asia/Shanghai", keys)(c.m); use != c.use || fate != c.fate {
			t.Errorf("%s: %q, %d; want %q, %d", name, use, fate, c.use, c.fate)
		}
	}
	if (&Survey{}).Admit("UTC", nil) != nil {
		t.Error("an open survey asks for something")
	}
}
