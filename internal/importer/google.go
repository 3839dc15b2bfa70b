package importer

var googleRoles = map[string]Role{
	"timestamp": Submitted, "时间戳记": Submitted, "时间戳": Submitted, "zeitstempel": Submitted, "marca temporal": Submitted, "horodateur": Submitted,
	"carimbo de data/hora": Submitted, "タイムスタンプ": Submitted, "email address": Personal, "电子邮件地址": Personal, "username": Personal, "用户名": Personal, "score": Technical, "总分": Technical, "得分": Technical,
}

// googleHeader knows an export of Google Forms by its first column.
func googleHeader(head [][]string) int {
	if len(head) > 0 && len(head[0]) > 1 && googleRoles[fold(head[0][0])] == Submitted {
		return 1
	}
	return 0
}

// googleColumns reads the rows of grids: Question [Row].
func googleColumns(head [][]string) []Column {
	out := headed(head[:1], googleRoles)
	for i := range out {
		if c := &out[i]; c.Role == Answer {
			c.Title, c.Part, _ = bracketed(c.Title)
		}
	}
	for i := range out { // brackets that come once belong to the title
		c := &out[i]
		alone := (i == 0 || out[i-1].Title != c.Title) && (i+1 == len(out) || out[i+1].Title != c.Title)
		if c.Part != "" && alone {
			c.Title, c.Part = c.Headers[0], ""
		}
	}
	grouped(out)
	return out
}
