// Package personal finds personal data and secret keys in lines of text. It
// says what kind stands there, never the text itself. Names of people cannot
// be told from other words and are not found.
package personal

import (
	"regexp"
	"strings"
	"unicode"

	"manyi/internal/diag"
)

// Kind is what was found.
type Kind uint8

// The kinds.
const (
	Key Kind = iota // an identity that opens sealed answers, or another private key
	Mail
	Mobile
	Identity // number of a Chinese identity card, by its check digit
	Card     // number of a bank card, by its check digit
	Chat     // QQ or WeChat id, by the word before it
)

// Phrase is the kind in words.
func (k Kind) Phrase() diag.Phrase {
	return [...]diag.Phrase{
		diag.Say("a secret key"), diag.Say("an e-mail address"), diag.Say("a mobile number"), diag.Say("an identity card number"),
		diag.Say("a bank card number"), diag.Say("a QQ or WeChat id"),
	}[k]
}

var (
	secret = regexp.MustCompile(`AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----`)
	mail   = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)
	mobile = regexp.MustCompile(`(?:^|[^0-9])(?:(?:\+|00)?86[- ]?)?(1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4})(?:[^0-9]|$)`)
	card18 = regexp.MustCompile(`(?:^|[^0-9])([1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx])(?:[^0-9A-Za-z]|$)`)
	digits = regexp.MustCompile(`(?:^|[^0-9.])([3-6][0-9]{3}(?:[- ]?[0-9]{4}){2}[- ]?[0-9]{1,7})(?:[^0-9.]|$)`)
	chat   = regexp.MustCompile(`(?i)(?:微信|wechat|weixin|vx|qq)\s*(?:号|id)?\s*[:： ]\s*[A-Za-z0-9_-]{5,20}`)
)

// Secret reports whether a line holds a private key.
func Secret(line string) bool { return secret.MatchString(line) }

// Find returns the kinds of personal data in a line, each once, in the order of
// the kinds. Full-width characters count as half-width ones, and characters
// without width as none.
func Find(line string) []Kind {
	text := fold(line)
	var out []Kind
	if secret.MatchString(text) {
		out = append(out, Key)
	}
	if mail.MatchString(text) {
		out = append(out, Mail)
	}
	if mobile.MatchString(text) {
		out = append(out, Mobile)
	}
	if matches(card18, text, mod11) {
		out = append(out, Identity)
	}
	if matches(digits, text, func(s string) bool { return luhn(s) && !mod11(s) }) {
		out = append(out, Card)
	}
	if chat.MatchString(text) {
		out = append(out, Chat)
	}
	return out
}

// matches reports whether a match of the pattern passes the check. Matches share
// the character between them, so the search goes on one before the end.
func matches(pattern *regexp.Regexp, text string, check func(string) bool) bool {
	for {
		m := pattern.FindStringSubmatchIndex(text)
		if m == nil {
			return false
		}
		if check(strings.NewReplacer("-", "", " ", "").Replace(text[m[2]:m[3]])) {
			return true
		}
		text = text[m[3]:]
	}
}

// mod11 is the check of GB 11643-1999 (ISO 7064, MOD 11-2) on 18 characters.
func mod11(s string) bool {
	if len(s) != 18 {
		return false
	}
	sum := 0
	for i := range 17 {
		sum += int(s[i]-'0') * ((1 << (17 - i)) % 11)
	}
	return "10X98765432"[sum%11] == byte(unicode.ToUpper(rune(s[17])))
}

// luhn is the check of ISO/IEC 7812-1 on 16 to 19 digits.
func luhn(s string) bool {
	if len(s) < 16 || len(s) > 19 {
		return false
	}
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3000:
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}
