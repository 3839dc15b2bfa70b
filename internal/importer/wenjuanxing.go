package importer

import "strings"

// starRoles are the columns that 问卷星 puts before the answers.
var starRoles = map[string]Role{
	"序号": ID, "提交答卷时间": Submitted, "提交时间": Submitted, "开始答题时间": Started, "所用时间": Seconds, "答题时长": Seconds,
	"来源": Technical, "来源详情": Technical, "来自渠道": Technical, "总分": Technical, "来自ip": Personal, "ip地址": Personal, "用户昵称": Personal,
	"微信昵称": Personal, "openid": Personal, "用户id": Personal, "性别(微信)": Personal, "头像": Personal,
}

// starHeader knows an export of 问卷星: 序号, 提交答卷时间, 所用时间, 来源, 来源详情, 来自IP.
func starHeader(head [][]string) int {
	if len(head) > 0 && has(head[0], "提交答卷时间") > 0 && has(head[0], "序号", "所用时间", "来源", "来自ip") >= 2 {
		return 1
	}
	return 0
}

// starColumns reads titles like 3、题目—行, 第2题(选项) and 25、(其他（请补充）:).
// Columns of one number are one question.
func starColumns(head [][]string) []Column {
	out := headed(head[:1], starRoles)
	asked := map[string]string{}
	for i := range out {
		c := &out[i]
		if c.Role != Answer {
			continue
		}
		n, rest, ok := numbered(c.Title)
		if !ok {
			continue
		}
		c.Code = "q" + n
		c.Title = rest
		starPart(c)
		switch {
		case c.Title == "":
			c.Title = asked[c.Code]
		case asked[c.Code] == "":
			asked[c.Code] = c.Title
		}
	}
	starShared(out)
	grouped(out)
	return out
}

// starPart finds the row or the option of a column.
func starPart(c *Column) {
	if title, part, ok := strings.Cut(c.Title, "—"); ok {
		c.Title, c.Part = strings.TrimSpace(title), strings.Trim(part, " —")
		if _, rest, ok := numbered(c.Part); ok {
			c.Part = rest
		}
		return
	}
	for _, open := range []string{"(", "（"} {
		if after, ok := strings.CutPrefix(c.Title, open); ok {
			c.Part, c.Title = trimPart(strings.TrimRight(after, " :：")), ""
			c.Part = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(c.Part, ":)"), "："), " :：")
			return
		}
	}
}

// starShared splits the titles of columns with one number that have no dash:
// 4、题目(选项) several times, or 4、题目:选项.
func starShared(columns []Column) {
	for i := 0; i < len(columns); {
		j := i + 1
		for j < len(columns) && columns[i].Code != "" && columns[j].Code == columns[i].Code {
			j++
		}
		if j-i > 1 {
			group := columns[i:j]
			starOptions(group)
			shared(group, []string{"（", "(", "：", ":", "-", "_"})
		}
		i = j
	}
}

// starOptions cuts 3、题目(选项) where the columns behind it are 3、(选项): the
// option of the first stands in the same brackets.
func starOptions(group []Column) {
	first := &group[0]
	if first.Part != "" || group[1].Part == "" || group[1].Title != first.Title {
		return
	}
	for _, open := range []string{"(", "（"} {
		if at := strings.LastIndex(first.Title, open); at > 0 && strings.HasSuffix(strings.TrimRight(first.Title, "：: "), map[string]string{"(": ")", "（": "）"}[open]) {
			part := trimPart(strings.TrimRight(first.Title[at+len(open):], "：: "))
			title := strings.TrimSpace(first.Title[:at])
			first.Part = part
			for i := range group {
				group[i].Title = title
			}
			return
		}
	}
}
