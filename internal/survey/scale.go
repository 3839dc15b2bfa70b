package survey

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/table"
)

//go:embed scales.yaml
var shippedFile embed.FS

// shipped returns the scales that need no entry. They are shared: nobody changes them.
var shipped = sync.OnceValue(func() map[string]*Scale {
	var problems diag.List
	file := load(shippedFile, "scales.yaml", &problems)
	r := newReader(file, &problems)
	var s Survey
	mapping(r, file.root, diag.Say("the file"), shippedKeys, &s)
	if p := problems.Problems(); len(p) > 0 {
		panic(fmt.Sprintf("survey: scales.yaml: %v: %s", p[0].Place, p[0].Summary))
	}
	return s.Scales
})

var shippedKeys = []key[Survey]{
	{"manyi", "format of this file", format[Survey](), required},
	{"languages", "languages of the labels", languageList(func(s *Survey) *[]string { return &s.Languages }), required},
	{"scales", "the shipped scales", formed(mapOf(keyed(scaleKeys)), readScales), required},
}

// scaleDraft is a scale as it is written.
type scaleDraft struct {
	Scale
	points points
}

// points is a range A..B of whole numbers.
type points struct{ low, high int }

var scaleKeys = []key[scaleDraft]{
	{"level", "level of measurement: nominal, ordinal, interval or ratio", word(func(d *scaleDraft) *Level { return &d.Level }, "nominal", "ordinal", "interval", "ratio"), optional},
	{"options", "the answers", objects(diag.Say("an option"), func(d *scaleDraft) *[]Option { return &d.Options }, optionKeys), optional},
	{"points", "the answers as whole numbers, like 1..10", special("range", func(r *reader, n *yaml.Node, d *scaleDraft) { d.points, _ = r.points(n) }), optional},
	{"low", "label of the lowest point", text(func(d *scaleDraft) *Text { return &d.Low }), optional},
	{"high", "label of the highest point", text(func(d *scaleDraft) *Text { return &d.High }), optional},
}

var optionKeys = []key[Option]{
	{"code", "what the data holds", special("code", func(r *reader, n *yaml.Node, o *Option) {
		o.Code, _ = code(r, n)
		o.At = r.place(n)
	}), required},
	{"label", "what the respondent reads", text(func(o *Option) *Text { return &o.Label }), required},
	{"missing", "why this is no answer: not_shown, skipped, not_applicable, dont_know, refused or invalid", formed(oneWord(reasonWords()...), func(r *reader, n *yaml.Node, o *Option) { o.Missing, _ = r.missing(n) }), optional},
	{"write_in", "a text may be written beside it", boolean(func(o *Option) *bool { return &o.WriteIn }), optional},
	{"exclusive", "excludes every other option", boolean(func(o *Option) *bool { return &o.Exclusive }), optional},
	{"anchor", "keeps its place when options are shuffled: first or last", word(func(o *Option) *string { return &o.Anchor }, "first", "last"), optional},
	{"image", "a picture beside the label", formed(keyed(imageKeys), func(r *reader, n *yaml.Node, o *Option) { o.Image = r.image(n) }), optional},
	{"show_if", "it is offered only if this is true", optionCondition(), optional},
	{"correct", "quiz: the right answer", boolean(func(o *Option) *bool { return &o.Correct }), optional},
	{"points", "quiz: what the answer earns", amount(func(o *Option) *float64 { return &o.Score }, -1e6, 1e6), optional},
}

var codePattern = regexp.MustCompile(`^[\p{L}\p{N}_.+-]{1,32}$`)

// code reads an option's code as it is written: 01 stays 01.
func code(r *reader, n *yaml.Node) (string, bool) {
	s, ok := r.str(n)
	if ok && !codePattern.MatchString(s) {
		r.fail(n, "wrong-code", diag.Say("use letters, digits and _ . + - only, at most 32"), diag.Say("code %q is not allowed", shorten(s)))
		return "", false
	}
	return s, ok
}

// reasonWords are the reasons for which an answer is missing.
func reasonWords() []string {
	var words []string
	for _, reason := range table.Reasons {
		words = append(words, reason.String())
	}
	return words
}

func (r *reader) missing(n *yaml.Node) (table.Reason, bool) {
	s, ok := r.word(n, reasonWords())
	if !ok {
		return table.Answered, false
	}
	return table.ParseReason(s)
}

// maxPoints is how many points a scale of numbers may have.
const maxPoints = 101

// points reads a range A..B of whole numbers.
func (r *reader) points(n *yaml.Node) (points, bool) {
	low, high, ok := strings.Cut(n.Value, "..")
	a, errA := strconv.Atoi(low)
	b, errB := strconv.Atoi(high)
	if n.Kind != yaml.ScalarNode || !ok || errA != nil || errB != nil || !plainWhole.MatchString(low) || !plainWhole.MatchString(high) {
		r.fail(n, "wrong-range", diag.Say("write it like 1..10"), diag.Say("%s is not a range of whole numbers", kindOf(n)))
		return points{}, false
	}
	if a >= b || b-a >= maxPoints {
		r.fail(n, "wrong-range", diag.Say("write the lower number first, and at most %d points", maxPoints), diag.Say("%q is not a range of 2 to %d points", n.Value, maxPoints))
		return points{}, false
	}
	return points{a, b}, true
}

// options writes the points out; only the ends have labels.
func (p points) options(low, high Text, at diag.Place) []Option {
	var out []Option
	for i := p.low; i <= p.high; i++ {
		o := Option{Code: strconv.Itoa(i), At: at}
		switch i {
		case p.low:
			o.Label = low
		case p.high:
			o.Label = high
		}
		out = append(out, o)
	}
	return out
}

var scaleName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,31}$`)

// readScales reads the scales of a file.
func readScales(r *reader, n *yaml.Node, s *Survey) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write each scale below its name"), diag.Say("scales must be names with scales, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		name := p.key.Value
		if !scaleName.MatchString(name) {
			r.fail(p.key, "wrong-name", diag.Say("start with a letter; use letters, digits and _ only"), diag.Say("scale name %q is not allowed", shorten(name)))
		}
		if sc := s.Scales[name]; sc != nil && sc.At.File != r.name {
			r.fail(p.key, "shipped-scale", diag.Say("delete it, or give your scale another name"), diag.Say("scale %q is shipped and may not be redefined", name))
			continue
		}
		sc := readScale(r, p.value, diag.Say("scale %q", name))
		if sc == nil {
			sc = &Scale{} // known, so that its uses are no faults
		}
		sc.ID, sc.At, sc.node = name, r.place(p.key), p.value
		if s.Scales == nil {
			s.Scales = map[string]*Scale{}
		}
		s.Scales[name] = sc
	}
}

func readScale(r *reader, n *yaml.Node, what diag.Phrase) *Scale {
	var d scaleDraft
	have := mapping(r, n, what, scaleKeys, &d)
	if have == nil {
		return nil
	}
	return r.finishScale(n, what, d, have)
}

// finishScale judges a scale, or the options, points, low and high of a question.
func (r *reader) finishScale(n *yaml.Node, what diag.Phrase, d scaleDraft, have found) *Scale {
	options, points := have["options"], have["points"]
	switch {
	case options.key != nil && points.key != nil:
		r.breaks(points.key, r.place(options.key), "two-ways", diag.Say("keep one of the two"), diag.Say("%s has both options and points", what))
	case options.key == nil && points.key == nil:
		r.fail(n, "missing-key", diag.Say("add options: with a code and a label each, or points: 1..10"), diag.Say("%s has neither options nor points", what))
	case points.key != nil && d.points.low < d.points.high:
		d.Options = d.points.options(d.Low, d.High, r.place(points.value))
	}
	if points.key != nil && (have["low"].key == nil || have["high"].key == nil) {
		r.fail(points.key, "missing-key", diag.Say("add low: and high: with the labels of the ends"), diag.Say("%s has points without labels of the ends", what))
	}
	r.judgeOptions(d.Options)
	sc := d.Scale
	if answers := len(sc.Codes()); options.value != nil && len(d.Options) > 0 && answers < 2 {
		r.fail(options.key, "too-few-options", diag.Say("add options that are answers"), diag.Say("%s has %s", what, counted(answers, diag.Say("1 answer"), diag.Say("%d answers", answers))))
	}
	return &sc
}

// counted chooses between the words for one and for many.
func counted(n int, one, many diag.Phrase) diag.Phrase {
	if n == 1 {
		return one
	}
	return many
}

// judgeOptions looks for codes and labels given twice.
func (r *reader) judgeOptions(options []Option) {
	codes := map[string]diag.Place{}
	for _, o := range options {
		if o.Code == "" {
			continue
		}
		same := norm.NFKC.String(o.Code)
		if first, ok := codes[same]; ok && first != o.At {
			r.report(diag.Problem{
				Code: "duplicate-code", Place: o.At, Others: before(first),
				Summary: diag.Say("code %q is given twice, %s", o.Code, onLines(first.Line, o.At.Line)), Cure: diag.Say("give each option its own code"),
			})
			continue
		}
		codes[same] = o.At
	}
	labels := map[string]Option{}
	for _, o := range options {
		for _, lang := range sorted(o.Label) {
			key := lang + " " + strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(o.Label[lang]))), " ")
			if first, ok := labels[key]; ok && first.Code != o.Code {
				r.report(diag.Problem{
					Severity: diag.Warning, Code: "duplicate-label", Place: o.At, Others: before(first.At),
					Summary: diag.Say("options %q and %q have the same label", first.Code, o.Code), Cure: diag.Say("tell them apart"),
				})
				break
			}
			labels[key] = o
		}
	}
}

// labelled reports the languages in which sc has no labels though the survey is in them.
func (sc *Scale) unlabelled(languages []string) []string {
	return slices.DeleteFunc(slices.Clone(languages), func(l string) bool {
		for _, o := range sc.Options {
			if len(o.Label) > 0 && o.Label.In(l) == "" {
				return false
			}
		}
		return true
	})
}

// ends are the codes with the lowest and highest number, for messages.
func (sc *Scale) ends() diag.Phrase {
	codes := sc.Codes()
	if len(codes) == 0 {
		return diag.Say("no codes")
	}
	if len(codes) <= 8 && utf8.RuneCountInString(strings.Join(codes, "")) < 60 {
		return diag.Say("codes %s", codes)
	}
	return diag.Say("codes %s … %s", codes[0], codes[len(codes)-1])
}

// counted is how many codes of answers sc has.
func (sc *Scale) counted() diag.Phrase {
	n := len(sc.Codes())
	return counted(n, diag.Say("1 code"), diag.Say("%d codes", n))
}
