package survey

import (
	"errors"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/seal"
)

var sealKeys = []key[sealing]{
	{"recipients", "public keys of age: yours and a backup", items(func(s *sealing) *[]*seal.Recipient { return &s.recipients }, shape{kind: "string"}, recipient), required},
	{"one_key", "there is no backup: who loses the key loses the answers", boolean(func(s *sealing) *bool { return &s.oneKey }), optional},
}

// sealing is the value of seal.
type sealing struct {
	recipients []*seal.Recipient
	oneKey     bool
}

func readSeal(r *reader, n *yaml.Node, c *Collect) {
	var s sealing
	have := mapping(r, n, diag.Say("seal"), sealKeys, &s)
	list := have["recipients"].value
	if list == nil || list.Kind != yaml.SequenceNode {
		return
	}
	c.Seal, c.SealAt = s.recipients, r.place(have["recipients"].key)
	for i, e := range list.Content {
		for _, before := range list.Content[:i] {
			if before.Value == e.Value && strings.HasPrefix(e.Value, "age1") && len(e.Value) == 62 {
				r.twice(e, r.place(before), "duplicate-recipient", diag.Say("delete one"), diag.Say("this key is listed twice"))
			}
		}
	}
	if len(list.Content) == 1 && !s.oneKey {
		r.fail(list.Content[0], "one-key", diag.Say("add the key of a backup: manyi keygen makes both; or write one_key: true"), diag.Say("answers are sealed for one key only: who loses it loses them all"))
	}
}

// recipient reads a public key. No key is ever repeated in a message.
func recipient(r *reader, n *yaml.Node) (*seal.Recipient, bool) {
	text, ok := r.str(n)
	if !ok {
		return nil, false
	}
	key, err := seal.ParseRecipient(text)
	if err == nil {
		return key, true
	}
	made := diag.Say("manyi keygen makes a pair of keys; the public one starts with age1")
	summary, cure := diag.Say("this is not a public key of age"), made
	switch {
	case errors.Is(err, seal.ErrSecret):
		summary, cure = diag.Say("this is a secret key: whoever reads this file could open every answer"), diag.Say("take it out, make new keys with manyi keygen, and write the public ones here")
	case errors.Is(err, seal.ErrSSH):
		summary = diag.Say("keys of ssh are not taken: a survey page cannot seal for them")
	case errors.Is(err, seal.ErrPlugin):
		summary = diag.Say("keys of plugins and hardware are not taken: a survey page cannot seal for them")
	case errors.Is(err, seal.ErrQuantum):
		summary = diag.Say("post-quantum keys are not taken yet: a survey page cannot seal for them")
	}
	r.secret(n, "wrong-recipient", cure, summary)
	return nil, false
}

// shownOfKey is how many characters of what may be a secret key are repeated.
const shownOfKey = 14

// secret records an error at n without repeating the text of n.
func (r *reader) secret(n *yaml.Node, code string, cure, summary diag.Phrase) {
	at := r.place(n)
	line := r.line(at.Line)
	if len(n.Value) > shownOfKey && !strings.HasPrefix(n.Value, "age1") && !strings.HasPrefix(n.Value, "ssh-") {
		line = strings.ReplaceAll(line, n.Value, n.Value[:shownOfKey]+strings.Repeat("*", len(n.Value)-shownOfKey))
	}
	r.report(diag.Problem{Code: code, Place: at, Source: line, Summary: summary, Cure: cure})
}
