package definition

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"manyi/internal/importer/draft"
)

var (
	// wjxQuestion is the first line of a question: 1. 题干*[单选题]
	wjxQuestion = regexp.MustCompile(`(?m)^[ \t\x{3000}]*[0-9]+[ \t]*[.、．:：][^\n]*[\[【][^\]】\n]{2,12}[\]】][ \t\r*]*$`)
	wjxHead     = regexp.MustCompile(`^[ \t\x{3000}]*([0-9]+)[ \t]*[.、．:：][ \t]*(.*?)[ \t]*(\*?)[ \t]*[\[【]([^\]】]{2,12})[\]】][ \t]*(\*?)[ \t]*$`)
	wjxOption   = regexp.MustCompile(`^[ \t\x{3000}]*(?:[○●□■◯☐]|[A-Za-z][.、．:：)）]|\([A-Za-z0-9]+\))?[ \t]*(.*?)[ \t]*$`)
	wjxPage     = regexp.MustCompile(`^[ \t]*[=＝-]{2,}[ \t]*(分页.*?|第[ \t]*[0-9]+[ \t]*页)[ \t]*[=＝-]*[ \t]*$`)
	wjxWriteIn  = regexp.MustCompile(`[_＿]{2,}|〖.*〗`)
	wjxRange    = regexp.MustCompile(`([0-9]+)[ \t]*[-~—至到][ \t]*([0-9]+)`)
)

var wjxTypes = map[string]string{
	"单选题": "single_choice", "单选": "single_choice", "多选题": "multiple_choice", "多选": "multiple_choice", "填空题": "short_text", "填空": "short_text", "单项填空题": "short_text", "简答题": "long_text", "多行填空题": "long_text",
	"下拉题": "dropdown", "下拉单选题": "dropdown", "下拉框": "dropdown", "下拉框单选题": "dropdown", "量表题": "rating", "评分题": "rating", "评分单选题": "rating", "打分题": "rating", "NPS": "nps", "NPS题": "nps", "NPS量表题": "nps", "NPS量表": "nps",
	"判断题": "yes_no", "排序题": "ranking", "排序": "ranking", "矩阵量表题": "matrix", "矩阵单选题": "matrix", "矩阵题": "matrix", "矩阵多选题": "matrix_multiple", "多项填空题": "multi_text", "滑动条": "slider", "滑动条题": "slider", "滑块题": "slider",
	"比重题": "constant_sum", "日期": "date", "日期题": "date", "段落说明": "note", "说明": "note", "手机": "phone", "手机题": "phone", "邮箱": "email", "邮箱题": "email", "姓名": "short_text", "数字题": "number", "性别": "single_choice",
}

// wenjuanxing reads the text that 问卷星 takes for a whole questionnaire: a
// numbered line with the type in brackets, then a line an option.
func (b *builder) wenjuanxing(body string) error {
	b.speak(nil, "zh-CN")
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(body, "\uFEFF"), "\r\n", "\n"), "\n")
	var head []string
	var m []string
	var below []string
	flush := func() {
		if m != nil {
			b.wjx(m, below)
		}
		m, below = nil, nil
	}
	for _, line := range lines {
		text := strings.Trim(line, " \t\u3000\r")
		switch found := wjxHead.FindStringSubmatch(line); {
		case found != nil:
			flush()
			m = found
		case wjxPage.MatchString(line):
			flush()
			b.newPage("")
		case text == "":
		case m == nil && len(b.out.Pages) == 0:
			head = append(head, text)
		case m == nil:
			b.page().Notes = append(b.page().Notes, b.lost("", "a line that is no question: %s", plain(text)))
		default:
			below = append(below, text)
		}
	}
	flush()
	if len(head) > 0 {
		b.out.Title = draft.Plain(plain(head[0]))
		b.out.Intro = draft.Plain(plain(strings.Join(head[1:], "\n")))
	}
	if b.report.Questions == 0 {
		return errors.New("the text has no question like 1. 题干[单选题]")
	}
	return nil
}

func (b *builder) wjx(m, below []string) {
	number, text, kind := m[1], plain(m[2]), strings.TrimSpace(m[4])
	name := "q" + number
	b.ids["第"+number+"题"] = name
	typ, known := wjxTypes[kind]
	q := draft.Question{ID: b.id(name, "q"), Type: typ, Required: (m[3] == "*" || m[5] == "*") && typ != "note", Text: draft.Plain(text)}
	if !known {
		q.Type = "note"
		q.Required = false
		q.Notes = append(q.Notes, b.lost(name, "a question of type %s", plain(kind)))
	}
	switch q.Type {
	case "single_choice", "dropdown", "multiple_choice":
		q.Options = b.wjxOptions(below)
		if kind == "性别" && len(q.Options) == 0 {
			q.Options = b.wjxOptions([]string{"男", "女"})
		}
		b.rated(&q)
	case "rating", "nps":
		b.wjxScale(&q, below)
	case "matrix", "matrix_multiple":
		b.wjxMatrix(&q, below)
	case "ranking", "constant_sum", "multi_text":
		for i, line := range below {
			q.Items = append(q.Items, draft.Row{ID: "i" + strconv.Itoa(i+1), Label: draft.Plain(option(line))})
		}
		if q.Type == "constant_sum" {
			q.Total = "100"
		}
	default:
		b.wjxPlain(&q, name, text, below)
	}
	b.wjxEmpty(&q)
	b.add(q)
}

// wjxPlain reads what stands below a question without a list.
func (b *builder) wjxPlain(q *draft.Question, name, text string, below []string) {
	switch q.Type {
	case "slider":
		q.Min, q.Max = "0", "100"
		if r := wjxRange.FindStringSubmatch(strings.Join(below, " ")); r != nil {
			q.Min, q.Max = r[1], r[2]
		}
	case "note":
		if len(below) > 0 {
			q.Text = draft.Plain(plain(strings.TrimSpace(text + "\n" + strings.Join(below, "\n"))))
		}
	case "short_text", "long_text", "date", "phone", "email", "number":
		for _, line := range below {
			if strings.Trim(line, "_＿ ") != "" {
				q.Notes = append(q.Notes, b.lost(name, "the line %s", plain(line)))
			}
		}
	}
}

// wjxEmpty makes a question that lacks its list one of text.
func (b *builder) wjxEmpty(q *draft.Question) {
	lists := map[string]int{
		"single_choice": len(q.Options), "dropdown": len(q.Options), "multiple_choice": len(q.Options), "ranking": len(q.Items), "constant_sum": len(q.Items), "multi_text": len(q.Items), "matrix": len(q.Rows), "matrix_multiple": len(q.Rows),
	}
	if n, wants := lists[q.Type]; wants && n == 0 {
		q.Notes = append(q.Notes, b.lost(q.ID, "its list is not in the text"))
		q.Type, q.Total, q.Options, q.Points = "short_text", "", nil, ""
	}
}

func option(line string) string {
	if m := wjxOption.FindStringSubmatch(line); m != nil && m[1] != "" {
		line = m[1]
	}
	return plain(line)
}

// wjxOptions are numbered as 问卷星 numbers them in its data: 1, 2, 3 …
func (b *builder) wjxOptions(below []string) []draft.Option {
	var out []draft.Option
	for i, line := range below {
		text := option(line)
		o := draft.Option{Code: strconv.Itoa(i + 1), WriteIn: wjxWriteIn.MatchString(text)}
		o.Label = draft.Plain(strings.TrimSpace(wjxWriteIn.ReplaceAllString(text, "")))
		if o.Label == nil {
			o.Label = draft.Plain(text)
		}
		if o.WriteIn {
			o.Anchor = "last"
		}
		out = append(out, o)
	}
	return out
}

// wjxScale reads the points of a scale: labels a line each, or one line of
// numbers between the labels of the ends.
func (b *builder) wjxScale(q *draft.Question, below []string) {
	fields := strings.Fields(strings.Join(below, " "))
	if r := wjxRange.FindStringSubmatch(strings.Join(below, " ")); r != nil && len(below) <= 1 {
		b.points(q, r[1], r[2])
		return
	}
	var numbers, words []string
	for _, f := range fields {
		if _, err := strconv.Atoi(f); err == nil {
			numbers = append(numbers, f)
		} else {
			words = append(words, f)
		}
	}
	switch {
	case len(numbers) > 1:
		if len(words) == 2 {
			q.Low, q.High = draft.Plain(plain(words[0])), draft.Plain(plain(words[1]))
		}
		b.points(q, numbers[0], numbers[len(numbers)-1])
	case len(words) > 2:
		q.Options = b.wjxOptions(below)
		if len(below) == 1 {
			q.Options = b.wjxOptions(words)
		}
	case q.Type == "nps":
	default:
		b.points(q, "1", "5")
		q.Notes = append(q.Notes, b.guess(q.ID, "the text has no points: five, as 问卷星 gives"))
	}
	if q.Type == "nps" {
		q.Points, q.Options = "", nil
	} else if q.Points == "" {
		b.rated(q)
	}
}

// wjxMatrix reads the columns from the first line and a row from each further one.
func (b *builder) wjxMatrix(q *draft.Question, below []string) {
	if len(below) < 2 {
		return
	}
	var labels []string
	for _, f := range strings.FieldsFunc(below[0], func(c rune) bool { return c == '\t' || c == ' ' || c == '\u3000' }) {
		labels = append(labels, plain(f))
	}
	for i, l := range labels {
		q.Options = append(q.Options, draft.Option{Code: strconv.Itoa(i + 1), Label: draft.Plain(l)})
	}
	for i, line := range below[1:] {
		q.Rows = append(q.Rows, draft.Row{ID: "r" + strconv.Itoa(i+1), Label: draft.Plain(option(line))})
	}
	b.rated(q)
}
