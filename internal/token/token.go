// Package token makes and verifies invitations: short texts signed with
// Ed25519, so that whoever reads the answers can tell them from forged ones
// with the public key alone. A token knows its survey, its kind, its last day
// and a random serial, and nothing of a person.
package token

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"strings"
	"time"
)

// Kind says how often a token may be used.
type Kind byte

// The kinds.
const (
	Once Kind = 1 // one answer: a person's invitation
	Many Kind = 2 // any number: a counter, a poster, a channel
)

// Token is what a verified invitation says.
type Token struct {
	Kind   Kind
	Until  string // last day, ISO 8601, "" without
	Serial string // 20 hex digits
}

// A token is 13 bytes and their signature in base64url, 103 characters:
// kind, last day as days since 2000-01-01 (0: none), 10 random bytes.
const (
	bodyLength = 13
	length     = bodyLength + ed25519.SignatureSize
)

var text64 = base64.RawURLEncoding.Strict()

var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// message is what is signed: the survey's name keeps a token from being good for another.
func message(survey string, body []byte) []byte {
	return append([]byte("manyi invitation 1\n"+survey+"\n"), body...)
}

// ErrDay says that a last day is none, or out of reach.
var ErrDay = errors.New("a last day is written like 2026-12-31, between 2000 and 2179")

// New makes a token of a survey; until is its last day, "" without.
func New(key ed25519.PrivateKey, survey string, kind Kind, until string) (string, Token, error) {
	body := make([]byte, bodyLength)
	body[0] = byte(kind)
	if until != "" {
		day, err := time.Parse(time.DateOnly, until)
		days := int(day.Sub(epoch).Hours() / 24)
		if err != nil || days < 1 || days > 0xFFFF {
			return "", Token{}, ErrDay
		}
		body[1], body[2] = byte(days>>8), byte(days)
	}
	_, _ = rand.Read(body[3:])
	return text64.EncodeToString(append(body, ed25519.Sign(key, message(survey, body))...)), read(body), nil
}

func read(body []byte) Token {
	t := Token{Kind: Kind(body[0]), Serial: hex.EncodeToString(body[3:])}
	if days := int(body[1])<<8 | int(body[2]); days > 0 {
		t.Until = epoch.AddDate(0, 0, days).Format(time.DateOnly)
	}
	return t
}

// Verify reads a token of a survey; false where none of the keys signed it.
func Verify(keys []ed25519.PublicKey, survey, text string) (Token, bool) {
	raw, err := text64.DecodeString(text)
	if err != nil || len(raw) != length || len(text) != text64.EncodedLen(length) || raw[0] != byte(Once) && raw[0] != byte(Many) {
		return Token{}, false
	}
	signed := message(survey, raw[:bodyLength])
	for _, key := range keys {
		if ed25519.Verify(key, signed, raw[bodyLength:]) {
			return read(raw[:bodyLength]), true
		}
	}
	return Token{}, false
}

// Used is how a token that was used is remembered where answers are anonymous:
// a hash that tells only somebody who has the token.
func Used(survey string, t Token) string {
	sum := sha256.Sum256([]byte("manyi used\n" + survey + "\n" + t.Serial))
	return hex.EncodeToString(sum[:16])
}

const (
	privateType = "MANYI INVITATION PRIVATE KEY"
	publicStart = "manyi-invite-1 "
)

// Generate makes a pair of keys: the private one as a file that only its owner
// may read, the public one as a line of a file that goes with the survey.
func Generate() (private []byte, public string) {
	pub, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic("token: " + err.Error()) // the system has no randomness
	}
	return pem.EncodeToMemory(&pem.Block{Type: privateType, Bytes: key.Seed()}), Public(pub)
}

// Public is a public key as a line of text.
func Public(key ed25519.PublicKey) string { return publicStart + text64.EncodeToString(key) }

// ErrKey says that a file is no key of this program.
var ErrKey = errors.New("this is no key for invitations")

// ParsePrivate reads the file of a private key.
func ParsePrivate(data []byte) (ed25519.PrivateKey, error) {
	block, rest := pem.Decode(data)
	if block == nil || block.Type != privateType || len(block.Bytes) != ed25519.SeedSize || len(bytes.TrimSpace(rest)) > 0 {
		return nil, ErrKey
	}
	return ed25519.NewKeyFromSeed(block.Bytes), nil
}

// ParsePublic reads a file of public keys, one a line; # begins a remark.
func ParsePublic(data []byte) ([]ed25519.PublicKey, error) {
	var out []ed25519.PublicKey
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, ok := strings.CutPrefix(line, publicStart)
		raw, err := text64.DecodeString(strings.TrimSpace(text))
		if !ok || err != nil || len(raw) != ed25519.PublicKeySize {
			return nil, ErrKey
		}
		out = append(out, raw)
	}
	return out, nil
}
