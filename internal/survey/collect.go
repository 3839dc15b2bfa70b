package survey

import (
	"net/url"
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/seal"
)

var collectKeys = []key[Collect]{
	{"channel", "who receives the answers", object[Collect, Collect](diag.Say("channel"), nil, channelKeys), optional},
	{"access", "who may answer: open or token", word(func(c *Collect) *string { return &c.Access }, "open", "token"), optional},
	{"duplicates", "what stops a second answer: none, token or browser", word(func(c *Collect) *string { return &c.Duplicates }, "none", "token", "browser"), optional},
	{"opens", "first day", date(func(c *Collect) *string { return &c.Opens }), optional},
	{"closes", "last day", date(func(c *Collect) *string { return &c.Closes }), optional},
	{"seal", "answers are encrypted for these", formed(keyed(sealKeys), readSeal), optional},
	{"guard", "protection against robots", object(diag.Say("guard"), func(c *Collect) *Guard { return &c.Guard }, guardKeys), optional},
	{"embed", "other sites may show the page in a frame", boolean(func(c *Collect) *bool { return &c.Embed }), optional},
	{"kiosk", "one device for many respondents", boolean(func(c *Collect) *bool { return &c.Kiosk }), optional},
}

var channels = []string{"file", "mail", "netlify", "urlencoded", "json", "collector"}

var channelKeys = []key[Collect]{
	{"type", "kind of receiver", word(func(c *Collect) *string { return &c.Channel }, channels...), required},
	{"url", "address of the receiver", special("url", func(r *reader, n *yaml.Node, c *Collect) { c.URL, _ = r.address(n, "https", "http", "mailto") }), optional},
	{"expect", "json: what the receiver answers where it took a response; else the receipt or the id", str(func(c *Collect) *string { return &c.Expect }), optional},
}

var guardKeys = []key[Guard]{
	{"honeypot", "a field that only robots fill", boolean(func(g *Guard) *bool { return &g.Honeypot }), optional},
	{"min_seconds", "faster answers are kept apart and not counted", whole(func(g *Guard) *int { return &g.MinSeconds }, 0, 3600), optional},
}

// readCollect reads where answers go. The channel is kept beside the dates.
func readCollect(r *reader, n *yaml.Node, s *Survey) {
	have := mapping(r, n, diag.Say("collect"), collectKeys, &s.Collect)
	if c := have["channel"].value; c != nil && c.Kind == yaml.MappingNode {
		if t := child(c, "type"); t != nil && slices.Contains(channels, t.Value) {
			s.Collect.Channel = t.Value
		}
		if e := child(c, "expect"); e != nil && e.Kind == yaml.ScalarNode {
			s.Collect.Expect = e.Value
		}
		if u := child(c, "url"); u != nil {
			s.Collect.URL = u.Value
		} else if needs := s.Collect.Channel; needs != "" && needs != "file" && needs != "netlify" {
			r.fail(c, "missing-key", diag.Say("add url: with the address of the receiver"), diag.Say("channel %s lacks the key \"url\"", needs))
		}
	}
	if o, c := s.Collect.Opens, s.Collect.Closes; o != "" && c != "" && o > c {
		r.breaks(have["closes"].value, r.place(have["opens"].value), "wrong-date", diag.Say("swap the two"), diag.Say("the survey closes before it opens"))
	}
}

// address reads an absolute URL.
func (r *reader) address(n *yaml.Node, schemes ...string) (string, bool) {
	s, ok := r.str(n)
	if !ok {
		return "", false
	}
	u, err := url.Parse(s)
	if err != nil || !slices.Contains(schemes, u.Scheme) || u.Host == "" && u.Opaque == "" {
		r.fail(n, "wrong-url", diag.Say("write it in full, like https://example.com/"), diag.Say("%q is not an address", shorten(s)))
		return "", false
	}
	return s, true
}

// Collect is where answers go.
type Collect struct {
	Channel string // file, mail, netlify, urlencoded, json, collector or ""
	URL     string
	Opens   string
	Closes  string
	Embed   bool // other sites may show the page in a frame
	Kiosk   bool // one device for many respondents

	Expect string            // json: what the receiver's answer holds that took a response; "": the receipt or the id
	Seal   []*seal.Recipient // for whom answers are encrypted
	SealAt diag.Place

	Access     string // token: only answers with an invitation count; "" is open
	Duplicates string // none, token or browser; "": token where access is, else none
	Guard      Guard
}

// Guard is the protection of a survey against robots.
type Guard struct {
	Honeypot   bool // a field that only robots fill
	MinSeconds int  // what was filled in faster does not count, 0 without
}

// ByToken reports whether an invitation is good for one answer only.
func (c Collect) ByToken() bool {
	return c.Duplicates == "token" || c.Duplicates == "" && c.Access == "token"
}

// Sealed reports whether answers leave the page encrypted.
func (c Collect) Sealed() bool { return len(c.Seal) > 0 }

// Posts reports whether the page itself sends the answers to a receiver.
func (c Collect) Posts() bool {
	switch c.Channel {
	case "netlify", "urlencoded", "json", "collector":
		return true
	}
	return false
}
