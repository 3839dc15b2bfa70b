package seal_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	agetest "c2sp.org/CCTV/age"

	"manyi/internal/seal"
)

// pair is a new key and its public half.
func pair(t *testing.T) (*seal.Keys, *seal.Recipient) {
	t.Helper()
	id, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	keys := &seal.Keys{}
	if err := keys.Add(id.File("a test")); err != nil {
		t.Fatal(err)
	}
	r, err := seal.ParseRecipient(id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	return keys, r
}

// TestVectors holds what is opened against the vectors of age (c2sp.org/CCTV/age).
func TestVectors(t *testing.T) {
	entries, err := fs.ReadDir(agetest.Vectors, ".")
	if err != nil {
		t.Fatal(err)
	}
	tried, skipped := 0, 0
	for _, entry := range entries {
		text, err := fs.ReadFile(agetest.Vectors, entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if vector(t, entry.Name(), text) {
			tried++
		} else {
			skipped++
		}
	}
	t.Logf("%d vectors agree, %d are for passphrases or have no key", tried, skipped)
	if tried < 90 {
		t.Errorf("%d vectors tried, want at least 90", tried)
	}
}

// vector tries one; false where it is no matter of keys.
func vector(t *testing.T, name string, text []byte) bool {
	t.Helper()
	head, body, _ := bytes.Cut(text, []byte("\n\n"))
	keys, expect, hash, packed := &seal.Keys{}, "", "", false
	for line := range strings.Lines(string(head)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "expect":
			expect = value
		case "payload":
			hash = value
		case "identity":
			if err := keys.Add([]byte(value)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case "compressed":
			packed = value == "zlib"
		case "passphrase":
			return false
		}
	}
	if keys.None() {
		return false
	}
	if packed {
		z, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if body, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := keys.OpenAll(body)
	switch expect {
	case "success":
		sum := sha256.Sum256(plain)
		if err != nil || hash != "" && hex.EncodeToString(sum[:]) != hash {
			t.Errorf("%s: got %v", name, err)
		}
	case "no match":
		if !errors.Is(err, seal.ErrOtherKey) {
			t.Errorf("%s: got %v, want that it is for other keys", name, err)
		}
	default: // HMAC failure, header failure, armor failure, payload failure
		if err == nil || plain != nil {
			t.Errorf("%s (%s): got %d bytes, %v", name, expect, len(plain), err)
		}
	}
	return true
}

func TestWhatIsChangedIsNotOpened(t *testing.T) {
	keys, r := pair(t)
	others, backup := pair(t)
	text := bytes.Repeat([]byte("answer "), 300)
	sealed, err := seal.Seal(text, r, backup)
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]*seal.Keys{"key": keys, "backup": others} {
		if plain, err := k.OpenAll(sealed); err != nil || !bytes.Equal(plain, text) {
			t.Errorf("%s: %v", name, err)
		}
	}
	strangers, _ := pair(t)
	if plain, err := strangers.OpenAll(sealed); !errors.Is(err, seal.ErrOtherKey) || plain != nil {
		t.Errorf("a stranger's key: got %v", err)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(string(sealed), "-----BEGIN AGE ENCRYPTED FILE-----\n"), "-----END AGE ENCRYPTED FILE-----\n"), "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(raw); i += 1 + len(raw)/400 {
		flipped := bytes.Clone(raw)
		flipped[i] ^= 1
		if plain, err := keys.OpenAll(flipped); err == nil || plain != nil {
			t.Errorf("byte %d flipped: it opens", i)
		}
		if plain, err := keys.OpenAll(raw[:i]); err == nil || plain != nil {
			t.Errorf("cut to %d bytes: it opens", i)
		}
	}
}

func TestRecipientsAreToldApart(t *testing.T) {
	_, r := pair(t)
	for text, want := range map[string]error{
		r.String():          nil,
		r.String()[:61]:     seal.ErrNotAge,
		"":                  seal.ErrNotAge,
		"age1":              seal.ErrNotAge,
		"ssh-ed25519 AAAA":  seal.ErrSSH,
		"age1yubikey1qwt50": seal.ErrPlugin,
		"age1tag1qwt50":     seal.ErrPlugin,
		"age1pq1qwt50":      seal.ErrQuantum,
		"AGE-SECRET-KEY-1Q": seal.ErrSecret,
	} {
		if _, err := seal.ParseRecipient(text); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", text, err, want)
		}
	}
	if len(r.Public()) != 32 {
		t.Errorf("a key has %d bytes", len(r.Public()))
	}
}

func TestSealedTextsAreFoundInMails(t *testing.T) {
	keys, r := pair(t)
	text := strings.Repeat("好 answer ", 40)
	b, err := seal.Seal([]byte(text), r)
	if err != nil {
		t.Fatal(err)
	}
	a := string(b)
	lines := strings.Split(strings.TrimSpace(a), "\n")
	raw, _ := base64.StdEncoding.DecodeString(strings.Join(lines[1:len(lines)-1], ""))
	in76 := func(data []byte) string {
		out := base64.StdEncoding.EncodeToString(data)
		var b strings.Builder
		for len(out) > 76 {
			b.WriteString(out[:76] + "\r\n")
			out = out[76:]
		}
		return b.String() + out + "\r\n"
	}
	for name, test := range map[string]struct {
		text string
		n    int
	}{
		"bare":             {a, 1},
		"prose":            {"Dear all,\nhere it is:\n\n" + a + "\nRegards\n--\nMe", 1},
		"quoted":           {"> " + strings.ReplaceAll(a, "\n", "\n> "), 1},
		"quoted twice":     {">> " + strings.ReplaceAll(a, "\n", "\n>> "), 1},
		"CRLF":             {strings.ReplaceAll(a, "\n", "\r\n"), 1},
		"one line":         {strings.ReplaceAll(a, "\n", " "), 1},
		"HTML":             {"<div>" + strings.ReplaceAll(a, "\n", "<br>\r\n") + "</div>", 1},
		"HTML escaped":     {strings.ReplaceAll(a, "\n", "<br>&gt; &nbsp;"), 1},
		"quoted printable": {strings.ReplaceAll(strings.ReplaceAll(a, "=", "=3D"), "\n", "=\r\n\n"), 1},
		"two":              {a + "\nand\n" + a, 2},
		"attached armor":   {"Content-Transfer-Encoding: base64\r\n\r\n" + in76(b) + "\r\n--x--", 1},
		"attached binary":  {"Content-Transfer-Encoding: base64\r\n\r\n" + in76(raw) + "\r\n--x--", 1},
		"binary":           {string(raw), 1},
	} {
		found := seal.Find([]byte(test.text))
		if len(found) != test.n {
			t.Errorf("%s: found %d, want %d", name, len(found), test.n)
		}
		for _, f := range found {
			if plain, err := keys.OpenAll([]byte(f.Armor)); err != nil || string(plain) != text {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for name, text := range map[string]string{"cut": "\n" + a[:300], "cut before another": "\n" + a[:200] + "\n" + a, "foreign sign": "\n" + strings.Replace(a, "\nY", "\n_", 1)} {
		if found := seal.Find([]byte(text)); len(found) == 0 || found[0].Armor != "" || found[0].Line != 2 {
			t.Errorf("%s: got %d, %+v", name, len(found), found)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte("> -----BEGIN AGE ENCRYPTED FILE-----\n> YWdl\n> -----END AGE ENCRYPTED FILE-----"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, found := range seal.Find(data) {
			if found.Line < 1 {
				t.Errorf("line %d", found.Line)
			}
		}
	})
}

func TestAProofNamesEachKeyOnce(t *testing.T) {
	_, a := pair(t)
	_, b := pair(t)
	proof := seal.Prove(nil, "program", a.Print())
	if !seal.Proven(proof, a) || seal.Proven(proof, b) {
		t.Error("the proof of one is not that of the other")
	}
	proof = seal.Prove(seal.Prove(proof, "page", a.Print()), "program", a.Print(), b.Print())
	if n := strings.Count(string(proof), "sha256:"); n != 2 || !strings.Contains(string(proof), a.Print()+" page\n") {
		t.Errorf("got\n%s", proof)
	}
	if strings.Contains(string(proof), a.String()) {
		t.Error("the proof holds the key itself")
	}
}

func TestACanaryNamesTheKeysOfItsPage(t *testing.T) {
	keys, r := pair(t)
	others, _ := pair(t)
	sealed, err := seal.Seal([]byte("canary of manyi\ncafe\n"+hex.EncodeToString(r.Public())+"\n   \n"), r)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := seal.Canary(sealed, "cafe", keys); err != nil || len(got) != 1 || got[0] != hex.EncodeToString(r.Public()) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := seal.Canary(sealed, "bar", keys); !errors.Is(err, seal.ErrNoCanary) {
		t.Errorf("of another survey: %v", err)
	}
	if _, err := seal.Canary(sealed, "cafe", others); !errors.Is(err, seal.ErrOtherKey) {
		t.Errorf("with another key: %v", err)
	}
}

// BenchmarkOpen opens responses of a usual size.
func BenchmarkOpen(b *testing.B) {
	id, err := seal.Generate()
	if err != nil {
		b.Fatal(err)
	}
	keys := &seal.Keys{}
	if err := keys.Add(id.File("")); err != nil {
		b.Fatal(err)
	}
	r, err := seal.ParseRecipient(id.Recipient())
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, 2048)
	for i := range text {
		text[i] = byte(random.Uint32())
	}
	sealed, err := seal.Seal(text, r, r)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := keys.OpenAll(sealed); err != nil {
			b.Fatal(err)
		}
	}
}
