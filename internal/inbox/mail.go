package inbox

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"

	"manyi/internal/importer"
)

var mailStart = regexp.MustCompile(`(?i)^(From |Return-Path:|Delivered-To:|Received:|From:|Date:|Subject:|MIME-Version:|Message-ID:|X-[A-Za-z-]+:|To:)`)

// looksMail reports whether a text begins as a mail or a mailbox does.
func looksMail(data []byte) bool { return mailStart.Match(data) }

// parseMail reads a mail, or the mails of a mailbox.
func parseMail(data []byte) []Item {
	var out []Item
	for _, m := range mails(data) {
		texts, ok := mailTexts(m.raw)
		if !ok {
			texts = []string{string(m.raw)}
		}
		seen := map[string]bool{}
		for _, text := range texts { // the same answer may be in the plain and in the HTML part
			for _, item := range parseText([]byte(text)) {
				key := item.ID + string(item.Record) + item.Armor
				if !seen[key] {
					seen[key] = true
					item.Line += m.line - 1
					out = append(out, item)
				}
			}
		}
	}
	return out
}

type oneMail struct {
	raw  []byte
	line int
}

// mails cuts a mailbox (mbox) where a line begins with "From ".
func mails(data []byte) []oneMail {
	if !bytes.HasPrefix(data, []byte("From ")) {
		return []oneMail{{data, 1}}
	}
	var out []oneMail
	line := 0
	for raw := range bytes.Lines(data) {
		line++
		if bytes.HasPrefix(raw, []byte("From ")) {
			out = append(out, oneMail{nil, line})
			continue
		}
		out[len(out)-1].raw = append(out[len(out)-1].raw, raw...)
	}
	return out
}

// mostParts is how deep and how wide a mail is looked into.
const mostParts = 100

func mailTexts(raw []byte) ([]string, bool) {
	m, err := mail.ReadMessage(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		return nil, false
	}
	left := mostParts
	return bodyTexts(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, &left), true
}

// bodyTexts are the texts of a part and of those in it, attachments too.
func bodyTexts(kind, coding string, body io.Reader, left *int) []string {
	if *left--; *left < 0 {
		return nil
	}
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	media, params, err := mime.ParseMediaType(kind)
	if err == nil && strings.HasPrefix(media, "multipart/") {
		var out []string
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil {
				return out
			}
			out = append(out, bodyTexts(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, left)...)
		}
	}
	text, _ := io.ReadAll(io.LimitReader(body, 16<<20)) // what was read before a fault may hold an answer
	if media == "text/html" {
		return []string{unHTML(string(text))}
	}
	return []string{string(text)}
}

var (
	breaks = regexp.MustCompile(`(?i)<(br|/p|/div|/tr)[^>]*>`)
	marks  = regexp.MustCompile(`<[^>]*>`)
)

func unHTML(text string) string {
	return html.UnescapeString(marks.ReplaceAllString(breaks.ReplaceAllString(text, "\n"), ""))
}

// parseText finds response codes and sealed answers in any text.
func parseText(data []byte) []Item {
	records, lines, faults := importer.ParseCodes(data)
	var out []Item
	for i, record := range records {
		item := recordItem(record, lines[i])
		item.Line = lines[i]
		out = append(out, item)
	}
	for _, f := range faults {
		out = append(out, Item{Line: f.Line, Fault: true})
	}
	return append(out, armors(string(data))...)
}

// armors finds sealed answers: quoted, wrapped otherwise or on one line.
func armors(text string) []Item {
	var out []Item
	at, line := 0, 1
	for {
		from := strings.Index(text[at:], armorBegin)
		if from < 0 {
			return out
		}
		line += strings.Count(text[at:at+from], "\n")
		at += from + len(armorBegin)
		to := strings.Index(text[at:], armorEnd)
		next := strings.Index(text[at:], armorBegin)
		if to < 0 || next >= 0 && next < to {
			out = append(out, Item{Line: line, Fault: true})
			continue
		}
		out = append(out, Item{Armor: rewrap(text[at : at+to]), Line: line})
		line += strings.Count(text[at:at+to], "\n")
		at += to
	}
}

// rewrap writes the body of an armor as age wants it: 64 characters a line.
func rewrap(body string) string {
	var clean strings.Builder
	for _, c := range body {
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
			clean.WriteRune(c)
		}
	}
	text := clean.String()
	var out strings.Builder
	out.WriteString(armorBegin + "\n")
	for len(text) > 64 {
		out.WriteString(text[:64] + "\n")
		text = text[64:]
	}
	out.WriteString(text + "\n" + armorEnd + "\n")
	return out.String()
}
