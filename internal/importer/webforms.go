package importer

import (
	"regexp"
	"strings"
)

var typeformRoles = map[string]Role{
	"#": ID, "token": ID, "response_id": Technical, "landing_id": Technical, "landed_at": Started, "submitted_at": Submitted, "response type": Finished, "start date (utc)": Started, "stage date (utc)": Technical,
	"submit date (utc)": Submitted, "network id": Personal, "tags": Technical, "ending": Technical, "score": Technical, "calculated.score": Technical,
	"response_type": Finished,
}

// typeformHeader knows an export of Typeform, as a table or from its API.
func typeformHeader(head [][]string) int {
	if len(head) > 0 && (has(head[0], "#", "submit date (utc)", "start date (utc)", "network id", "response type") >= 2 || has(head[0], "landed_at", "submitted_at", "token") >= 2) {
		return 1
	}
	return 0
}

// typeformColumns: each option of a multiple choice is a column under its own
// label, without the question; those side by side are taken for one.
func typeformColumns(head [][]string) []Column {
	out := headed(head[:1], typeformRoles)
	for i := range out {
		c := &out[i]
		switch {
		case strings.HasPrefix(c.Title, "metadata.") || strings.HasPrefix(c.Title, "thankyou") || strings.HasPrefix(c.Title, "variables."):
			c.Role = Technical
		case strings.HasPrefix(c.Title, "hidden."):
			c.Code = strings.TrimPrefix(c.Title, "hidden.")
		}
		if whole, ok := strings.CutSuffix(c.Title, "_other"); ok && c.Role == Answer {
			c.Code, c.Title, c.Part, c.PartCode, c.Coding = whole, whole, "other", "other", WriteIn
		}
	}
	shared(out, []string{": ", " - "})
	grouped(out)
	return out
}

// optionsAside finds runs of columns that hold nothing but their own header:
// options of one question, whose title the export does not give.
func (f *Frame) optionsAside() {
	own := func(i int) bool {
		c := &f.Columns[i]
		p := &f.Profiles[i]
		return c.Role == Answer && c.Group == 0 && p.Filled > 0 && len(p.Values.order) == 1 && loose(p.Values.order[0]) == loose(c.Title)
	}
	group := 0
	for i := range f.Columns {
		group = max(group, f.Columns[i].Group)
	}
	for i := 0; i < len(f.Columns); i++ {
		j := i
		for j < len(f.Columns) && own(j) {
			j++
		}
		if j-i < 2 {
			continue
		}
		if j < len(f.Columns) && f.Columns[j].Role == Answer && isOther(f.Columns[j].Title) {
			j++
		}
		group++
		for k := i; k < j; k++ {
			c := &f.Columns[k]
			c.Part, c.Title, c.Group, c.Coding = c.Title, "", group, Tick
			if !f.Profiles[k].ticks(c.Part, nil) {
				c.Coding = WriteIn
			}
		}
		i = j
	}
}

var formbricksRoles = map[string]Role{
	"no.": Technical, "response id": ID, "id": ID, "timestamp": Submitted, "createdat": Submitted, "updatedat": Technical, "finished": Finished, "survey id": Technical, "surveyid": Technical,
	"formbricks id (internal)": Technical, "user id": Personal, "notes": Technical, "tags": Technical, "url": Technical, "source": Technical, "browser": Technical, "os": Technical, "device": Technical,
	"country": Technical, "action": Technical, "language": Language, "contactid": Personal, "displayid": Technical, "environmentid": Technical, "singleuseid": Technical, "endingid": Technical, "ip address": Personal,
}

// formbricksHeader knows an export of Formbricks, as a table or from its API.
func formbricksHeader(head [][]string) int {
	if len(head) > 0 && (has(head[0], "response id", "survey id", "formbricks id (internal)", "finished", "user id") >= 3 || has(head[0], "surveyid", "finished", "createdat") >= 2) {
		return 1
	}
	return 0
}

var formbricksNumber = regexp.MustCompile(`^[0-9]{1,3}\. `)

func formbricksColumns(head [][]string) []Column {
	out := headed(head[:1], formbricksRoles)
	for i := range out {
		c := &out[i]
		name := c.Title
		switch {
		case strings.HasPrefix(name, "data."):
			c.Code = strings.TrimPrefix(name, "data.")
			c.Title = c.Code
			if at := strings.Index(c.Code, "."); at > 0 { // a row of a matrix
				c.Code, c.Part, c.Title = c.Code[:at], c.Code[at+1:], c.Code[:at]
			}
		case strings.Contains(name, ".") && !formbricksNumber.MatchString(name) && !strings.Contains(name, " "):
			c.Role = Technical // meta.*, ttc.*, variables.*
		case formbricksNumber.MatchString(name):
			_, c.Title, _ = numbered(name)
		}
	}
	shared(out, []string{" - "})
	grouped(out)
	return out
}

var surveyjsRoles = map[string]Role{
	"id": ID, "instanceid": ID, "_id": ID, "happenedat": Submitted, "happendat": Submitted, "submittedat": Submitted, "createdat": Submitted, "pageno": Technical, "timespent": Seconds, "locale": Language,
	"ipaddress": Personal, "ip": Personal, "completed": Finished,
}

// surveyjsHeader knows results of SurveyJS: they are JSON, so any name may be one.
func surveyjsHeader(head [][]string) int {
	if len(head) == 0 {
		return 0
	}
	for _, h := range head[0] {
		if strings.HasSuffix(h, "-Comment") {
			return 1
		}
	}
	if has(head[0], "happendat", "happenedat", "pageno", "instanceid") >= 1 {
		return 1
	}
	return 0
}

// surveyjsColumns reads name, name-Comment, and name.row of a matrix.
func surveyjsColumns(head [][]string) []Column {
	out := headed(head[:1], surveyjsRoles)
	for i := range out {
		c := &out[i]
		if c.Role != Answer {
			continue
		}
		c.Code = c.Title
		if whole, ok := strings.CutSuffix(c.Title, "-Comment"); ok {
			c.Code, c.Title, c.Part, c.Coding = whole, whole, "other", WriteIn
			c.PartCode = "other"
			continue
		}
		if at := strings.Index(c.Title, "."); at > 0 {
			c.Code, c.Title, c.Part = c.Title[:at], c.Title[:at], c.Title[at+1:]
			c.PartCode = c.Part
		}
	}
	grouped(out)
	return out
}

var tableID = regexp.MustCompile(`^(new|response|respondent|answer|resp|record|case|submission|user|customer|_)?[ _-]?(id|uuid|guid|key|respnum|序号|编号|答卷编号|流水号)\.?$`)

var tableRoles = map[string]Role{
	"_id": ID, "_submitted": Submitted, "_started": Started, "_lang": Language, "_survey": Technical, "_version": Technical, "_build": Technical, "_mode": Technical, "_wave": Technical, "_token": Personal, "_ms": Technical, "_order": Technical,
	"timestamp": Submitted, "submitted": Submitted, "submitted at": Submitted, "submit date": Submitted, "submission date": Submitted, "date submitted": Submitted, "提交时间": Submitted, "提交日期": Submitted, "填写时间": Submitted, "答题时间": Submitted,
	"started": Started, "start time": Started, "开始时间": Started, "结束时间": Submitted, "end time": Submitted, "completion time": Submitted, "finish time": Submitted, "完成时间": Submitted, "duration": Seconds, "用时": Seconds, "时长": Seconds, "finished": Finished, "completed": Finished, "language": Language, "语言": Language,
}

// tableColumns reads any table: question [row], or titles that begin alike.
func tableColumns(head [][]string) []Column {
	out := headed(head[:1], tableRoles)
	id := false
	for i := range out {
		id = id || out[i].Role == ID
	}
	for i := range out {
		c := &out[i]
		if c.Role != Answer {
			continue
		}
		if !id && tableID.MatchString(fold(c.Title)) {
			c.Role, id = ID, true
			continue
		}
		if n, rest, ok := numbered(c.Title); ok && rest != "" {
			c.Code, c.Title = "q"+n, rest
		} else if !strings.ContainsAny(c.Title, " ?？") && plainASCII(c.Title) {
			c.Code = c.Title
		}
		if title, part, ok := bracketed(c.Title); ok {
			c.Title, c.Part = title, part
		}
	}
	shared(out, marks)
	for i := range out {
		if c := &out[i]; c.Part != "" && c.Code == c.Headers[0] {
			c.Code, c.PartCode = c.Title, c.Part
		}
	}
	grouped(out)
	return out
}
