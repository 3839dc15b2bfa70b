package site

import (
	"fmt"
	"strings"
)

// reportHeaders are what a server says of every file of a report and a page
// cannot say of itself: who may frame it, that it is not listed, not guessed at
// and not kept by others on the way.
var reportHeaders = [][2]string{
	{"Content-Security-Policy", "frame-ancestors 'none'"},
	{"X-Frame-Options", "DENY"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Robots-Tag", "noindex, nofollow"},
	{"Referrer-Policy", "no-referrer"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Cache-Control", "private, no-cache"},
}

// reportGuards are the files _headers, which Netlify, Cloudflare Pages and
// others read, and robots.txt of a folder of reports.
func reportGuards(base string) []output {
	return []output{
		{base + "_headers", []byte(netlify("/*"))},
		{base + "robots.txt", []byte("User-agent: *\nDisallow: /\n")},
	}
}

func netlify(at string) string {
	var out strings.Builder
	out.WriteString(at + "\n")
	for _, h := range reportHeaders {
		fmt.Fprintf(&out, "  %s: %s\n", h[0], h[1])
	}
	return out.String()
}

// Servers are the kinds of web server that Headers writes for.
var Servers = []string{"nginx", "caddy", "apache", "netlify"}

// Headers is the piece of a server's configuration that sends the headers of
// reports below an address such as /reports/; "" for an unknown kind.
func Headers(server, at string) string {
	at = "/" + strings.Trim(at, "/") + "/"
	if at == "//" {
		at = "/"
	}
	var out strings.Builder
	switch server {
	case "nginx":
		fmt.Fprintf(&out, "location %s {\n", at)
		for _, h := range reportHeaders {
			fmt.Fprintf(&out, "    add_header %s %q always;\n", h[0], h[1])
		}
		fmt.Fprintf(&out, "}\nlocation = %s_headers { return 404; }\n", at)
	case "caddy":
		fmt.Fprintf(&out, "header %s* {\n", at)
		for _, h := range reportHeaders {
			fmt.Fprintf(&out, "    %s %q\n", h[0], h[1])
		}
		fmt.Fprintf(&out, "}\nrespond %s_headers 404\n", at)
	case "apache":
		fmt.Fprintf(&out, "<Location %q>\n", at)
		for _, h := range reportHeaders {
			fmt.Fprintf(&out, "    Header always set %s %q\n", h[0], h[1])
		}
		out.WriteString("</Location>\n")
	case "netlify":
		return netlify(at + "*")
	}
	return out.String()
}
