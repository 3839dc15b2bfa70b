package importer

import "strings"

var tencentRoles = map[string]Role{
	"编号": ID, "答卷编号": ID, "开始答题时间": Started, "结束答题时间": Submitted, "提交时间": Submitted, "答题时长": Seconds, "答题时长(秒)": Seconds,
	"地理位置国家和地区": Technical, "地理位置省": Technical, "地理位置市": Technical, "用户类型": Technical, "用户标识": Personal, "昵称": Personal, "自定义字段": Technical,
	"清洗数据结果": Technical, "智能清洗数据无效概率": Technical, "ip": Personal, "来源": Technical, "答题来源": Technical, "设备": Technical,
}

// tencentHeader knows an export of 腾讯问卷: 编号, 开始答题时间, 结束答题时间, 答题时长(秒).
func tencentHeader(head [][]string) int {
	if len(head) > 0 && has(head[0], "开始答题时间", "结束答题时间", "编号") >= 2 {
		return 1
	}
	return 0
}

// tencentColumns reads titles like 1.题干 and 6.地区:省.
func tencentColumns(head [][]string) []Column {
	out := headed(head[:1], tencentRoles)
	for i := range out {
		c := &out[i]
		if c.Role != Answer {
			continue
		}
		n, rest, ok := numbered(c.Title)
		if !ok {
			continue
		}
		c.Code, c.Title = "q"+n, rest
	}
	for i := range out { // a colon cuts only where the number comes again
		c := &out[i]
		again := i > 0 && c.Code != "" && out[i-1].Code == c.Code || i+1 < len(out) && c.Code != "" && out[i+1].Code == c.Code
		if !again || c.Role != Answer {
			continue
		}
		for _, mark := range []string{":", "："} {
			if at := strings.LastIndex(c.Title, mark); at > 0 {
				c.Title, c.Part = strings.TrimSpace(c.Title[:at]), strings.TrimSpace(c.Title[at+len(mark):])
				break
			}
		}
	}
	grouped(out)
	return out
}
