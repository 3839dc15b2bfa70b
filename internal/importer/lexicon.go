package importer

import (
	"slices"
	"strings"
)

// intensity words; the value is how far from the middle they stand.
var intensity = []struct {
	word string
	far  float64
}{
	{"extremely", 4},
	{"strongly", 4},
	{"completely", 4},
	{"totally", 4},
	{"非常", 4},
	{"极", 4},
	{"完全", 4},
	{"十分", 4},
	{"muy", 3.5},
	{"very", 3.5},
	{"sehr", 3.5},
	{"很", 3.5},
	{"voll", 4},
	{"quite", 2.5},
	{"fairly", 2},
	{"rather", 1.5},
	{"somewhat", 1.5},
	{"slightly", 1},
	{"moderately", 1.5},
	{"eher", 1.5},
	{"mostly", 2.5},
	{"比较", 2},
	{"较", 2},
	{"有点", 1},
	{"不太", -1},
	{"algo", 1.5},
	{"a little", 1},
}

// polarity words: good or much, and bad or little. Longer ones are found first.
var polarity = []struct {
	word string
	sign float64
}{
	{"dissatisf", -1},
	{"unsatisf", -1},
	{"disagree", -1},
	{"unimportant", -1},
	{"unlikely", -1},
	{"not at all", -2},
	{"not important", -2},
	{"not satisf", -1},
	{"not likely", -1},
	{"not useful", -2},
	{"不满意", -1},
	{"不同意", -1},
	{"不重要", -1},
	{"不可能", -1},
	{"不愿意", -1},
	{"不赞同", -1},
	{"不认同", -1},
	{"不方便", -1},
	{"不符合", -1},
	{"unzufrieden", -1},
	{"insatisf", -1},
	{"desacuerdo", -1},
	{"useless", -1},
	{"poor", -1},
	{"bad", -1},
	{"terrible", -2},
	{"差", -1},
	{"satisf", 1},
	{"agree", 1},
	{"important", 1},
	{"likely", 1},
	{"useful", 1},
	{"满意", 1},
	{"同意", 1},
	{"重要", 1},
	{"可能", 1},
	{"愿意", 1},
	{"赞同", 1},
	{"认同", 1},
	{"方便", 1},
	{"符合", 1},
	{"zufrieden", 1},
	{"acuerdo", 1},
	{"excellent", 2},
	{"good", 1},
	{"好", 1},
}

// middles are labels between good and bad.
var middles = []string{"neither", "neutral", "average", "fair", "so-so", "一般", "中立", "不确定", "普通", "尚可", "无所谓", "weder", "teils", "regular", "ok"}

// ladders are known orders of labels, the least first.
var ladders = [][]string{
	{"从不", "很少", "偶尔", "有时", "经常", "总是"},
	{"never", "rarely", "seldom", "occasionally", "sometimes", "often", "usually", "very often", "always"},
	{"nunca", "rara vez", "raramente", "de vez en cuando", "a veces", "con frecuencia", "generalmente", "siempre"},
	{"low", "medium", "high"},
	{"低", "中", "高"},
	{"none", "little", "some", "much"},
	{"inicial", "intermedio", "avanzado", "experto"},
	{"beginner", "intermediate", "advanced", "expert"},
	{"horas", "días", "semanas", "meses", "años"},
	{"not important", "rather unimportant", "rather important", "very important"},
}

// graded orders labels that are grades of one thing, the worst first; false
// where they are none. why says by which words.
func inGrades(labels []string) (order []string, why string, ok bool) {
	if len(labels) < 3 || len(labels) > 11 {
		return nil, "", false
	}
	for _, ladder := range ladders {
		if order, ok := onLadder(labels, ladder); ok {
			return order, "the labels are steps of one ladder", true
		}
	}
	score := map[string]float64{}
	seen := map[float64]bool{}
	for _, l := range labels {
		s, ok := grade(l)
		if !ok || seen[s] {
			return nil, "", false
		}
		score[l], seen[s] = s, true
	}
	order = slices.Clone(labels)
	slices.SortFunc(order, func(a, b string) int {
		if score[a] < score[b] {
			return -1
		}
		return 1
	})
	return order, "the labels grade one thing from bad to good", true
}

func onLadder(labels, ladder []string) ([]string, bool) {
	at := make([]string, len(ladder))
	for _, l := range labels {
		f := fold(l)
		best, length := -1, 0
		for i, step := range ladder {
			if strings.HasPrefix(f, step) && len(step) > length {
				best, length = i, len(step)
			}
		}
		if best < 0 || at[best] != "" {
			return nil, false
		}
		at[best] = l
	}
	return slices.DeleteFunc(at, func(s string) bool { return s == "" }), true
}

// grade is where a label stands between bad and good; false where it says neither.
func grade(label string) (float64, bool) {
	f := fold(label)
	far := 3.0
	for _, w := range intensity {
		if strings.Contains(f, w.word) {
			far = w.far
			break
		}
	}
	for _, m := range middles {
		if strings.HasPrefix(f, m) {
			return 0, true
		}
	}
	if far < 0 { // 不太满意
		return far, true
	}
	for _, w := range polarity {
		if strings.Contains(f, w.word) {
			if w.sign == -2 {
				return -4.5, true
			}
			if w.sign == 2 {
				return 4.5, true
			}
			return w.sign * far, true
		}
	}
	return 0, false
}

// overallWords stand in the title of a question about everything taken together.
var overallWords = []string{"总体", "总的来说", "整体", "综合", "overall", "all in all", "all things considered", "in general", "en general", "insgesamt", "altogether"}

// satisfiedWords stand in questions, or labels, about satisfaction.
var satisfiedWords = []string{"满意", "评价", "评分", "打分", "satisf", "zufrieden", "please rate"}

// recommendWords stand in the question of the net promoter score.
var recommendWords = []string{"推荐", "推薦", "recommend", "recomiend", "recomend", "weiterempf"}

// segmentWords stand in questions by which respondents are told apart.
var segmentWords = []string{
	"性别", "年龄", "地区", "区域", "省份", "城市", "学历", "职业", "收入", "部门", "岗位", "工龄", "客户类型", "会员", "门店", "产品", "渠道", "gender", "sex", "age", "region", "country", "city", "education", "occupation",
	"industry", "income", "department", "branch", "product", "channel", "customer type", "género", "país", "edad", "educativo", "industria", "language", "where you live", "earn",
}

func mentions(title string, words []string) bool {
	f := fold(title)
	return slices.ContainsFunc(words, func(w string) bool {
		at := strings.Index(f, w)
		if at < 0 {
			return false
		}
		if w[0] >= 0x80 || len(w) > 4 {
			return true
		}
		before := at == 0 || !letter(f[at-1])
		after := at+len(w) == len(f) || !letter(f[at+len(w)])
		return before && after
	})
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 0x80 }
