package site

import "strings"

// headers is the file _headers of site/surveys, which Netlify, Cloudflare Pages
// and others read: who may show a page in a frame cannot be said inside of it.
func (b *builder) headers(surveys []*built) []byte {
	var out strings.Builder
	out.WriteString("/*\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n  Permissions-Policy: camera=(), microphone=(), geolocation=()\n  Cache-Control: no-cache\n")
	for _, x := range surveys {
		if x.entry == nil || x.entry.Summary.Embed {
			continue
		}
		for _, base := range []string{"/", "/surveys/"} { // the folder itself is published, or what holds it
			out.WriteString(base + x.id + "/*\n  X-Frame-Options: DENY\n  Content-Security-Policy: frame-ancestors 'none'\n")
		}
	}
	return []byte(out.String())
}
