package seal

import (
	"bytes"
	"encoding/base64"
	"html"
	"regexp"
	"strings"
)

// The first and last line of an armored file.
const (
	begin = "-----BEGIN AGE ENCRYPTED FILE-----"
	end   = "-----END AGE ENCRYPTED FILE-----"
)

const intro = "age-encryption.org/v1\n"

// Found is a sealed text in a mail or a chat. Line counts from 1; Armor is ""
// where it has no end or is no base64.
type Found struct {
	Armor string
	Line  int
}

var (
	opening = regexp.MustCompile(`-{3,5}\s*BEGIN AGE ENCRYPTED FILE\s*-{3,5}`)
	closing = regexp.MustCompile(`-{3,5}\s*END AGE ENCRYPTED FILE\s*-{3,5}`)
	tags    = regexp.MustCompile(`<[^<>]{0,400}>`)
	soft    = regexp.MustCompile(`=\r?\n`)
	// attached is base64 as mail programs write it around a file.
	attached = regexp.MustCompile(`(?:[A-Za-z0-9+/]{56,76}\r?\n)+[A-Za-z0-9+/]*={0,2}`)
)

// Find returns the sealed texts in data, in order: armor with signs of quoting,
// prose around it, CRLF, all in one line, in a page of HTML, quoted-printable;
// and files attached in base64. age itself refuses most of these.
func Find(data []byte) []Found {
	if bytes.HasPrefix(data, []byte(intro)) {
		return []Found{{armored(data), 1}}
	}
	var out []Found
	rest, line := string(data), 1
	for {
		at := opening.FindStringIndex(rest)
		if at == nil {
			return append(out, attachments(rest, line)...)
		}
		out = append(out, attachments(rest[:at[0]], line)...)
		line += strings.Count(rest[:at[0]], "\n")
		f := Found{Line: line}
		body := rest[at[1]:]
		stop := closing.FindStringIndex(body)
		next := opening.FindStringIndex(body)
		if stop == nil && next == nil {
			return append(out, f)
		}
		if stop == nil || next != nil && next[0] < stop[0] {
			out = append(out, f)
			line += strings.Count(body[:next[0]], "\n")
			rest = body[next[0]:]
			continue
		}
		f.Armor = unwrapped(body[:stop[0]])
		out = append(out, f)
		line += strings.Count(rest[:at[1]+stop[1]], "\n") - strings.Count(rest[:at[0]], "\n")
		rest = body[stop[1]:]
	}
}

// unwrapped is the armor around a body from which what mail programs add is
// taken; "" where it holds no age file.
func unwrapped(body string) string {
	plain := html.UnescapeString(tags.ReplaceAllString(body, ""))
	if a := bare(plain); a != "" {
		return a
	}
	return bare(strings.ReplaceAll(soft.ReplaceAllString(plain, ""), "=3D", "=")) // quoted-printable
}

func bare(text string) string {
	var kept strings.Builder
	for _, c := range text {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '+', c == '/', c == '=':
			kept.WriteRune(c)
		case strings.ContainsRune(" \t\r\n>|\u00a0\u3000\u00ad\u200b\u200c\u200d\u2060\ufeff", c):
		default:
			return ""
		}
	}
	data, err := base64.StdEncoding.DecodeString(kept.String())
	if err != nil || !bytes.HasPrefix(data, []byte(intro)) {
		return ""
	}
	return armored(data)
}

// attachments are the sealed files in the base64 of a mail.
func attachments(text string, line int) []Found {
	var out []Found
	for _, at := range attached.FindAllStringIndex(text, -1) {
		packed := strings.NewReplacer("\r", "", "\n", "").Replace(text[at[0]:at[1]])
		data, err := base64.StdEncoding.DecodeString(packed)
		if err != nil {
			continue
		}
		here := line + strings.Count(text[:at[0]], "\n")
		switch {
		case bytes.HasPrefix(data, []byte(intro)):
			out = append(out, Found{armored(data), here})
		case bytes.Contains(data, []byte(begin)):
			for _, f := range Find(data) {
				out = append(out, Found{f.Armor, here})
			}
		}
	}
	return out
}
