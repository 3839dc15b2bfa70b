// Package locked puts a document into one HTML file that opens with a password
// only: PBKDF2-SHA256 makes the key, AES-256-GCM seals and authenticates. It is
// as safe as the password and as private as whoever gets file and password; it
// is no access control, and nobody can be shut out afterwards.
package locked

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"strings"
)

// Iterations of PBKDF2; the page refuses a file that names fewer.
// Source: OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256.
const Iterations = 600_000

// leastPassword is how many characters a password of one's own must have.
const leastPassword = 12

// ErrShort says that a password can be guessed.
var ErrShort = errors.New("the password has fewer than 12 characters")

// Words are what the page says before it is opened.
type Words struct {
	Title, About, Password, Open, Wait, Wrong, Insecure, Damaged, Script string
}

// Page is a document to be locked.
type Page struct {
	Lang, Dir string
	Build     string // what the document is of: part of what is authenticated
	Document  []byte // HTML, one file
	Scheme    string // the script of the document's switch between light and dark: the document's own scripts do not run
	Words     Words
}

var (
	//go:embed assets/locked.html
	frame string
	//go:embed assets/locked.css
	style string
	//go:embed assets/locked.js
	script string
)

// sealed is what stands in the file. Salt and initialisation vector are of this file alone.
type sealed struct {
	Format     int    `json:"format"`
	Iterations int    `json:"iterations"`
	Build      string `json:"build"`
	Salt       []byte `json:"salt"`
	IV         []byte `json:"iv"`
	Data       []byte `json:"data"`
}

// Lock writes the file. The same page gives other bytes every time.
func Lock(p Page, password string) ([]byte, error) {
	if len([]rune(password)) < leastPassword {
		return nil, ErrShort
	}
	s, err := seal(p, password)
	if err != nil {
		return nil, err
	}
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	var out bytes.Buffer
	err = template.Must(template.New("locked").Parse(frame)).Execute(&out, struct {
		Page
		Policy string
		Style  template.CSS
		Early  template.JS
		Script template.JS
		Sealed sealed
	}{
		p, "default-src 'none'; script-src " + hash(p.Scheme) + " " + hash(script) + "; style-src " + hash(style) + "; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types manyi-report",
		template.CSS(style), template.JS(p.Scheme), template.JS(script), *s,
	})
	return out.Bytes(), err
}

func seal(p Page, password string) (*sealed, error) {
	s := &sealed{Format: 1, Iterations: Iterations, Build: p.Build, Salt: make([]byte, 16), IV: make([]byte, 12)}
	for _, b := range [][]byte{s.Salt, s.IV} {
		if _, err := rand.Read(b); err != nil {
			return nil, fmt.Errorf("draw random bytes: %w", err)
		}
	}
	key, err := pbkdf2.Key(sha256.New, password, s.Salt, s.Iterations, 32)
	if err != nil {
		return nil, fmt.Errorf("derive the key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	s.Data = gcm.Seal(nil, s.IV, p.Document, fmt.Appendf(nil, "manyi report %d\n%d\n%s", s.Format, s.Iterations, s.Build))
	return s, nil
}

// alphabet has no letters that are taken for others: 32 of them, 5 bits each.
const alphabet = "abcdefghjkmnpqrstuvwxyz023456789"

// Password draws a password of 100 bits, in groups of five letters.
func Password() string {
	var random [20]byte
	rand.Read(random[:]) // never fails (crypto/rand)
	var b strings.Builder
	for i, x := range random {
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(alphabet[x&31])
	}
	return b.String()
}
