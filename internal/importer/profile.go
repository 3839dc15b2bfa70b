package importer

import (
	"regexp"
	"slices"
	"strings"

	"manyi/internal/table"
)

// Limits of what is kept of a column while an export is looked at. They bound
// the memory, whatever the number of rows.
const (
	valueLimit = 400 // different values
	valueBytes = 400 // of one of them
	pieceLimit = 200 // different answers within cells of several
)

// tallied counts different texts, up to a limit, in the order they came.
type tallied struct {
	count map[string]int
	order []string
	more  bool // there are others
}

func (t *tallied) add(s string, limit int) {
	if n, ok := t.count[s]; ok {
		t.count[s] = n + 1
		return
	}
	if len(t.order) >= limit {
		t.more = true
		return
	}
	if t.count == nil {
		t.count = map[string]int{}
	}
	s = strings.Clone(s)
	t.count[s] = 1
	t.order = append(t.order, s)
}

// Profile is what the cells of one column have in common.
type Profile struct {
	Filled  int
	Values  tallied
	pieces  map[string]*tallied // by separator
	held    map[string]int      // cells that hold a separator
	Numbers int
	Whole   int
	Low     float64
	High    float64
	Longest int // bytes
	private int // cells that look like an address, a telephone number or an id card
	dates   dateProfile
	rounded int // numbers that a spreadsheet rounded, 1E+17
	daily   int // codes that a spreadsheet turned into dates, 1月2日
}

var (
	privateForm = regexp.MustCompile(`^([^@\s]+@[^@\s]+\.[A-Za-z]{2,}|(\+?86[- ]?)?1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx]|([0-9]{1,3}\.){3}[0-9]{1,3}(\(.*\))?)$`)
	roundedForm = regexp.MustCompile(`^[0-9](\.[0-9]+)?[Ee]\+[0-9]{2,3}$`)
	dailyForm   = regexp.MustCompile(`^([0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))$`)
)

// look adds a cell.
func (p *Profile) look(cell string, joins []string) {
	cell = clean(cell)
	if cell == "" {
		return
	}
	p.Filled++
	p.Longest = max(p.Longest, len(cell))
	known := p.Values.count[cell] > 0
	if len(cell) > valueBytes {
		p.Values.more = true
	} else {
		p.Values.add(cell, valueLimit)
	}
	for _, s := range joins {
		p.split(cell, s)
	}
	if len(cell) <= 40 {
		if v, ok := table.ParseNumber(cell); ok {
			if p.Numbers == 0 || v < p.Low {
				p.Low = v
			}
			if p.Numbers == 0 || v > p.High {
				p.High = v
			}
			p.Numbers++
			if v == float64(int64(v)) {
				p.Whole++
			}
		}
		if !known || p.private+p.rounded+p.daily+p.dates.seen > 0 {
			p.recognise(cell)
		}
	}
}

func (p *Profile) recognise(cell string) {
	if len(cell) >= 6 && privateForm.MatchString(cell) {
		p.private++
	}
	p.dates.look(cell)
	if roundedForm.MatchString(cell) {
		p.rounded++
	}
	if dailyForm.MatchString(cell) {
		p.daily++
	}
}

func (p *Profile) split(cell, separator string) {
	if p.pieces == nil {
		p.pieces, p.held = map[string]*tallied{}, map[string]int{}
	}
	t := p.pieces[separator]
	if t == nil {
		t = &tallied{}
		p.pieces[separator] = t
	}
	if len(cell) > valueBytes*4 {
		return
	}
	list := pieces(cell, separator)
	if len(list) > 1 {
		p.held[separator]++
	}
	for _, s := range list {
		t.add(s, pieceLimit)
	}
}

// pieces cuts a cell of several answers; a separator within brackets is none.
func pieces(cell, separator string) []string {
	if !strings.Contains(cell, strings.TrimSpace(separator)) && separator != " " {
		return []string{clean(cell)}
	}
	var out []string
	depth, from := 0, 0
	for i := 0; i < len(cell); i++ {
		switch cell[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		}
		if depth == 0 && strings.HasPrefix(cell[i:], separator) {
			out = append(out, cell[from:i])
			i += len(separator) - 1
			from = i + 1
		}
	}
	out = append(out, cell[from:])
	for i := range out {
		out[i] = clean(out[i])
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// joined returns the separator of cells that hold several answers, "" where
// they hold one: the answers within cells must be far fewer than the cells'
// own texts, and come again.
func (p *Profile) joined(separators []string) string {
	for _, s := range separators {
		t := p.pieces[s]
		if t == nil || p.held[s] == 0 {
			continue
		}
		all, again, often := 0, 0, 0
		for _, piece := range t.order {
			n := t.count[piece]
			all += n
			if n > 1 {
				again += n
			}
			if n >= 3 {
				often++
			}
		}
		certain := s == "┋" || s == listed
		if certain || !t.more && often >= 2 && 10*again >= 8*all && 20*p.held[s] >= p.Filled && p.Filled >= 5 && p.short(t) {
			return s
		}
	}
	return ""
}

// short reports whether the answers look like labels, not like sentences or numbers.
func (p *Profile) short(t *tallied) bool {
	words, numbers, long := 0, 0, 0
	for _, s := range t.order {
		if t.count[s] < 2 {
			continue
		}
		words++
		if _, ok := table.ParseNumber(s); ok {
			numbers++
		}
		if len(s) > 120 {
			long++
		}
	}
	return long*4 <= words && (numbers == 0 || numbers == words)
}

// ticks reports whether every value is the option's own label or a word of yes or no.
func (p *Profile) ticks(label string, missing map[string]table.Reason) bool {
	if p.Values.more || len(p.Values.order) > 6 {
		return false
	}
	own := loose(label)
	chosen := false
	for _, s := range p.Values.order {
		f := fold(s)
		_, absent := missing[f]
		switch {
		case slices.Contains(yes, f) || own != "" && (loose(s) == own || strings.HasPrefix(own, loose(s)) && len(loose(s)) > 8):
			chosen = true
		case absent || slices.Contains(no, f) && f != "2":
		case f == "2" && !chosen: // Y/N as 1/2
		default:
			return false
		}
	}
	numbers := p.Numbers > 0 && p.High > 1 // 1 and 2 are grades as well
	return !numbers
}

// personal reports whether the cells tell who answered.
func (p *Profile) personal() bool { return p.private >= 3 && 2*p.private >= len(p.Values.order) }

var personalWords = regexp.MustCompile(`^(您的|你的|请(填写|输入|留下)(您|你)的|your |please enter your |what is your |respondent |recipient ?)?` +
	`(真实)?(姓名|名字|电话|手机|手机号|手机号码|联系方式|联系电话|邮箱|电子邮箱|电子邮件地址|微信|微信号|身份证号码?|住址|地址|昵称|用户昵称|` +
	`name|first ?name|last ?name|full ?name|surname|e-?mail|e-?mail ?address|phone|phone ?number|telephone|mobile|mobile number|ip|ip ?address|ipaddr|address)[是为]?$|^(first |last |full )?name of (the |your )?(household|head|respondent|customer|contact|person|interviewee)|^.{0,18}(的姓名|手机号码?|联系电话|电子邮箱|身份证号)$`)

func personalTitle(c *Column) bool {
	if c.Part != "" && personalWords.MatchString(strings.Trim(fold(strip(c.Part)), " ?？:：")) {
		return true
	}
	return personalWords.MatchString(strings.Trim(fold(strip(c.Title)), " ?？:：。")) || c.Title == "" && personalWords.MatchString(fold(c.Code))
}
