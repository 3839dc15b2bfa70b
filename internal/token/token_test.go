package token

import (
	"crypto/ed25519"
	"strings"
	"testing"
)

func keys(t testing.TB) (ed25519.PrivateKey, []ed25519.PublicKey) {
	t.Helper()
	private, public := Generate()
	key, err := ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	all, err := ParsePublic([]byte("# ours\n" + public + "\n\n"))
	if err != nil || len(all) != 1 {
		t.Fatal(err, all)
	}
	return key, all
}

func TestATokenIsGoodForItsSurveyAndKeyOnly(t *testing.T) {
	key, public := keys(t)
	_, foreign := keys(t)
	text, made, err := New(key, "cafe", Once, "2026-12-31")
	if err != nil || len(text) != 103 {
		t.Fatal(err, len(text))
	}
	got, ok := Verify(append(foreign, public...), "cafe", text)
	if !ok || got != made || got.Until != "2026-12-31" || got.Kind != Once || len(got.Serial) != 20 {
		t.Errorf("got %+v, %v; want %+v", got, ok, made)
	}
	for name, ok := range map[string]bool{
		"another survey": second(Verify(public, "hotel", text)),
		"another key":    second(Verify(foreign, "cafe", text)),
		"no key":         second(Verify(nil, "cafe", text)),
		"cut":            second(Verify(public, "cafe", text[:102])),
		"longer":         second(Verify(public, "cafe", text+"A")),
		"empty":          second(Verify(public, "cafe", "")),
		"with a break":   second(Verify(public, "cafe", text[:50]+"\n"+text[50:])),
	} {
		if ok {
			t.Errorf("a token of %s is taken", name)
		}
	}
	for i := range text { // every character counts
		if c := text[i]; second(Verify(public, "cafe", text[:i]+string(rune(c^1))+text[i+1:])) {
			t.Errorf("character %d may be changed", i)
		}
	}
}

func second(_ Token, ok bool) bool { return ok }

func TestLastDays(t *testing.T) {
	key, _ := keys(t)
	for day, ok := range map[string]bool{"": true, "2000-01-02": true, "2179-06-06": true, "2000-01-01": false, "2179-06-07": false, "2026-02-30": false, "soon": false} {
		if _, got, err := New(key, "cafe", Many, day); (err == nil) != ok || ok && got.Until != day {
			t.Errorf("%q: %+v, %v", day, got, err)
		}
	}
}

func TestKeysOfOthersAreRefused(t *testing.T) {
	private, public := Generate()
	for _, bad := range []string{"", "x", string(private) + "more", strings.Replace(string(private), "MANYI", "OTHER", 2)} {
		if _, err := ParsePrivate([]byte(bad)); err == nil {
			t.Errorf("%.20q is a key", bad)
		}
	}
	for _, bad := range []string{"x", public[:20], "other " + public} {
		if _, err := ParsePublic([]byte(bad)); err == nil {
			t.Errorf("%.20q is a public key", bad)
		}
	}
}

func TestUsedSaysNothingOfTheSerial(t *testing.T) {
	used := Used("cafe", Token{Serial: "0123456789abcdef0123"})
	if len(used) != 32 || strings.Contains(used, "0123") || used == Used("hotel", Token{Serial: "0123456789abcdef0123"}) {
		t.Error(used)
	}
}

func FuzzVerify(f *testing.F) {
	key, public := keys(f)
	text, _, _ := New(key, "cafe", Once, "")
	f.Add(text)
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		if _, ok := Verify(public, "cafe", s); ok && s != text {
			t.Errorf("%q is taken", s)
		}
	})
}
