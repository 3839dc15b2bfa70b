package importer

import (
	"regexp"
	"strings"
)

var limeRoles = map[string]Role{
	"id": ID, "answer id": ID, "response id": ID, "id. response id": ID, "antwort id": ID, "答复编号": ID, "回答编号": ID, "submitdate": Submitted, "date submitted": Submitted,
	"submitdate. date submitted": Submitted, "datum abgeschickt": Submitted, "提交日期": Submitted, "lastpage": Technical, "last page": Technical,
	"lastpage. last page": Technical, "letzte seite": Technical, "startlanguage": Language, "start language": Language, "startlanguage. start language": Language,
	"seed": Technical, "seed. seed": Technical, "token": Personal, "access code": Personal, "startdate": Started, "date started": Started, "startdate. date started": Started,
	"datestamp": Technical, "date last action": Technical, "datestamp. date last action": Technical, "ipaddr": Personal, "ip address": Personal, "ipaddr. ip address": Personal,
	"refurl": Technical, "referrer url": Technical, "refurl. referrer url": Technical, "interviewtime": Seconds, "total time": Seconds, "interviewtime. total time": Seconds,
	"firstname": Personal, "lastname": Personal, "email": Personal,
}

var (
	limeCode  = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_]*)\[([A-Za-z0-9_]+?)(comment)?\](?:\[([A-Za-z0-9_]+)\])?$`)
	limeTimer = regexp.MustCompile(`^(groupTime[0-9]+|[A-Za-z0-9]+Time|Group time: .*|Question time: .*)$`)
	limeBoth  = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_]*(?:\[[A-Za-z0-9_]+\])*)\. (.+)$`)
	limeRank  = regexp.MustCompile(`^(?i:rank|rang|排序|排名)\s*([0-9]+)$`)
)

// limeHeader knows an export of LimeSurvey with codes, texts or both as headings.
func limeHeader(head [][]string) int {
	if len(head) == 0 {
		return 0
	}
	h := head[0]
	codes := has(h, "submitdate", "lastpage", "startlanguage", "seed")
	texts := has(h, "date submitted", "last page", "start language", "datum abgeschickt", "letzte seite", "submitdate. date submitted", "lastpage. last page")
	brackets := 0
	for _, s := range h {
		if _, _, ok := bracketed(strings.TrimSpace(s)); ok {
			brackets++
		}
	}
	if codes >= 2 || texts >= 2 || has(h, "answer id", "response id", "antwort id", "id. response id") > 0 && brackets > 0 {
		return 1
	}
	return 0
}

// limeColumns reads headings like Q2[SQ001], Q2[other], Q4[SQ001][1], Q6[1],
// "Question [Row]", "Question [Row][Scale 1]" and "Q2[SQ001]. Question [Row]".
func limeColumns(head [][]string) []Column {
	out := headed(head[:1], limeRoles)
	for i := range out {
		c := &out[i]
		if c.Role != Answer {
			continue
		}
		if limeTimer.MatchString(c.Title) {
			c.Role = Technical
			continue
		}
		code := c.Title
		if m := limeBoth.FindStringSubmatch(c.Title); m != nil {
			code, c.Title = m[1], m[2]
		}
		if m := limeCode.FindStringSubmatch(code); m != nil {
			c.Code, c.PartCode = m[1], m[2]
			if m[4] != "" {
				c.PartCode += "_" + m[4]
			}
			if m[3] != "" {
				c.Coding = WriteIn
			}
		} else if !strings.ContainsAny(code, " ?[") {
			c.Code = code
		}
		limeTitle(c)
		if i > 0 && isOther(c.Part) && out[i-1].Title == c.Title && out[i-1].Part == "" {
			c.Coding = WriteIn
		}
	}
	grouped(out)
	return out
}

// limeTitle cuts a full-text heading and finds what needs no look at the data.
func limeTitle(c *Column) {
	if c.Title == c.Headers[0] && c.Code != "" { // codes alone
		c.Title = c.Code
		c.Part = c.PartCode
	} else if title, part, ok := bracketed(c.Title); ok {
		if inner, row, twice := bracketed(title); twice { // a row and a scale
			title, part = inner, row+" · "+part
		}
		c.Title, c.Part = title, part
	}
	if m := limeRank.FindStringSubmatch(c.Part); m != nil {
		c.Coding, c.PartCode = RankAt, m[1]
	}
	if c.PartCode == "other" {
		c.Coding = WriteIn
		c.Part = "Other"
	}
}
