// Package seal encrypts answers for those who may read them, and opens what
// was sealed: age v1 (age-encryption.org/v1) with X25519 keys, so that the
// stock age reads it without this program. It touches no disk and never puts
// a secret key or an answer into an error.
package seal

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// Why a text is no recipient.
var (
	ErrSecret   = errors.New("this is a secret key")
	ErrSSH      = errors.New("keys of ssh are not taken")
	ErrPlugin   = errors.New("keys of plugins and hardware are not taken")
	ErrQuantum  = errors.New("post-quantum keys are not taken")
	ErrNotAge   = errors.New("this is not a public key of age")
	ErrNoKey    = errors.New("the file holds no key of age")
	ErrLocked   = errors.New("the key is locked with a passphrase")
	ErrOtherKey = errors.New("it is sealed for other keys")
	ErrDamaged  = errors.New("it is cut off or changed")
)

// Recipient is a public key for which answers are sealed.
type Recipient struct {
	text  string
	key   []byte
	inner *age.X25519Recipient
}

// ParseRecipient reads a public key, age1 and 58 more characters.
func ParseRecipient(text string) (*Recipient, error) {
	switch lower := strings.ToLower(text); {
	case strings.HasPrefix(lower, "age-secret-key-"), strings.HasPrefix(lower, "age-plugin-"):
		return nil, ErrSecret
	case strings.HasPrefix(lower, "ssh-"), strings.HasPrefix(lower, "ecdsa-"):
		return nil, ErrSSH
	case strings.HasPrefix(lower, "age1pq1"):
		return nil, ErrQuantum
	case strings.HasPrefix(lower, "age1") && strings.Count(lower, "1") > 1 && strings.LastIndex(lower, "1") > 4:
		return nil, ErrPlugin // age1yubikey1…, age1tag1…: 1 is no character of bech32's data
	}
	inner, err := age.ParseX25519Recipient(text)
	if err != nil {
		return nil, ErrNotAge
	}
	return &Recipient{text, publicBytes(text), inner}, nil
}

// publicBytes are the 32 bytes of a recipient, whose checksum is known to fit.
func publicBytes(text string) []byte {
	digits := strings.ToLower(text[len("age1") : len(text)-6])
	var out []byte
	value, bits := uint32(0), 0
	for _, c := range digits {
		value = value<<5 | uint32(strings.IndexRune("qpzry9x8gf2tvdw0s3jn54khce6mua7l", c))
		if bits += 5; bits >= 8 {
			bits -= 8
			out = append(out, byte(value>>bits))
			value &= 1<<bits - 1
		}
	}
	return out
}

// String is the key as it was written.
func (r *Recipient) String() string { return r.text }

// Public is the key itself: 32 bytes of X25519.
func (r *Recipient) Public() []byte { return bytes.Clone(r.key) }

// Print is the fingerprint under which a proof names the key.
func (r *Recipient) Print() string { return Print(r.text) }

// Print is the fingerprint of a public key as it is written.
func Print(recipient string) string {
	sum := sha256.Sum256([]byte(recipient))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Identity is a new pair of keys.
type Identity struct{ inner *age.X25519Identity }

// Generate makes a pair of keys.
func Generate() (*Identity, error) {
	inner, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return &Identity{inner}, nil
}

// Recipient is the public half.
func (i *Identity) Recipient() string { return i.inner.Recipient().String() }

// File is the text of a key file, as age-keygen writes it.
func (i *Identity) File(about string) []byte {
	return fmt.Appendf(nil, "# %s\n# public key: %s\n%s\n", about, i.Recipient(), i.inner.String())
}

// Keys are secret keys that are at hand.
type Keys struct {
	all    []age.Identity
	public []string
}

// Add reads a key file of age.
func (k *Keys) Add(file []byte) error {
	if bytes.HasPrefix(file, []byte("age-encryption.org/")) || bytes.Contains(file, []byte(begin)) {
		return ErrLocked
	}
	found, err := age.ParseIdentities(bytes.NewReader(file))
	if err != nil || len(found) == 0 {
		return ErrNoKey // what age says might hold a part of the key
	}
	k.all = append(k.all, found...)
	for _, id := range found {
		if x, ok := id.(*age.X25519Identity); ok {
			k.public = append(k.public, x.Recipient().String())
		}
	}
	return nil
}

// Public are the public halves of the keys.
func (k *Keys) Public() []string {
	if k == nil {
		return nil
	}
	return k.public
}

// None reports whether no key is at hand.
func (k *Keys) None() bool { return k == nil || len(k.all) == 0 }

// Fingerprint names the keys for a cache; "" without keys.
func (k *Keys) Fingerprint() string {
	if k.None() {
		return ""
	}
	return Print(strings.Join(k.public, "\n"))
}

// Open returns what is sealed in r, armored or not, as a stream. What is read
// from it counts only once its end was reached without an error.
func (k *Keys) Open(r io.Reader) (io.Reader, error) {
	if k.None() {
		return nil, ErrOtherKey
	}
	text := bufio.NewReader(r)
	head, err := text.Peek(len(intro))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	r = text
	if !bytes.HasPrefix(head, []byte(intro)) {
		r = armor.NewReader(text)
	}
	inner, err := age.Decrypt(r, k.all...)
	if err != nil {
		return nil, reason(err)
	}
	return &opened{inner}, nil
}

// opened is a stream whose errors say in our words that it was damaged.
type opened struct{ inner io.Reader }

func (o *opened) Read(p []byte) (int, error) {
	n, err := o.inner.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, reason(err)
	}
	return n, err
}

// reason tells another's key from damage. What age says is not passed on.
func reason(err error) error {
	if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
		return ErrOtherKey
	}
	return ErrDamaged
}

// OpenAll returns what is sealed in data, whole and unchanged, or an error.
func (k *Keys) OpenAll(data []byte) ([]byte, error) {
	r, err := k.Open(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, err // never a part of it
	}
	return plain, nil
}

// Seal encrypts text for the recipients, armored.
func Seal(text []byte, recipients ...*Recipient) ([]byte, error) {
	var to []age.Recipient
	for _, r := range recipients {
		to = append(to, r.inner)
	}
	var out bytes.Buffer
	shell := armor.NewWriter(&out)
	w, err := age.Encrypt(shell, to...)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	_, err = w.Write(text)
	if err := errors.Join(err, w.Close(), shell.Close()); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return out.Bytes(), nil
}

// armored wraps the bytes of a sealed file.
func armored(data []byte) string {
	text := base64.StdEncoding.EncodeToString(data)
	var out strings.Builder
	out.WriteString(begin + "\n")
	for len(text) > 0 {
		n := min(64, len(text))
		out.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	out.WriteString(end + "\n")
	return out.String()
}
