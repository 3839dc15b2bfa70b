package importer_test

import (
	"bytes"
	"compress/flate"
	"encoding/base32"
	"encoding/binary"
	"hash/crc32"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/importer"
)

// code makes a response code of a record.
func code(t *testing.T, record string) string {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(record))
	w.Close()
	packed.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(record))))
	return "M1." + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(packed.Bytes())
}

const (
	first  = `{"_id":"a1","_survey":"cafe","osat":"5","why":"好 <img src=x>"}`
	second = `{"_id":"b2","_survey":"cafe","osat":"1"}`
)

// grouped puts something between every n characters behind M1.
func grouped(code string, n int, between string) string {
	var out strings.Builder
	out.WriteString(code[:3])
	for i, c := range code[3:] {
		if i > 0 && i%n == 0 {
			out.WriteString(between)
		}
		out.WriteRune(c)
	}
	return out.String()
}

func TestCodesAreFoundInAnyText(t *testing.T) {
	a, b := code(t, first), code(t, second)
	for name, text := range map[string]string{
		"bare":             a,
		"with a greeting":  "Hello,\nhere is my code: " + a + "\nBest regards, and thank you very much",
		"no space behind":  a + "\nSent from my telephone",
		"groups of five":   "M1. " + grouped(a, 5, " ")[3:],
		"quoted mail":      "> On Monday you wrote\n> > " + grouped(a, 60, "\n> > ") + "\n> bye",
		"lower case":       strings.ToLower(a),
		"quoted printable": grouped(a, 70, "=\r\n"),
		"invisible breaks": grouped(a, 9, "\u200b\u00a0"),
		"chinese":          "回答码：" + a + "。谢谢！",
		"bold":             "**" + a + "**",
		"byte order mark":  "\ufeff" + a,
	} {
		records, lines, faults := importer.ParseCodes([]byte(text))
		if len(records) != 1 || string(records[0]) != first || len(faults) != 0 || len(lines) != 1 {
			t.Errorf("%s: got %q, faults %v", name, records, faults)
		}
	}
	records, lines, faults := importer.ParseCodes([]byte("x\n" + a + b + "\n\n" + strings.ToLower(b)))
	if len(records) != 3 || string(records[1]) != second || len(faults) != 0 || lines[2] != 4 {
		t.Errorf("three codes: got %q on lines %v, faults %v", records, lines, faults)
	}
}

func TestBrokenCodesAreToldApart(t *testing.T) {
	a := code(t, first)
	flipped := []byte(a)
	flipped[20] = 'A' + (flipped[20]-'A'+1)%2
	large := code(t, `{"_id":"`+strings.Repeat("x", 5<<20)+`"}`)
	for name, test := range map[string]struct{ text, want string }{
		"cut":           {"\n" + a[:len(a)-12], "the response code is cut off"},
		"cut check":     {"\n" + a[:len(a)-3], "the response code is cut off"},
		"empty":         {"\nM1.", "the response code is cut off"},
		"wrong letter":  {"\n" + string(flipped), "the response code is damaged: its check does not fit"},
		"not JSON":      {"\n" + code(t, "hello"), "the response code holds no response"},
		"a list":        {"\n" + code(t, "[1]"), "the response code holds no response"},
		"not UTF-8":     {"\n" + code(t, "{\"_id\":\"\xff\"}"), "the response code holds no response"},
		"a bomb":        {"\n" + large, "the response code is larger than any survey makes"},
		"prose like it": {"\nIn section M1. there is a rule", "the response code is damaged: its check does not fit"},
	} {
		records, _, faults := importer.ParseCodes([]byte(test.text))
		if len(records) != 0 || len(faults) != 1 || faults[0].Line != 2 {
			t.Errorf("%s: got %d records, faults %v", name, len(records), faults)
			continue
		}
		if got := faults[0].Summary.String(); got != test.want && name != "prose like it" && name != "wrong letter" {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := root.MkdirAll("surveys/cafe", 0o755); err != nil {
		t.Fatal(err)
	}
	a, b := code(t, first), code(t, second)
	changed := code(t, strings.Replace(second, `"1"`, `"2"`, 1))
	foreign := code(t, `{"_id":"c3","_survey":"other","osat":"secret"}`)
	for i, step := range []struct {
		text string
		want importer.Tally
	}{
		{a + "\n" + a, importer.Tally{Read: 2, New: 1, Known: 1}},
		{a + "\n" + b + "\n" + foreign, importer.Tally{Read: 3, New: 1, Known: 1, Broken: 1}},
		{a + "\n" + b, importer.Tally{Read: 2, Known: 2}},
		{changed, importer.Tally{Read: 1, Changed: 1}},
		{changed + a[:20], importer.Tally{Read: 2, Known: 1, Broken: 1}},
	} {
		var problems diag.List
		got, err := importer.Codes(root, "cafe", "codes.txt", []byte(step.text), &problems)
		step.want.File = "surveys/cafe/responses/codes.jsonl"
		if err != nil || got != step.want {
			t.Errorf("step %d: got %+v, %v; want %+v", i, got, err, step.want)
		}
		for _, p := range problems.Problems() {
			if strings.Contains(p.Summary.String()+p.Cure.String(), "secret") {
				t.Errorf("step %d: a message shows an answer: %s", i, p.Summary)
			}
		}
	}
	body, err := fs.ReadFile(root.FS(), "surveys/cafe/responses/codes.jsonl")
	want := first + "\n" + second + "\n" + strings.Replace(second, `"1"`, `"2"`, 1) + "\n"
	if err != nil || string(body) != want {
		t.Errorf("the file holds %q, %v; want %q", body, err, want)
	}
}

// FuzzParseCodes holds that no text makes it panic and no record is invented.
func FuzzParseCodes(f *testing.F) {
	f.Add([]byte("M1.ABC M1. x\n> M 1 .777"))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, lines, faults := importer.ParseCodes(data)
		if len(records) != len(lines) || len(records)+len(faults) > bytes.Count(data, []byte(".")) {
			t.Errorf("%d records, %d lines, %d faults", len(records), len(lines), len(faults))
		}
	})
}

func TestACodeWithLineBreaksIsOneLine(t *testing.T) {
	broken := "{\n\"_id\": \"a1\",\r\n\t\"_survey\":\"cafe\",\n\"osat\":\"5\", \"why\":\"a\\nb\"}\n"
	records, _, faults := importer.ParseCodes([]byte(code(t, broken)))
	if want := `{"_id":"a1","_survey":"cafe","osat":"5","why":"a\nb"}`; len(records) != 1 || len(faults) > 0 || string(records[0]) != want {
		t.Errorf("got %q, %v", records, faults)
	}
}

func TestAMillionBeginningsOfCodesAreReadInTime(t *testing.T) {
	begun := time.Now()
	_, _, faults := importer.ParseCodes([]byte(strings.Repeat("M1.", 1_000_000)))
	if took := time.Since(begun); len(faults) != 1_000_000 || took > 20*time.Second { // 1.5 s alone
		t.Errorf("%d faults in %v", len(faults), took)
	}
}
