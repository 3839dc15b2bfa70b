package survey

import (
	"crypto/ed25519"
	"time"

	"manyi/internal/table"
	"manyi/internal/token"
)

// InviteKeys is the file beside survey.yaml with the public keys of its
// invitations. Whoever has it can tell a token from a forged one, and make none.
const InviteKeys = "invite.pub"

// The words of the column _invitation, which stands for _token where answers
// are anonymous: what became of the token is kept, the token is not.
const (
	InviteFirst  = "first"  // valid and not used before
	InviteAgain  = "again"  // valid and used before
	InviteMany   = "many"   // valid for any number of answers
	InviteLate   = "late"   // its last day was over
	InviteForged = "forged" // no key signed it
)

// Admit says who may answer and when, by collect: access, duplicates, opens,
// closes. It is nil where everybody may, always. keys are those of InviteKeys;
// a response without _submitted, as of paper, is never too late.
func (s *Survey) Admit(zone string, keys []ed25519.PublicKey) table.Admit {
	c := s.Collect
	if c.Access != "token" && !c.ByToken() && c.Opens == "" && c.Closes == "" {
		return nil
	}
	at, err := time.LoadLocation(zone)
	if err != nil {
		at = time.UTC
	}
	return func(m table.Metadata) (string, table.Fate) {
		on := dayOf(m.Submitted, at)
		if on != "" && (c.Opens != "" && on < c.Opens || c.Closes != "" && on > c.Closes) {
			return "", table.Outside
		}
		if m.Mode == "paper" || m.Mode == "simulated" { // made here, where no invitation is asked for
			return "", table.Admitted
		}
		use := ""
		if m.Invitation == "" && m.Token != "" {
			var t token.Token
			m.Invitation, t = s.Invitation(keys, m.Token, on)
			use = t.Serial
		}
		switch {
		case m.Invitation == InviteLate:
			return "", table.Outside
		case m.Invitation == InviteAgain && c.ByToken():
			return "", table.Again
		case m.Invitation == InviteFirst:
			return use, table.Admitted
		case m.Invitation == InviteMany, m.Invitation == InviteAgain:
			return "", table.Admitted
		case c.Access == "token":
			return "", table.Uninvited
		case c.ByToken():
			return m.Token, table.Admitted // a word of the author's own, good for one answer all the same
		}
		return "", table.Admitted
	}
}

// Invitation says what a token is worth on a day.
func (s *Survey) Invitation(keys []ed25519.PublicKey, text, on string) (string, token.Token) {
	t, ok := token.Verify(keys, s.ID, text)
	switch {
	case !ok:
		return InviteForged, t
	case t.Until != "" && on > t.Until:
		return InviteLate, t
	case t.Kind == token.Many, !s.Collect.ByToken():
		return InviteMany, t
	}
	return InviteFirst, t
}

// Day is the day of a time stamp in a zone; "" where it is none.
func Day(zone, stamp string) string {
	at, err := time.LoadLocation(zone)
	if err != nil {
		at = time.UTC
	}
	return dayOf(stamp, at)
}
