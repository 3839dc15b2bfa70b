package serve

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
)

// policyTag is the policy of a page as html/template writes it.
var policyTag = regexp.MustCompile(`(?i)(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]*)(")`)

// live returns the copy of a page that is sent: with the script that reloads
// it, and a policy that lets this script in and nothing else.
func live(page []byte, build string) []byte {
	page = policyTag.ReplaceAllFunc(page, func(tag []byte) []byte {
		m := policyTag.FindSubmatch(tag)
		policy := allow(html.UnescapeString(string(m[2])), "script-src", "connect-src")
		return slices.Concat(m[1], []byte(html.EscapeString(policy)), m[3])
	})
	script := []byte(`<script src="/_manyi/live.js" data-build="` + html.EscapeString(build) + `" defer></script>`)
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	return slices.Concat(page[:at], script, page[at:])
}

// allow adds 'self' to the directives of a policy; one that is absent begins
// with what default-src allows in its place.
func allow(policy string, directives ...string) string {
	var parts []string
	fallback := ""
	for part := range strings.SplitSeq(policy, ";") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
		if rest, ok := strings.CutPrefix(part, "default-src"); ok {
			fallback = rest
		}
	}
	if len(parts) == 0 {
		return policy
	}
	for _, d := range directives {
		i := slices.IndexFunc(parts, func(p string) bool { return p == d || strings.HasPrefix(p, d+" ") })
		if i < 0 {
			i, parts = len(parts), append(parts, d+fallback)
		}
		sources := strings.Fields(parts[i])
		if !slices.Contains(sources, "'self'") {
			sources = append(slices.DeleteFunc(sources, func(s string) bool { return s == "'none'" }), "'self'")
		}
		parts[i] = strings.Join(sources, " ")
	}
	return strings.Join(parts, "; ")
}
