package measure_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// wordsDefinition is the survey of testdata/verbatim; more is added to its analysis.
func wordsDefinition(top, more string) string {
	return `manyi: 1
id: x
languages: [en]
title: x
` + top + `pages:
  - id: p
    questions:
      - {id: osat, type: rating, scale: sat5, text: How}
      - {id: rec, type: nps, text: Recommend}
      - {id: why, type: long_text, max_length: 100000, text: Why}
hidden:
  - {id: region, allow: [east, south]}
segments: [region]
analyses:
  - id: words
    method: verbatim
    questions: [why]
    outcome: osat
` + more + `    topics:
      - {id: waiting, any: [等了, 等候, "wait*"], not: ["waiter", 等于没]}
      - {id: price, any: [价格, 收费, expensive, price]}
      - {id: staff, any: [师傅, 工作人员, staff]}
      - {id: parts, any: [配件, part, parts]}
      - {id: none_asked, any: ["[x](y.z)+?"]}
`
}

// words measures answers in words, with topics by hand where there are some.
func words(t testing.TB, definition string, answers func() (io.ReadCloser, error), codes string, minCell int) *measure.Results {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/x/survey.yaml": {Data: []byte(definition)}}, "surveys/x", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	if problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	opt := table.Options{Weight: s.Weight, WaveOf: s.WaveOf("UTC")}
	var hand *survey.TopicCodes
	if codes != "" {
		var err error
		if hand, err = s.ReadTopicCodes(table.Source{Name: "topics.csv", Open: textOf(codes)}, &problems); err != nil || problems.Has(diag.Error) {
			t.Fatal(err, problems.Problems())
		}
		opt.Named = hand.Number
	}
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
	}
	read, err := table.Read(s.Schema(), []table.Source{{Name: "data.csv", Whole: true, Open: answers}}, opt, &problems)
	if err != nil || problems.Has(diag.Error) {
		t.Fatal(err, problems.Problems())
	}
	return measure.Compute(s, read, measure.Options{MinCell: minCell, Coding: measure.Coding{Codes: hand}})
}

func wordsOf(t testing.TB, b *measure.Block) *measure.Verbatim {
	t.Helper()
	v, ok := b.Analyses["words"].(*measure.Verbatim)
	if !ok {
		t.Fatalf("got %T", b.Analyses["words"])
	}
	return v
}

// expectations are the numbers of testdata/verbatim/expected.csv.
func expectations(t testing.TB) map[string]float64 {
	t.Helper()
	f, err := os.Open("testdata/verbatim/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, r := range rows {
		if out[r[0]], err = strconv.ParseFloat(r[1], 64); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestVerbatimEqualsR compares every figure with R, whose topics are known
// because the texts are put together of sentences with known topics.
func TestVerbatimEqualsR(t *testing.T) {
	want, compared, largest := expectations(t), map[string]bool{}, map[string]float64{}
	near := func(key string, got measure.Number) {
		t.Helper()
		x, ok := want[key]
		if !ok {
			return
		}
		compared[key] = true
		difference := math.Abs(float64(got) - x)
		kind := key[:strings.Index(key, ".")]
		largest[kind] = max(largest[kind], difference)
		if !(difference <= 1e-9) {
			t.Errorf("%s: got %v, want %v", key, got, x)
		}
	}
	shares := func(prefix string, v *measure.Verbatim) {
		near(prefix+".n", measure.Number(v.N))
		for _, f := range append(slices.Clone(v.Topics), v.Uncoded) {
			key := prefix + "." + f.ID
			if f.ID == "" {
				key = prefix + ".uncoded"
			}
			near(key+".n", measure.Number(f.N))
			near(key+".share", f.Share)
			near(key+".low", f.CI95[0])
			near(key+".high", f.CI95[1])
			if f.Mean == nil {
				continue
			}
			near(key+".mean", *f.Mean)
			near(key+".otherwise", *f.Otherwise)
			near(key+".difference", *f.Difference)
			near(key+".difference.low", f.DifferenceCI[0])
			near(key+".difference.high", f.DifferenceCI[1])
			near(key+".p", *f.P)
			if f.Holm != nil {
				near(key+".holm", *f.Holm)
			}
		}
	}
	odds := func(prefix string, c *measure.TopicContrast) {
		near(prefix+".n.best", measure.Number(c.N[0]))
		near(prefix+".n.worst", measure.Number(c.N[1]))
		for _, o := range append(slices.Clone(c.Topics), c.Uncoded) {
			key := prefix + "." + o.ID
			if o.ID == "" {
				key = prefix + ".uncoded"
			}
			near(key+".log_odds", o.LogOdds)
			near(key+".low", o.CI95[0])
			near(key+".high", o.CI95[1])
			near(key+".z", o.Z)
			near(key+".p", o.P)
			near(key+".holm", o.Holm)
			near(key+".share.best", o.Shares[0])
			near(key+".share.worst", o.Shares[1])
		}
	}
	data := fileOf("testdata/verbatim/data.csv")
	rules := words(t, wordsDefinition("", ""), data, "", 1)
	shares("rules", wordsOf(t, rules.Block))
	odds("osat", wordsOf(t, rules.Block).Contrast)
	odds("nps", wordsOf(t, words(t, wordsDefinition("", "    contrast: rec\n"), data, "", 1).Block).Contrast)
	weighted := words(t, wordsDefinition("weights: {column: w}\n", ""), data, "", 1)
	shares("weighted", wordsOf(t, weighted.Block))
	for _, region := range []string{"east", "south"} {
		shares("rules."+region, wordsOf(t, rules.BySegment["region"][region]))
		shares("weighted."+region, wordsOf(t, weighted.BySegment["region"][region]))
	}
	codes, err := os.ReadFile("testdata/verbatim/topics.csv")
	if err != nil {
		t.Fatal(err)
	}
	hand := wordsOf(t, words(t, wordsDefinition("", ""), data, string(codes), 1).Block)
	shares("hand", hand)
	near("kappa.all", hand.Agreement.Kappa)
	near("kappa.all.low", hand.Agreement.CI95[0])
	near("kappa.all.high", hand.Agreement.CI95[1])
	for _, k := range hand.Agreement.Topics {
		near("kappa."+k.ID, k.Kappa)
		near("kappa."+k.ID+".low", k.CI95[0])
		near("kappa."+k.ID+".high", k.CI95[1])
	}
	for _, kind := range []string{"rules", "weighted", "osat", "nps", "hand", "kappa"} {
		n := 0
		for key := range compared {
			if strings.HasPrefix(key, kind+".") {
				n++
			}
		}
		t.Logf("verbatim %s: %d figures, largest difference %.1e", kind, n, largest[kind])
	}
	for key := range want {
		if !compared[key] && !strings.HasPrefix(key, "kappa.book") {
			t.Errorf("%s was not compared", key)
		}
	}
}

// TestFewCommentsTellNothing holds the edges: nobody, one, all of one topic, a
// topic of few, one without its rest.
func TestFewCommentsTellNothing(t *testing.T) {
	answers := func(texts ...string) func() (io.ReadCloser, error) {
		var rows strings.Builder
		rows.WriteString("osat,rec,region,why\n")
		for i, text := range texts {
			rows.WriteString(fmt.Sprintf("%d,%d,%s,%s\n", i%5+1, i%11, []string{"east", "south"}[i%2], text))
		}
		return textOf(rows.String())
	}
	many := func(n int, text string) []string { return slices.Repeat([]string{text}, n) }
	for name, c := range map[string]struct {
		texts []string
		want  string
	}{
		"none":      {many(40, ""), "n=0 [no_answers] waiting 0 price 0 staff 0 parts 0 none_asked 0 uncoded 0"},
		"nothing":   {many(40, "none."), "n=0 [no_answers] waiting 0 price 0 staff 0 parts 0 none_asked 0 uncoded 0"},
		"one topic": {many(40, "we waited"), "n=40 [] waiting 40 price 0 staff 0 parts 0 none_asked 0 uncoded 0"},
		"few":       {append(many(36, "we waited"), many(4, "price")...), "n=40 [] waiting hidden price hidden staff 0 parts 0 none_asked 0 uncoded hidden"},
		"all but 2": {append(many(38, "we waited"), many(2, "so so")...), "n=40 [] waiting hidden price 0 staff 0 parts 0 none_asked 0 uncoded hidden"},
		"few words": {append(many(31, ""), many(9, "we waited; and the price!")...), "n=9 [base_under_30] waiting 9 price 9 staff 0 parts 0 none_asked 0 uncoded 0"},
	} {
		v := wordsOf(t, words(t, wordsDefinition("", ""), answers(c.texts...), "", 5).Block)
		var got strings.Builder
		got.WriteString(fmt.Sprintf("n=%d %v", v.N, v.Warnings))
		for _, f := range append(slices.Clone(v.Topics), v.Uncoded) {
			id, n := f.ID, strconv.Itoa(f.N)
			if id == "" {
				id = "uncoded"
			}
			if f.Suppressed {
				n = "hidden"
			}
			got.WriteString(" " + id + " " + n)
		}
		if got.String() != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got.String(), c.want)
		}
	}
	one := words(t, wordsDefinition("", ""), answers("we waited"), "", 5)
	if !one.Block.Suppressed {
		t.Error("one response is shown")
	}
	alone := words(t, wordsDefinition("", ""), answers(append(many(40, ""), "we waited")...), "", 5)
	if _, ok := alone.Analyses["words"].(*measure.Hidden); !ok {
		t.Errorf("one comment is shown: %T", alone.Analyses["words"])
	}
}

// TestNoCountOfATopicFollowsFromOthers subtracts what is shown of the groups
// from everyone, topic by topic, and finds nothing of fewer than five people.
func TestNoCountOfATopicFollowsFromOthers(t *testing.T) {
	var seed uint32 = 7
	draw := func(n int) int { seed = seed*1664525 + 1013904223; return int(seed>>8) % n }
	for range 60 {
		rows, n := "osat,rec,region,why\n", 60+draw(200)
		for range n {
			text := []string{"we waited", "price", "staff and price", "parts", "so so", "", "waiting for parts"}[draw(7)]
			rows += fmt.Sprintf("%d,%d,%s,%s\n", draw(5)+1, draw(11), []string{"east", "south", "south", "south", ""}[draw(5)], text)
		}
		r := words(t, wordsDefinition("", ""), textOf(rows), "", 5)
		whole, ok := r.Analyses["words"].(*measure.Verbatim)
		if !ok {
			continue
		}
		for i := range whole.Topics {
			left, hidden := whole.Topics[i].N, 0
			for _, region := range []string{"east", "south"} {
				v, ok := r.BySegment["region"][region].Analyses["words"].(*measure.Verbatim)
				if !ok || v.Topics[i].Suppressed {
					hidden++
					continue
				}
				if x := v.Topics[i].N; x > 0 && x < 5 {
					t.Errorf("%s in %s: %d are shown", v.Topics[i].ID, region, x)
				}
				left -= v.Topics[i].N
			}
			if !whole.Topics[i].Suppressed && hidden > 0 && left > 0 && left < 5 {
				t.Errorf("%s: %d of hidden groups follow", whole.Topics[i].ID, left)
			}
		}
		if c := whole.Contrast; c != nil {
			for _, o := range append(slices.Clone(c.Topics), c.Uncoded) {
				if !o.Suppressed && (o.N[0] > 0 && o.N[0] < 5 || o.N[1] > 0 && o.N[1] < 5) {
					t.Errorf("%s: %v are shown", o.ID, o.N)
				}
			}
		}
	}
}

func TestTopicsAreFollowedOverTheWaves(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("_wave,osat,rec,region,why\n")
	for i := range 200 {
		text := "so so"
		if i < 100 && i%5 < 2 || i >= 100 && i%5 < 1 {
			text = "we waited"
		}
		rows.WriteString(fmt.Sprintf("%d,%d,%d,east,%s\n", 1+i/100, i%5+1, i%11, text))
	}
	r := words(t, wordsDefinition("waves:\n  - {id: \"1\", label: a}\n  - {id: \"2\", label: b}\n", ""), textOf(rows.String()), "", 5)
	trend := r.Analyses["trend"].(*measure.Trend)
	i := slices.IndexFunc(trend.Figures, func(f *measure.Followed) bool { return f.Figure == "analyses.words.topics.waiting.share" })
	if i < 0 {
		t.Fatal("the topic is not followed")
	}
	// 40 of 100, then 20 of 100: z = -.2/sqrt(.4·.6/100 + .2·.8/100).
	if s := trend.Figures[i].Steps[0]; math.Abs(float64(s.Difference)+.2) > 1e-12 || math.Abs(float64(s.Statistic)+.2/math.Sqrt(.004)) > 1e-9 {
		t.Errorf("got %+v", s)
	}
}

func TestHostileCommentsAreCounted(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("osat,rec,region,why\n")
	for i := range 40 {
		rows.WriteString(fmt.Sprintf("%d,%d,east,\"%s\"\n", i%5+1, i%11, []string{strings.Repeat("长", 30_000) + " staff", "😀 \u202estaff\u2066", "staff [X](y.z)+? .*", "<script>staff</script> {{ .Staff }}"}[i%4]))
	}
	r := words(t, wordsDefinition("", ""), textOf(rows.String()), "", 5)
	v := wordsOf(t, r.Block)
	if v.N != 40 || v.Topics[2].N != 40 || v.Topics[4].N != 10 {
		t.Errorf("got n %d, staff %d, signs %d", v.N, v.Topics[2].N, v.Topics[4].N)
	}
	body, err := json.Marshal(r)
	if err != nil || strings.Contains(string(body), "script") || strings.Contains(string(body), "长") {
		t.Errorf("an answer is in the results: %v", err)
	}
}
