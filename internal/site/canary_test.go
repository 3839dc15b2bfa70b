//go:build unix

package site_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/site"
)

// canarySurvey has every kind of field that holds words or marks of one person:
// free text, e-mail, phone, "other", hidden columns, a segment from the address,
// ids, times, tokens, columns that the definition does not know, a private
// column of a ledger.
const canarySurvey = `manyi: 1
id: birds
version: 1
languages: [en]
title: Birds
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: "How?"}
      - {id: kind, type: single_choice, text: "Kind?", options: [{code: x, label: X}, {code: y, label: Y, write_in: true}]}
      - {id: why, type: long_text, text: "Why?"}
      - {id: mail, type: email, text: "Mail?", pii: true}
      - {id: word, type: short_text, text: "Word?"}
hidden:
  - {id: source}
  - {id: role, allow: [boss, user]}
segments: [role]
analyses:
  - id: said
    method: verbatim
    questions: [why, word, kind_y_text]
    outcome: osat
    topics:
      - {id: spoken, title: Spoken, any: [words]}
      - {id: other, title: Other, any: ["can*"], not: [words]}
`

// canaryRows are responses of which every field of the raw data holds a word of
// its own, CANARY and a number.
func canaryRows() string {
	var b strings.Builder
	b.WriteString("_id,_submitted,_started,_token,_seconds,_lang,osat,kind,kind_text,why,mail,word,source,role,stray\n")
	for i := range 40 {
		c := func(field int) string { return fmt.Sprintf("CANARY%02d%03d", field, i) }
		fmt.Fprintf(&b, "%s,2026-03-04T05:06:%02dZ,2026-03-04T05:01:%02dZ,%s,%d,en,%d,y,%s,%s words,%s@example.org,%s,%s,%s,%s\n",
			c(1), 10+i, 10+i, c(2), 54321+i, 1+i%5, c(3), c(4), c(5), c(6), c(7), []string{"boss", "user"}[i%2], c(8))
	}
	return b.String()
}

var (
	canary  = regexp.MustCompile(`(?i)canary\d{2}|05:0[16]:[1-4]\d|543[2-6]\d\b|example\.org`)
	encoded = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}={0,2}`)
)

// layersOf are the contents of a file in every coat: as it is, unpacked, out of
// gzip, and out of base64 wherever some stands.
func layersOf(t *testing.T, name string, body []byte) [][]byte {
	t.Helper()
	out := [][]byte{body}
	if strings.HasSuffix(name, ".xlsx") {
		out = append(out, unpacked(t, body))
	}
	if r, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
		if plain, err := io.ReadAll(r); err == nil {
			out = append(out, plain)
		}
	}
	for _, text := range encoded.FindAll(body, -1) {
		for _, coding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			if plain, err := coding.DecodeString(strings.TrimRight(string(text), "=")); err == nil {
				out = append(out, plain)
				if r, err := gzip.NewReader(bytes.NewReader(plain)); err == nil {
					if more, err := io.ReadAll(r); err == nil {
						out = append(out, more)
					}
				}
			}
		}
	}
	return out
}

// noCanary fails the test where a file of the site, or its name, holds a raw field.
func noCanary(t *testing.T, dir string) {
	t.Helper()
	files := 0
	must(t, filepath.WalkDir(filepath.Join(dir, "site"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		body, err := os.ReadFile(name)
		must(t, err)
		if canary.MatchString(filepath.Base(name)) {
			t.Errorf("the name %s tells a raw field", name)
		}
		for _, layer := range layersOf(t, name, body) {
			if at := canary.FindIndex(layer); at != nil {
				t.Errorf("%s holds a raw field: %q", name, layer[max(0, at[0]-60):min(len(layer), at[1]+40)])
				break
			}
		}
		return nil
	}))
	if files < 10 {
		t.Errorf("only %d files were built", files)
	}
}

func TestNoRawFieldIsAnywhereInTheSite(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: Birds\nlanguages: [en]\n")
	put(t, dir, "surveys/birds/survey.yaml", canarySurvey)
	put(t, dir, "surveys/birds/responses/a.csv", canaryRows())
	put(t, dir, "surveys/birds/topics.csv", "_id,topics,_wave,analysis\nCANARY01003,other,,\nCANARY01004,spoken;other,,\nCANARY99999,,,\n")
	var problems diag.List
	_, err := site.Build(dir, site.Options{Program: "test", Single: true}, &problems)
	if err != nil || problems.Has(diag.Error) {
		t.Fatal(err, problems.Problems())
	}
	noCanary(t, dir)
	for _, p := range problems.Problems() {
		if said := fmt.Sprint(p); canary.MatchString(said) {
			t.Errorf("a message holds a raw field: %s", said)
		}
	}
	state, err := os.ReadFile(filepath.Join(dir, ".manyi/state.json"))
	must(t, err)
	if canary.Match(state) {
		t.Error("the state holds a raw field")
	}
}
