package table

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// reviews is a file of responses with ASCII ids in its header and Chinese text,
// among it characters that GB 18030 writes in two, and in four, bytes.
var reviews = "osat,region,why\n" + strings.Repeat("5,北京,很好\n4,上海市,服务周到\n", 10) + "3,𠮷林,€5\n"

func TestEncodingsAreGuessedOnlyWhereTheHeaderFits(t *testing.T) {
	mapped := map[string]string{"满意度": "osat", "总体滿意": "osat"}
	for _, test := range []struct {
		name, encoding, text string
		problems             string
	}{
		{"utf-8", "", reviews, ""},
		{"utf-8 with a mark", "", "\uFEFF" + reviews, ""},
		{"gb18030", "gb18030", reviews, "note r.csv encoding\n"},
		{"gbk header that is mapped", "gbk", "编号,满意度\n1,5\n", "note r.csv encoding\n"},
		{"gbk header that is not", "gbk", "编号,满意吗\n1,5\n", "error r.csv:1 not-utf8\n"},
		{"big5 header that is mapped", "big5", "編號,滿意度\n1,5\n", "error r.csv:1 not-utf8\n"},
		{"shift-jis header", "shift_jis", "番号,満足度\n1,5\n", "error r.csv:1 not-utf8\n"},
		{"euc-kr header", "euc-kr", "번호,만족도\n1,5\n", "error r.csv:1 not-utf8\n"},
		{"latin header", "windows-1252", "Größe,osat\n1,5\n", "error r.csv:1 not-utf8\n"},
		{"utf-16", "utf-16le", "\uFEFF" + reviews, "note r.csv encoding\n"},
		{"utf-16 big", "utf-16be", "\uFEFF" + reviews, "note r.csv encoding\n"},
		{"utf-16 without a mark", "utf-16be", reviews, "note r.csv encoding\n"},
		{"excel unicode text", "utf-16le", "\uFEFF" + strings.ReplaceAll(reviews, ",", "\t"), "note r.csv encoding\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := file("r.csv", test.text)
			if test.encoding != "" {
				source = encoded(t, "r.csv", test.encoding, test.text)
			}
			source.Columns = mapped
			a, problems := read(t, cafe(), Options{}, source)
			same(t, "problems", words(problems), test.problems)
			if !strings.HasPrefix(test.problems, "error") {
				osat := cells(a, "osat")
				same(t, "osat", osat[:1], "5")
			}
			if strings.Contains(test.text, "𠮷林") {
				c := a.Waves[0].Columns["region"]
				same(t, "regions", strings.Join(c.Codes, " "), "上海市 北京 𠮷林")
			}
		})
	}
}

// TestTextOfOtherEncodingsIsFlagged holds what is not UTF-8 and gives no proof
// of being Chinese: the header is read, the text is not.
func TestTextOfOtherEncodingsIsFlagged(t *testing.T) {
	for encoding, text := range map[string]string{
		"windows-1252": "Müller, Größe, naïve, café",
		"big5":         "服務人員態度很好，環境也很乾淨，會再來",
		"shift_jis":    "とても良かったです。また来ます。",
	} {
		source := encoded(t, "r.csv", encoding, "osat,region\n5,\""+text+"\"\n")
		a, problems := read(t, cafe(), Options{}, source)
		same(t, encoding, words(problems), "warning r.csv:2:3 not-utf8\n")
		same(t, encoding, cells(a, "osat")+cells(a, "region"), "5[invalid]")
	}
}

func TestDamagedBytesDoNotChangeTheEncoding(t *testing.T) {
	a, problems := read(t, cafe(), Options{}, file("r.csv", strings.Replace(reviews, "上海市", "上\xE6\xB5\x37市", 1)))
	same(t, "problems", words(problems), "warning r.csv:3:3 not-utf8\n")
	same(t, "rows", a.Count.Counted, 21)
	gb := content(t, encoded(t, "r.csv", "gb18030", reviews))
	a, problems = read(t, cafe(), Options{}, file("r.csv", gb[:len(gb)-5]+"\xB0"))
	same(t, "problems of a torn character", words(problems), "warning r.csv:22 ragged-row\nwarning r.csv:22:3 not-utf8\nnote r.csv encoding\n")
	same(t, "rows", a.Count.Counted, 21)
}

func TestTheAuthorsEncodingHolds(t *testing.T) {
	for _, test := range []struct{ encoding, name, text, problems string }{
		{"cp949", "euc-kr", "번호,만족도,why\n1,5,좋아요\n", ""},
		{"EUC-KR", "euc-kr", "번호,만족도,why\n1,5,좋아요\n", ""},
		{"big5", "big5", "滿意度,why\n5,很好\n", ""},
		{"Shift_JIS", "shift_jis", "満足度,why\n5,良い\n", ""},
		{"ibm866", "ibm866", "osat,why\n5,да\n", ""},
		{"UTF-8", "", "osat,why\n5,好\n", ""},
		{"gb18030", "big5", "滿意度,why\n5,很好\n", "error r.csv:1 wrong-encoding\n"},
		{"euc-jp", "windows-1252", "Größe,why\n5,x\n", "error r.csv:1 wrong-encoding\n"},
		{"gb18030", "", "\uFEFFosat,why\n5,好\n", ""},
		{"klingon", "", "osat\n5\n", "error r.csv unknown-encoding\n"},
		{"replacement", "", "osat\n5\n", "error r.csv unknown-encoding\n"},
	} {
		source := file("r.csv", test.text)
		if test.name != "" {
			source = encoded(t, "r.csv", test.name, test.text)
		}
		source.Encoding = test.encoding
		source.Columns = map[string]string{"만족도": "osat", "滿意度": "osat", "満足度": "osat"}
		a, problems := read(t, cafe(), Options{}, source)
		same(t, test.encoding, words(problems), test.problems)
		if test.problems == "" {
			same(t, test.encoding, cells(a, "osat")+cells(a, "why"), "5x")
		}
		same(t, test.encoding, IsEncoding(test.encoding), !strings.Contains(test.problems, "unknown"))
	}
}

// TestKioskFileReadsAsCP949 reads a file of Korean hands as it was published:
// counts by Python's csv module in the same encoding.
func TestKioskFileReadsAsCP949(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "kiosk", "kiosk.csv"))
	if err != nil {
		t.Skip("the kiosk survey is not on this machine")
	}
	source := file("kiosk.csv", string(text))
	source.Encoding = "cp949"
	source.Columns = map[string]string{"1-1. 키오스크는 사용자가 선택한 내용을 의도대로 정확하게 반영해야 한다.(기대 설문)": "expected"}
	schema := &Schema{Fields: []Field{{ID: "expected", Kind: Choice, Codes: []string{"1", "2", "3", "4", "5", "6", "7"}}}}
	a, problems := read(t, schema, Options{}, source)
	same(t, "problems", words(problems), "")
	got := map[string]int{}
	for code := range strings.FieldsSeq(cells(a, "expected")) {
		got[code]++
	}
	same(t, "answers", fmt.Sprint(got), "map[1:1 3:2 4:5 5:20 6:50 7:129 [skipped]:4]")
}
