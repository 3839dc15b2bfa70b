package table

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// hostile is a set of files that could do harm, and all that reading says
// about them: counts, columns and problems. Its name is a row of the corpus of
// hostile files: R are responses, C is CSV, X is XLSX.
type hostile struct {
	name    string
	sources []Source
	want    string
}

// memoryBudget is what reading the whole corpus may take, in bytes.
const memoryBudget = 256 << 20

func TestHostileFilesCostLittle(t *testing.T) {
	tests := hostileFiles(t)
	peak := watchMemory(t)
	started := time.Now()
	for _, test := range tests {
		a, problems := read(t, cafe(), Options{}, test.sources...)
		var got strings.Builder
		fmt.Fprintf(&got, "%s; osat %s", countWords(a.Count), cells(a, "osat"))
		for line := range strings.SplitSeq(strings.TrimSpace(words(problems)), "\n") {
			if line != "" {
				fmt.Fprintf(&got, "; %s", line)
			}
		}
		if text := shorten(got.String()); text != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, text, test.want)
		}
	}
	t.Logf("%d entries in %v, at most %d MiB", len(tests), time.Since(started).Round(time.Millisecond), peak()>>20)
	if peak() > memoryBudget {
		t.Errorf("reading took %d MiB, want at most %d", peak()>>20, memoryBudget>>20)
	}
}

// shorten cuts what thousands of rows repeat.
func shorten(s string) string {
	const most = 400
	return s[:min(len(s), most)]
}

func countWords(c Count) string {
	var out []string
	for _, part := range []struct {
		name string
		n    int
	}{
		{"read", c.Read},
		{"counted", c.Counted},
		{"duplicate", c.Duplicate},
		{"conflict", c.Conflict},
		{"rejected", c.Rejected},
		{"unmatched", c.Unmatched},
		{"bad cells", c.BadCells},
	} {
		if part.n > 0 || part.name == "read" {
			out = append(out, fmt.Sprint(part.name, " ", part.n))
		}
	}
	return strings.Join(out, ", ")
}

// watchMemory samples the memory in use, beyond that of now, until the test
// ends, and returns the most.
func watchMemory(t *testing.T) func() int64 {
	t.Helper()
	before := liveHeap()
	var peak atomic.Int64
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), int64(m.HeapAlloc)-before))
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	t.Cleanup(func() { close(stop); <-done })
	return peak.Load
}

func hostileFiles(t *testing.T) []hostile {
	return slices.Concat(hostileResponses(), hostileTables(t), hostileWorkbooks(t))
}

func hostileResponses() []hostile {
	one := func(name, text string) []Source { return []Source{file(name, text)} }
	good := `{"osat":1}` + "\n"
	return []hostile{
		{"R01 another survey, no id", one("r.jsonl", `{"_survey":"bar","osat":5}`+"\n"+`{"_survey":"cafe","osat":4}`+"\n"+`{"_id":"","osat":3}`), "read 3, counted 2, unmatched 1; osat 4 3; warning r.jsonl:1:12 other-survey"},
		{"R02 same id, equal and not", one("r.csv", "_id,osat\na,5\na,5\na,4\nb,1\n"), "read 4, counted 2, duplicate 1, conflict 1; osat 5 1; warning r.csv:4 conflict"},
		{
			"R03 wrong values", one("r.jsonl", `{"osat":9,"age":1e308,"spend":-0,"extra":{"a":[1]}}`+"\n"+`{"osat":"NaN","age":"NaN","spend":1234567890123456789012345678901234567890,"region":5}`+"\n"+`{"osat":[5],"spend":1e999,"age":[]}`),
			"read 3, counted 3, bad cells 8; osat [invalid] [invalid] [invalid]; warning r.jsonl:1:9 unknown-code; warning r.jsonl:1:17 out-of-range; warning r.jsonl:2:9 unknown-code; warning r.jsonl:2:21 bad-number; warning r.jsonl:2:85 bad-pattern; warning r.jsonl:3:9 bad-form; warning r.jsonl:3:21 bad-number; warning r.jsonl:3:33 bad-form",
		},
		{"R04 torn last line", one("r.jsonl", good+`{"osat":2,"why":"to`), "read 2, counted 1, rejected 1; osat 1; warning r.jsonl:2 broken-record"},
		{"R04 torn last cell", one("r.csv", "osat,why\n1,a\n2,\"to"), "read 2, counted 1, rejected 1; osat 1; warning r.csv:3 broken-record"},
		{"R04 tail of zeros", one("r.jsonl", good+strings.Repeat("\x00", 4096)), "read 2, counted 1, rejected 1; osat 1; warning r.jsonl:2 broken-record"},
		{"R04 tail of zeros in CSV", one("r.csv", "osat\n1\n"+strings.Repeat("\x00", 4096)), "read 2, counted 1, rejected 1; osat 1; warning r.csv:3 broken-record"},
		{"R04 flipped bit", one("r.jsonl", good+"{\"osat\":2,\"why\":\"\xc4\"}\n"+good), "read 3, counted 2, rejected 1; osat 1 1; warning r.jsonl:2 broken-record"},
		{"R04 long line", []Source{{Name: "r.jsonl", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader(good), &endless{text: "x", n: 300 << 20}, strings.NewReader("\n"+good))), nil
		}}}, "read 3, counted 2, rejected 1; osat 1 1; warning r.jsonl:2 long-line"},
		{"R04 CRLF, mark, two objects", one("r.jsonl", "\uFEFF"+`{"osat":1}`+"\r\n"+`{"osat":2} {"osat":3}`+"\r\n"+`{"osat":4}`+"\r\n"), "read 3, counted 2, rejected 1; osat 1 4; warning r.jsonl:2 broken-record"},
		{"R05 one of many", one("r.jsonl", strings.Repeat(good, 50_000)+"\x00<script>\n"+strings.Repeat(good, 49_999)), shorten("read 100000, counted 99999, rejected 1; osat " + strings.Repeat("1 ", 200))},
		{
			"R06 texts", one("r.csv", "osat,why,region\n1,"+strings.Repeat("长", 1<<20)+",\n2,\""+strings.Repeat("\n", 10_000)+"\",\n3,   ,\n4,😀😀,\n5,مرحبا你好,مرحبا你好\n"),
			"read 5, counted 5, bad cells 1; osat 1 2 3 4 5; warning r.csv:2:3 too-long",
		},
		{
			"R07 dates", one("r.csv", "_submitted,osat\n0000-01-01,1\n9999-12-31,2\n2024-02-30,3\n1767225600000,4\n2026-03-29T02:30:00+01:00,5\n2026-01-01T00:00:00+08:00,5\n"),
			"read 6, counted 6; osat 1 2 3 4 5 5; warning r.csv:2:1 bad-date; warning r.csv:4:1 bad-date; warning r.csv:5:1 bad-date",
		},
	}
}

func hostileTables(t *testing.T) []hostile {
	one := func(name, text string) []Source { return []Source{file(name, text)} }
	return []hostile{
		{"C01 ragged rows", one("r.csv", "_id;osat;why\na;5\nb;4;x;y;z\nc;3;\"x;y\"\n"), "read 3, counted 3; osat 5 4 3; warning r.csv:2 ragged-row; warning r.csv:3 ragged-row"},
		{"C01 sep and bars", one("r.csv", "sep=|\r\n_id|osat|why\r\na|5|\"x|\r\ny\"\r\n"), "read 1, counted 1; osat 5"},
		{"C01 empty and double headers", one("r.csv", "osat,,why,,osat\n5,a,b,c,4\n"), "read 1, counted 1; osat 5; error r.csv:1:12 duplicate-column"},
		{"C01 many columns", one("r.csv", strings.Repeat("x,", 20_000)+"osat\n"+strings.Repeat(strings.Repeat("1,", 20_000)+"5\n", 20)), "read 20, counted 20; osat" + strings.Repeat(" 5", 20)},
		{"C01 binary", one("r.csv", "\x7fELF\x02\x01\x01\x00\x00\xff\xfe,\xb2\n\x00\x01\n"), "read 0; osat ; error r.csv:1 not-utf8"},
		{"C02 GBK", []Source{encoded(t, "r.csv", "gbk", "osat,why\n5,服务很好\n")}, "read 1, counted 1; osat 5; note r.csv encoding"},
		{"C02 four bytes", []Source{encoded(t, "r.csv", "gb18030", "osat,region\n5,𠮷家\n4,北京市朝阳区上海市浦东新区\n")}, "read 2, counted 2; osat 5 4; note r.csv encoding"},
		{"C02 Excel Unicode text", []Source{encoded(t, "r.csv", "utf-16le", "\uFEFFosat\twhy\r\n5\t好\r\n")}, "read 1, counted 1; osat 5; note r.csv encoding"},
		{"C02 Big5", []Source{encoded(t, "r.csv", "big5", "osat,滿意\n5,很好\n")}, "read 0; osat ; error r.csv:1 not-utf8"},
		{"C02 Latin-1", []Source{encoded(t, "r.csv", "iso-8859-1", "osat,région\n5,été\n")}, "read 0; osat ; error r.csv:1 not-utf8"},
		{"C02 torn character", one("r.csv", "osat,why\n5,好\n4,\xe5\xa5"), "read 2, counted 2, bad cells 1; osat 5 4; warning r.csv:3:3 not-utf8"},
		{
			"C03 rounded ids", one("r.csv", "_id,osat\n1.23457E+17,5\n1.23457E+17,4\n1E+17,3\n12345678901,2\n"),
			"read 4, counted 4; osat 5 4 3 2; warning r.csv:2:1 spreadsheet-damage; warning r.csv:3:1 spreadsheet-damage; warning r.csv:4:1 spreadsheet-damage",
		},
		{
			"C03 damaged codes", one("r.csv", "osat,age,region\n1月2日,######,#N/A\n2-Jan,30,######\n2026-01-02,30,1.2E+10\nTRUE,30,n\n真,30,n\n"),
			"read 5, counted 5, bad cells 9; osat [invalid] [invalid] [invalid] [invalid] [invalid]; warning r.csv:2:1 spreadsheet-damage; warning r.csv:2:6 spreadsheet-damage; warning r.csv:2:13 spreadsheet-damage; warning r.csv:3:1 spreadsheet-damage; warning r.csv:3:10 spreadsheet-damage; warning r.csv:4:1 spreadsheet-damage; warning r.csv:4:15 spreadsheet-damage; warning r.csv:5:1 spreadsheet-damage; warni",
		},
	}
}

func hostileWorkbooks(t *testing.T) []hostile {
	plain := workbookOf(t, [][]any{{"_id", "osat"}, {"a", 5}}, nil)
	unchanged := func(_ string, body []byte) []byte { return body }
	one := func(text string) []Source { return []Source{file("r.xlsx", text)} }
	const refused, read = "read 0; osat ; error r.xlsx damaged-file", "read 1, counted 1; osat 5"
	const broken = "read 1, rejected 1; osat ; error r.xlsx damaged-file"
	strings1M := `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + strings.Repeat("<si><t>a</t></si>", 1_000_000) + "</sst>"
	linked := workbookOf(t, [][]any{{"_id", "osat"}, {"a", nil}}, func(f *excelize.File) {
		must(t, f.SetCellFormula("Sheet1", "B2", `'[http://127.0.0.1:1/x.xlsx]Sheet1'!A1`))
	})
	return []hostile{
		{"X01 size of a gigabyte", one(claiming(t, plain, 1<<30)), refused},
		{"X01 size that lies", one(claiming(t, plain, 100)), read}, // no more is unpacked than it says
		{"X01 archive in an archive", one(archive(t, plain, unchanged, map[string]string{"xl/embeddings/a.zip": plain})), read},
		{"X01 path out of the archive", one(archive(t, plain, unchanged, map[string]string{"../../evil.xml": "<a/>"})), read},
		{"X01 a million texts", one(archive(t, plain, func(name string, body []byte) []byte {
			if name == "xl/sharedStrings.xml" {
				return []byte(strings1M)
			}
			return body
		}, nil)), refused},
		{"X01 far row", one(archive(t, plain, inSheet(`<row r="2"`, `<row r="2000000000"`), nil)), broken},
		{"X01 far column", one(archive(t, plain, inSheet(`r="B2"`, `r="ZZZZ2"`), nil)), broken},
		{"X01 entity of a file", one(archive(t, plain, inSheet("<worksheet", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet`), nil)), read},
		{"X01 link to another workbook", one(archive(t, linked, inSheet("</f>", "</f><v>4</v>"), nil)), "read 1, counted 1; osat 4"},
		{"X01 torn sheet", one(archive(t, plain, func(name string, body []byte) []byte {
			if name == "xl/worksheets/sheet1.xml" {
				return body[:len(body)/2]
			}
			return body
		}, nil)), refused},
		{"X01 torn archive", one(plain[:len(plain)/2]), refused},
		{"X01 table of HTML", one("<html><table><tr><td>osat</td></tr></table></html>"), refused},
		{"X01 old workbook", one("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 512)), refused},
	}
}

// claiming adds a file of 20 MB to a workbook whose directory says another size.
func claiming(t *testing.T, workbook string, size uint64) string {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	must(t, err)
	_, err = io.Copy(w, &endless{text: "0", n: 20 << 20})
	must(t, err)
	must(t, w.Close())
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	from, err := zip.NewReader(strings.NewReader(workbook), int64(len(workbook)))
	must(t, err)
	for _, f := range from.File {
		must(t, to.Copy(f))
	}
	raw, err := to.CreateRaw(&zip.FileHeader{Name: "xl/media/a.bin", Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: size})
	must(t, err)
	_, err = raw.Write(packed.Bytes())
	must(t, err)
	must(t, to.Close())
	return b.String()
}
