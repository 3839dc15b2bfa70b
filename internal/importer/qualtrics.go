package importer

import (
	"regexp"
	"strings"
)

// qualtricsRoles are by ImportId, code, or the second row of a legacy export, folded.
var qualtricsRoles = map[string]Role{
	"startdate": Started, "enddate": Technical, "recordeddate": Submitted, "responseid": ID, "_recordid": ID, "responsesetid": Technical, "responseset": Technical,
	"status": Technical, "ipaddress": Personal, "progress": Technical, "duration": Seconds, "duration (in seconds)": Seconds, "finished": Finished,
	"recipientlastname": Personal, "recipientfirstname": Personal, "recipientemail": Personal, "name": Personal, "emailaddress": Personal,
	"panel-recipientlastname": Personal, "panel-recipientfirstname": Personal, "panel-recipientemail": Personal,
	"externalreference": Technical, "externaldatareference": Technical, "panel-externaldatareference": Technical, "distributionchannel": Technical,
	"userlanguage": Language, "locationlatitude": Personal, "locationlongitude": Personal, "locationaccuracy": Technical,
	"location-locationlatitude": Personal, "location-locationlongitude": Personal, "location-locationaccuracy": Technical, "q_recaptchascore": Technical,
}

var (
	importID   = regexp.MustCompile(`['"]ImportId['"]\s*:\s*['"]([^'"]+)['"]`)
	questionID = regexp.MustCompile(`^(QID[0-9]+)(?:#([0-9]+))?(.*)$`)
	codeParts  = regexp.MustCompile(`^(.+?)(?:_([0-9]+))?(_TEXT)?$`)
)

// qualtricsHeader counts the rows of the header: names, and perhaps texts and ImportIds.
func qualtricsHeader(head [][]string) int {
	for i := 1; i < min(3, len(head)); i++ {
		if len(head[i]) > 0 && importID.MatchString(strings.Join(head[i][:min(len(head[i]), 3)], " ")) {
			return i + 1
		}
	}
	if len(head) == 0 {
		return 0
	}
	known := has(head[0], "startdate", "enddate", "recordeddate", "responseid", "finished", "status", "progress", "duration (in seconds)", "distributionchannel")
	if len(head) > 1 && has(head[1], "responseid", "responseset", "externaldatareference", "finished") >= 3 {
		return 2
	}
	if known < 4 {
		return 0
	}
	if len(head) > 1 && has(head[1], "start date", "end date", "response type", "recorded date", "finished") >= 3 {
		return 2
	}
	return 1
}

func qualtricsColumns(head [][]string) []Column {
	out := headed(head, nil)
	submitted := false
	for i := range out {
		c := &out[i]
		c.Code = c.Headers[0]
		key, id := c.Code, ""
		if len(c.Headers) == 3 {
			if m := importID.FindStringSubmatch(c.Headers[2]); m != nil {
				id = m[1]
				key = id
			}
		} else if len(c.Headers) == 2 && strings.HasPrefix(c.Code, "V") && qualtricsRoles[fold(c.Headers[1])] != Answer {
			key = c.Headers[1]
		}
		c.Role = qualtricsRoles[fold(key)]
		if c.Role == Answer && (strings.Contains(c.Code, "_DO_") || strings.HasSuffix(c.Code, "_NPS_GROUP") || strings.HasSuffix(c.Code, "- Topics") || strings.HasSuffix(c.Code, "- Parent Topics")) {
			c.Role = Technical // order of display, and what the tool computed
		}
		submitted = submitted || c.Role == Submitted
		c.Title = ""
		if len(c.Headers) > 1 {
			c.Title = c.Headers[1]
		}
		if c.Role == Answer {
			qualtricsParts(c, id)
			c.Title = strings.TrimSuffix(c.Title, " - Selected Choice")
			if c.Coding == WriteIn {
				if title, part, ok := strings.Cut(strings.TrimSuffix(c.Title, " - Text"), " - "); ok {
					c.Title, c.Part = title, part
				}
			}
		}
	}
	if !submitted { // older exports have the end only
		for i := range out {
			if key := fold(out[i].Code + out[i].Title); strings.Contains(key, "enddate") {
				out[i].Role = Submitted
			}
		}
	}
	qualtricsTitles(out)
	grouped(out)
	return out
}

// qualtricsParts finds the question and the part of it that a column is.
func qualtricsParts(c *Column, id string) {
	if c.Code == "" { // older exports end in an empty column
		return
	}
	if m := questionID.FindStringSubmatch(id); m != nil {
		c.PartCode = strings.Trim(m[3], "-_")
		if m[2] != "" {
			c.PartCode = m[2] + "_" + c.PartCode
		}
		if strings.HasSuffix(c.PartCode, "TEXT") && c.PartCode != "TEXT" {
			c.Coding = WriteIn
		}
		if c.PartCode == "TEXT" {
			c.PartCode = ""
		}
		if c.PartCode != "" {
			c.Code = strings.TrimRight(strings.TrimSuffix(codeParts.FindStringSubmatch(c.Code)[1], "_TEXT"), "_#")
			c.Code = strings.TrimSuffix(c.Code, "#"+m[2])
		}
		return
	}
	m := codeParts.FindStringSubmatch(c.Code)
	if m[3] != "" {
		c.Coding = WriteIn
	}
	if m[2] != "" {
		c.Code, c.PartCode = m[1], m[2]
	}
}

// qualtricsTitles cuts "Question - Part" where several columns share the question.
func qualtricsTitles(columns []Column) {
	for i := 0; i < len(columns); {
		j := i + 1
		for j < len(columns) && columns[i].Role == Answer && columns[i].PartCode != "" && columns[j].Code == columns[i].Code && columns[j].PartCode != "" {
			j++
		}
		if j-i > 1 {
			shared(columns[i:j], []string{" - ", "-", ": "})
		}
		i = j
	}
	for i := range columns { // a part alone, as Q3_1 of a slider, is a question
		c := &columns[i]
		alone := (i == 0 || columns[i-1].Code != c.Code) && (i+1 == len(columns) || columns[i+1].Code != c.Code)
		if c.PartCode != "" && c.Part == "" && alone && c.Coding == Single {
			c.Code, c.PartCode = c.Headers[0], ""
		}
	}
}
