package importer

import (
	"slices"
	"strings"
)

var koboRoles = map[string]Role{
	"_uuid": ID, "_id": Technical, "meta/rootuuid": ID, "_submission_time": Submitted, "submissiondate": Submitted, "key": ID, "meta-instanceid": Technical, "meta/instanceid": Technical,
	"start": Started, "end": Technical, "today": Technical, "_validation_status": Technical, "_status": Technical, "_submitted_by": Personal, "__version__": Technical,
	"_index": Technical, "_notes": Technical, "_tags": Technical, "_parent_index": Technical, "_parent_table_name": Technical, "_xform_id_string": Technical,
	"_attachments": Technical, "_geolocation": Technical, "formhub/uuid": Technical, "instanceid": Technical, "meta-instancename": Technical, "submitterid": Personal, "submittername": Personal,
	"attachmentspresent": Technical, "attachmentsexpected": Technical, "status": Technical, "reviewstate": Technical, "deviceid": Personal, "edits": Technical, "formversion": Technical,
	"username": Personal, "phonenumber": Personal, "subscriberid": Personal, "simserial": Personal, "meta/deprecatedid": Technical, "rootuuid": ID, "_submission__id": Technical, "_submission__uuid": Technical,
	"_submission__submission_time": Technical, "_submission__validation_status": Technical, "_submission__notes": Technical, "_submission__status": Technical,
	"_submission__submitted_by": Personal, "_submission___version__": Technical, "_submission__tags": Technical, "_submission_meta/rootuuid": Technical,
}

// koboHeader knows an export of KoboToolbox.
func koboHeader(head [][]string) int {
	if len(head) > 0 && (has(head[0], "_index") > 0 || has(head[0], "_id", "_uuid", "_submission_time", "__version__", "_validation_status") >= 2) {
		return 1
	}
	return 0
}

// odkHeader knows an export of ODK Central.
func odkHeader(head [][]string) int {
	if len(head) > 0 && has(head[0], "submissiondate", "key", "meta-instanceid", "submitterid", "reviewstate") >= 2 {
		return 1
	}
	return 0
}

// koboColumns reads group/question names, and question/choice columns of 0 and
// 1 beside the column of the whole question, which they then replace.
func koboColumns(head [][]string) []Column {
	out := headed(head[:1], koboRoles)
	first := true
	for i := range out {
		c := &out[i]
		if strings.HasPrefix(fold(c.Title), "_validation_status") || strings.HasPrefix(c.Title, "_geolocation") || strings.HasPrefix(c.Title, "_attachments") {
			c.Role = Technical
		}
		if c.Role == ID && !first { // one id is enough; rootUuid, which stays when a response is edited, wins
			c.Role = Technical
		}
		first = first && c.Role != ID
	}
	for i := range out {
		if c := &out[i]; strings.HasSuffix(fold(c.Title), "rootuuid") && !strings.HasPrefix(fold(c.Title), "_submission") {
			for j := range out {
				if out[j].Role == ID {
					out[j].Role = Technical
				}
			}
			c.Role = ID
		}
	}
	koboSplit(out)
	grouped(out)
	return out
}

// koboSplit finds the columns of choices, and shortens names to the question's own.
func koboSplit(columns []Column) {
	names := map[string]int{}
	for i := range columns {
		names[columns[i].Title] = i
	}
	for i := range columns {
		c := &columns[i]
		at := strings.LastIndexAny(c.Title, "/")
		if c.Role != Answer {
			continue
		}
		if at > 0 {
			if whole, ok := names[c.Title[:at]]; ok && whole != i && !slices.Contains([]string{"latitude", "longitude"}, c.Title[at+1:]) {
				c.Part, c.PartCode = c.Title[at+1:], c.Title[at+1:]
				c.Title = c.Title[:at]
				columns[whole].Role = Technical // the same answers, joined by blanks that labels hold as well
			}
		}
		if strings.HasSuffix(c.Title, "_latitude") || strings.HasSuffix(c.Title, "_longitude") || strings.HasSuffix(c.Title, "_altitude") || strings.HasSuffix(c.Title, "_precision") {
			c.Role = Personal
		}
		c.Code = c.Title[strings.LastIndexAny(c.Title, "/")+1:]
		c.Aliases = endings(c.Title)
		if c.Part != "" {
			for i := range c.Aliases {
				c.Aliases[i] += "_" + c.Part
			}
		}
	}
}

// endings are the names that a path of groups may mean: aspects_speed and
// speed of group/aspects/speed or group-aspects-speed.
func endings(path string) []string {
	parts := strings.FieldsFunc(path, func(c rune) bool { return c == '/' || c == '-' })
	var out []string
	for i := range parts {
		out = append(out, strings.Join(parts[i:], "_"))
	}
	return out
}
