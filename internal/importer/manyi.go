package importer

import (
	"maps"
	"slices"
	"strings"

	"manyi/internal/table"
)

// ownMissing are the marks by which our own exports say why there is no answer.
var ownMissing = func() map[string]table.Reason {
	out := map[string]table.Reason{}
	for _, r := range table.Reasons {
		out["~"+r.String()] = r
	}
	return out
}()

// ownHeader knows what this program exports: csv, jsonl, xlsx, ddi and spss by
// their columns of metadata, the data for R by wave_ and weight_.
func ownHeader(head [][]string) int {
	if len(head) == 0 {
		return 0
	}
	h := head[0]
	if has(h, "_survey", "_version") == 2 || has(h, "meta_survey", "meta_version") == 2 || ownFigures(h) {
		return 1
	}
	return 0
}

// ownFigures reports whether the rows are those that figures are made of: their
// text columns only say whether there is a text.
func ownFigures(header []string) bool { return has(header, "wave_", "weight_") == 2 }

// keptMeta is metadata that comes back as it was.
var keptMeta = []string{"_version", "_build", "_mode", "_wave"}

func ownColumns(head [][]string) []Column {
	roles := maps.Clone(tableRoles)
	roles[table.GuardColumn], roles["wave_"], roles["weight_"] = Technical, Technical, Technical
	for name, role := range tableRoles {
		if strings.HasPrefix(name, "_") {
			roles["meta"+name] = role
		}
	}
	out := headed(head[:1], roles)
	for i := range out {
		c := &out[i]
		if c.Role == Answer {
			c.Code = c.Title
		}
		if c.Title == "wave_" {
			c.Kept = "_wave"
		}
		if name := strings.TrimPrefix(c.Title, "meta"); c.Role == Technical && slices.Contains(keptMeta, name) {
			c.Kept = name
		}
	}
	return out
}

// bits is a multiple choice as Triple-S writes it: a sign 0 or 1 an option.
func (a *answers) bits(cell string) ([]meaning, bool) {
	if len(cell) < 2 || len(cell) != len(a.order) || strings.Trim(cell, "01") != "" {
		return nil, false
	}
	var out []meaning
	for i, code := range a.order {
		if cell[i] == '1' {
			out = append(out, a.answer(code, isKnown))
		}
	}
	return out, true
}
