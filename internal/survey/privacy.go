package survey

import (
	"net/url"
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// privacyKeys follow what the GDPR (art. 13) and the PIPL of China (art. 17,
// 23, 29, 39) want respondents to be told. Not legal advice.
var privacyKeys = []key[Privacy]{
	{"anonymous", "answers are anonymous", boolean(func(p *Privacy) *bool { return &p.Anonymous }), optional},
	{"controller", "who decides what the answers are used for", text(func(p *Privacy) *Text { return &p.Controller }), optional},
	{"contact", "whom to ask about the data", str(func(p *Privacy) *string { return &p.Contact }), optional},
	{"purpose", "what the answers are used for", text(func(p *Privacy) *Text { return &p.Purpose }), optional},
	{"basis", "by what right: consent, contract, legal_obligation, public_interest or legitimate_interests", word(func(p *Privacy) *string { return &p.Basis }, bases...), optional},
	{"categories", "which personal data are asked for", items(func(p *Privacy) *[]Text { return &p.Categories }, shape{kind: "text"}, oneText), optional},
	{"recipients", "who else gets the answers", items(func(p *Privacy) *[]Text { return &p.Recipients }, shape{kind: "text"}, oneText), optional},
	{"cross_border", "to which country the answers go, and to whom", text(func(p *Privacy) *Text { return &p.CrossBorder }), optional},
	{"sensitive", "which sensitive data are asked for, and why", text(func(p *Privacy) *Text { return &p.Sensitive }), optional},
	{"retain_months", "months answers are kept", whole(func(p *Privacy) *int { return &p.RetainMonths }, 1, 1200), optional},
	{"withdrawal", "every respondent gets a code by which the answers can be withdrawn", boolean(func(p *Privacy) *bool { return &p.Withdrawal }), optional},
	{"consent", "how consent is asked: none, notice or required", word(func(p *Privacy) *string { return &p.Consent }, "none", "notice", "required"), optional},
}

var bases = []string{"consent", "contract", "legal_obligation", "public_interest", "legitimate_interests"}

func oneText(r *reader, n *yaml.Node) (Text, bool) {
	t := r.text(n)
	return t, t != nil
}

// Consents are what is asked for separately, each with a box of its own:
// processing always; sensitive data, giving to others and leaving the country
// where the definition names them (PIPL art. 23, 29, 39).
func (p Privacy) Consents() []string {
	if p.Consent != "required" {
		return nil
	}
	out := []string{"processing"}
	if len(p.Sensitive) > 0 {
		out = append(out, "sensitive")
	}
	if len(p.Recipients) > 0 {
		out = append(out, "recipients")
	}
	if len(p.CrossBorder) > 0 {
		out = append(out, "cross_border")
	}
	return out
}

// Told reports whether the page says before the questions how answers are used.
func (p Privacy) Told() bool { return p.Consent == "notice" || p.Consent == "required" }

// judgePrivacy holds what respondents are told against what happens.
func judgePrivacy(r *reader, privacy, collect *yaml.Node, s *Survey) {
	p := s.Privacy
	if privacy != nil {
		if p.Consent == "required" && len(p.Purpose) == 0 {
			r.fail(nodeOr(child(privacy, "consent"), privacy), "consent-unclear", diag.Say("add purpose: and say what the answers are used for"), diag.Say("consent is asked for a purpose that is not named"))
		}
		if p.Basis == "consent" && p.Consent != "required" {
			r.report(diag.Problem{
				Severity: diag.Warning, Code: "consent-unclear", Place: r.place(nodeOr(child(privacy, "basis"), privacy)),
				Summary: diag.Say("answers are used by consent, which nobody is asked for"), Cure: diag.Say("write consent: required"),
			})
		}
	}
	if collect == nil || !s.Collect.thirdParty() || child(collect, "seal") != nil || len(p.Recipients) > 0 {
		return
	}
	r.report(diag.Problem{
		Severity: diag.Error, Code: "unnamed-recipient", Place: r.place(nodeOr(child(collect, "channel"), collect)),
		Summary: diag.Say("the answers pass through channel %s in clear, and respondents are not told who runs it", s.Collect.Channel),
		Cure:    diag.Say("name who runs it in recipients: of privacy, or seal the answers: manyi keygen --survey %s", s.ID),
	})
}

// thirdParty reports whether others than the author receive the answers: a
// relay that is not on this machine. A collector is this program, run by the author.
func (c Collect) thirdParty() bool {
	switch c.Channel {
	case "netlify":
		return true
	case "urlencoded", "json":
		u, err := url.Parse(c.URL)
		return err == nil && !slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname())
	}
	return false
}

func nodeOr(n, other *yaml.Node) *yaml.Node {
	if n != nil {
		return n
	}
	return other
}
