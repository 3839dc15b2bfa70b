package survey

import (
	"os"
	"testing"
)

func TestConditionsInPlainWords(t *testing.T) {
	s := showcase(t)
	for _, lang := range []string{"en", "zh-CN"} {
		l, err := LoadLocale(os.DirFS("../../templates"), lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct{ source, en, zh string }{
			{"osat <= 3", "you rated “Overall satisfaction” “Neither satisfied nor dissatisfied” (3) or lower", "“总体满意度”的评分为“一般”（3）或更低"},
			{"3 >= osat", "you rated “Overall satisfaction” “Neither satisfied nor dissatisfied” (3) or lower", "“总体满意度”的评分为“一般”（3）或更低"},
			{"recommend < 7", "you rated “Recommendation” lower than 7", "“推荐意愿”的评分低于 7 "},
			{"osat == 5", "you rated “Overall satisfaction” “Very satisfied” (5)", "“总体满意度”的评分为“很满意”（5）"},
			{`again == "no"`, "“Coming again” is “No”", "“再来”为“否”"},
			{`again != "no"`, "“Coming again” is not “No”", "“再来”不为“否”"},
			{`channel in ["shop", "app"]`, "“Way of ordering” is “In the shop” or “By phone”", "“点单方式”为“到店”或“手机”"},
			{`"cold" in problems`, "you chose “Cold coffee” for “Problems met”", "在“遇到的问题”中选了“咖啡凉了”"},
			{`not ("cold" in problems)`, "you did not choose “Cold coffee” for “Problems met”", "在“遇到的问题”中未选“咖啡凉了”"},
			{"problems_cold == 1", "you chose “Cold coffee” for “Problems met”", "在“遇到的问题”中选了“咖啡凉了”"},
			{"problems_cold == 0", "you did not choose “Cold coffee” for “Problems met”", "在“遇到的问题”中未选“咖啡凉了”"},
			{"visits > 3", "“Visits” is more than 3", "“来店次数”大于 3 "},
			{"answered(mail)", "you answered “E-mail”", "回答了“邮箱”"},
			{"not answered(mail)", "you did not answer “E-mail”", "未回答“邮箱”"},
			{`missing(age, "refused")`, "“Age” is “Refused”", "“年龄”为“拒答”"},
			{"(osat <= 2 or visits > 3) and answered(mail)", "(you rated “Overall satisfaction” “Dissatisfied” (2) or lower or “Visits” is more than 3) and you answered “E-mail”", "（“总体满意度”的评分为“不满意”（2）或更低，或“来店次数”大于 3），且回答了“邮箱”"},
			{"sum(budget_beans, budget_room) > 60", "the sum of “Better beans”, “More room” is more than 60", "“更好的豆子”、“更大的空间”之和大于 60 "},
			{"count(problems) >= 2", "the number of answers to “Problems met” is 2 or more", "“遇到的问题”所选的项数不小于 2 "},
			{"visits * 2 + 1 <= value", "“Visits” × 2 + 1 is “Value” or less", "“来店次数” × 2 + 1 不超过“性价比”"},
		} {
			want := map[string]string{"en": test.en, "zh-CN": test.zh}[lang]
			if got := s.Wording(&Expression{Source: test.source}, l); got != want {
				t.Errorf("%s\n got %s\nwant %s", test.source, got, want)
			}
		}
	}
	if got := s.Wording(nil, nil); got != "" {
		t.Errorf("nothing is said as %q", got)
	}
}
