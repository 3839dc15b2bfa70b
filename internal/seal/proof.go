package seal

import (
	"bytes"
	"errors"
	"slices"
	"strings"
)

// ProofName is the file of a survey that says which keys were shown to open
// what is sealed for them. It holds no secret and belongs into the repository.
const ProofName = "seal.proof"

const proofHead = `# Keys that were shown to open what is sealed for them. Written by manyi keygen and manyi open --proof.
# One line a key: the hash of the public key, and who sealed the test: program, or page for a survey page in a browser.
`

// Proven reports whether the text of a proof names a key.
func Proven(proof []byte, r *Recipient) bool {
	return slices.ContainsFunc(strings.Split(string(proof), "\n"), func(line string) bool {
		first, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		return first == r.Print()
	})
}

// Prove adds keys to the text of a proof, by who sealed the test.
func Prove(proof []byte, by string, prints ...string) []byte {
	lines := map[string]string{}
	for line := range strings.Lines(string(proof)) {
		if print, who, ok := strings.Cut(strings.TrimSpace(line), " "); ok && strings.HasPrefix(print, "sha256:") {
			lines[print] = who
		}
	}
	for _, p := range prints {
		if lines[p] != "page" { // a page in a browser shows more than this program does
			lines[p] = by
		}
	}
	var out bytes.Buffer
	out.WriteString(proofHead)
	var names []string
	for name := range lines {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out.WriteString(name + " " + lines[name] + "\n")
	}
	return out.Bytes()
}

// Try seals a test for a key and opens it with keys.
func Try(r *Recipient, keys *Keys) error {
	const test = "canary of manyi\n"
	sealed, err := Seal([]byte(test), r)
	if err != nil {
		return err
	}
	plain, err := keys.OpenAll(sealed)
	if err != nil {
		return err
	}
	if string(plain) != test {
		return ErrDamaged
	}
	return nil
}

// ErrNoCanary says that a sealed file is no test of a survey page.
var ErrNoCanary = errors.New("it is no test file of this survey")

// Canary opens the test file that a survey page made, and returns the public
// keys, of 32 bytes in hexadecimal, for which the page seals.
func Canary(sealed []byte, survey string, keys *Keys) ([]string, error) {
	plain, err := keys.OpenAll(sealed)
	if err != nil {
		return nil, err
	}
	lines := strings.Fields(strings.TrimSpace(string(plain)))
	if len(lines) < 5 || strings.Join(lines[:3], " ") != "canary of manyi" || lines[3] != survey {
		return nil, ErrNoCanary
	}
	return lines[4:], nil
}
