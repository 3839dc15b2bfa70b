package page

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"manyi/internal/survey"
)

// privacyNotice is what respondents are told before the questions, and what
// they are asked to agree to.
type privacyNotice struct {
	Title    []said
	Lines    []noticeLine
	Consents []consent
}

type noticeLine struct{ Name, Text []said }

// consent is one box of its own. Its hash, of the text in one language, is
// stored with the answer; a form without script sends that of the first.
type consent struct {
	Name, Hash string
	Text       []said
}

// privacyNotice is nil where the definition asks for none.
func (s Survey) privacyNotice() *privacyNotice {
	p := s.Survey.Privacy
	if !p.Told() {
		return nil
	}
	out := &privacyNotice{Title: s.words("consent.title"), Lines: s.noticeLines()}
	for _, name := range p.Consents() {
		out.Consents = append(out.Consents, consent{name, s.consentHash(name, s.Locales[0]), s.consentWords(name)})
	}
	return out
}

// noticeLines are what the definition says of the answers, in the order in
// which one asks: who, what for, by what right, what, who else, where, how long.
func (s Survey) noticeLines() []noticeLine {
	p := s.Survey.Privacy
	var out []noticeLine
	add := func(name string, text []said) {
		if len(text) > 0 {
			out = append(out, noticeLine{s.words("consent." + name), text})
		}
	}
	add("controller", s.texts(p.Controller))
	add("purpose", s.texts(p.Purpose))
	if p.Basis != "" {
		add("basis", s.words("consent.basis_"+p.Basis))
	}
	add("categories", s.listed(p.Categories))
	add("sensitive", s.texts(p.Sensitive))
	add("recipients", s.listed(p.Recipients))
	add("cross_border", s.texts(p.CrossBorder))
	if p.RetainMonths > 0 {
		add("kept", s.words("consent.months", "months", p.RetainMonths))
	}
	if p.Contact != "" {
		add("contact", []said{{Text: p.Contact}})
	}
	if p.Withdrawal {
		add("rights", s.words("consent.withdrawal"))
	} else if p.Contact != "" {
		add("rights", s.words("consent.ask"))
	}
	return out
}

// listed joins texts in every language of the survey.
func (s Survey) listed(all []survey.Text) []said {
	if len(all) == 0 {
		return nil
	}
	var out []said
	for _, l := range s.Locales {
		var parts []string
		for _, t := range all {
			parts = append(parts, s.in(t, l))
		}
		out = append(out, said{Lang: l.Tag(), Text: strings.Join(parts, l.Say("consent.stop"))})
	}
	return out
}

// consentWords is what a box says, with what the definition adds to it.
func (s Survey) consentWords(name string) []said {
	var out []said
	for _, l := range s.Locales {
		out = append(out, said{Lang: l.Tag(), Text: s.consentText(name, l)})
	}
	return out
}

func (s Survey) consentText(name string, l *survey.Locale) string {
	p := s.Survey.Privacy
	text := map[string]func() string{
		"processing": func() string { return s.in(p.Purpose, l) },
		"sensitive":  func() string { return s.in(p.Sensitive, l) },
		"recipients": func() string {
			var parts []string
			for _, t := range p.Recipients {
				parts = append(parts, s.in(t, l))
			}
			return strings.Join(parts, l.Say("consent.stop"))
		},
		"cross_border": func() string { return s.in(p.CrossBorder, l) },
	}[name]()
	return l.Say("consent.box_"+name, "text", text)
}

// consentHash is the start of the SHA-256 of what somebody agrees to in one
// language: the box, then every line of the notice as "name: text".
func (s Survey) consentHash(name string, l *survey.Locale) string {
	lines := []string{s.consentText(name, l)}
	in := func(all []said) string {
		for _, x := range all {
			if x.Lang == l.Tag() || x.Lang == "" {
				return x.Text
			}
		}
		return ""
	}
	for _, line := range s.noticeLines() {
		lines = append(lines, in(line.Name)+": "+in(line.Text))
	}
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])[:consentHashLength]
}

const consentHashLength = 16

// collecting says how the page sends: what the definition asks for beyond the channel.
func (m *model) collecting(s Survey) {
	c := s.Survey.Collect
	m.Expect, m.Access, m.Duplicates, m.MinSeconds, m.Withdrawal = c.Expect, c.Access, c.Duplicates, c.Guard.MinSeconds, s.Survey.Privacy.Withdrawal
	for _, r := range c.Seal {
		m.Seal = append(m.Seal, hex.EncodeToString(r.Public()))
	}
	for _, name := range s.Survey.Privacy.Consents() {
		if m.Consents == nil {
			m.Consents = map[string]map[string]string{}
		}
		m.Consents[name] = map[string]string{}
		for _, l := range s.Locales {
			m.Consents[name][l.Tag()] = s.consentHash(name, l)
		}
	}
}
