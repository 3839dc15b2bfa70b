package survey

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/table"
)

var waveKeys = []key[Wave]{
	{"id", "name of the wave", pattern(func(w *Wave) *string { return &w.ID }, "2026 or 2026-spring", regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$`)), required},
	{"label", "what reports call it", text(func(w *Wave) *Text { return &w.Label }), optional},
	{"period", "first and last day, like 2026-01-01..2026-12-31", special("period", readPeriod), optional},
	{"files", "its files, from the folder of the survey", items(func(w *Wave) *[]string { return &w.Files }, shape{kind: "path"}, (*reader).inside), optional},
	{"encoding", "encoding of the files, where it cannot be guessed", word(func(w *Wave) *string { return &w.Encoding }, encodings...), optional},
	{"columns", "file column -> column of the survey", formed(mapOf(plainShape("string")), readColumns), optional},
	{"codes", "column -> code of the file -> code of the scale or missing", formed(mapOf(mapOf(either(plainShape("code"), keyed(recodeKeys)))), readCodes), optional},
	{"invited", "how many were asked in this wave", whole(func(w *Wave) *int { return &w.Invited }, 1, mostPeople), optional},
	{"changed", "questions asked in other words than in the wave before", items(func(w *Wave) *[]string { return &w.Changed }, plainShape("column"), changed), optional},
}

// encodings are the names that an author may write.
var encodings = []string{
	"utf-8", "utf-16", "utf-16le", "utf-16be", "gb18030", "gbk", "gb2312", "big5", "shift_jis", "euc-jp", "euc-kr", "cp949",
	"windows-1250", "windows-1251", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15",
}

// metadata are the columns of a response that are not answers.
var metadata = []string{"_id", "_survey", "_version", "_build", "_wave", "_lang", "_mode", "_started", "_submitted", "_token", "_order"}

// changed reads a question whose trend breaks at a wave.
func changed(r *reader, n *yaml.Node) (string, bool) {
	s, ok := r.str(n)
	if ok {
		r.reference(n, diag.Say("question"), nil)
	}
	return s, ok
}

func readWaves(r *reader, n *yaml.Node, s *Survey) {
	var ids, files places
	periods := map[string]*yaml.Node{}
	for e := range r.list(n) {
		w := Wave{At: r.place(e)}
		have := mapping(r, e, diag.Say("a wave"), waveKeys, &w)
		if have == nil {
			continue
		}
		ids.unique(r, have["id"].value, diag.Say("wave"))
		if list := have["files"].value; list != nil && list.Kind == yaml.SequenceNode {
			for _, f := range list.Content {
				files.claim(r, f)
			}
		}
		if w.From != "" {
			r.overlap(w, have["period"].value, s.Waves, periods)
			periods[w.ID] = have["period"].value
		}
		s.Waves = append(s.Waves, w)
	}
}

// claim reports a file that another wave has.
func (p *places) claim(r *reader, n *yaml.Node) {
	if first, ok := (*p)[n.Value]; ok {
		r.twice(n, r.place(first), "claimed-twice", diag.Say("a file belongs to one wave: delete it from the other"), diag.Say("file %q is claimed twice, %s", shorten(n.Value), onLines(first.Line, n.Line)))
		return
	}
	if *p == nil {
		*p = places{}
	}
	(*p)[n.Value] = n
}

// overlap warns of days that belong to two waves.
func (r *reader) overlap(w Wave, n *yaml.Node, earlier []Wave, periods map[string]*yaml.Node) {
	for _, b := range earlier {
		if b.From == "" || w.From > b.To || b.From > w.To || periods[b.ID] == nil {
			continue
		}
		r.report(diag.Problem{
			Severity: diag.Warning, Code: "overlapping-periods", Place: r.place(n), Others: before(r.place(periods[b.ID])),
			Summary: diag.Say("the periods of waves %q and %q overlap", b.ID, w.ID), Cure: diag.Say("the first of them gets the responses of these days"),
		})
	}
}

func readPeriod(r *reader, n *yaml.Node, w *Wave) {
	from, to, ok := strings.Cut(n.Value, "..")
	if n.Kind != yaml.ScalarNode || !ok {
		r.fail(n, "wrong-date", diag.Say("write it like 2026-01-01..2026-12-31"), diag.Say("%s is not a period", kindOf(n)))
		return
	}
	from, okFrom := r.date(n, from)
	to, okTo := r.date(n, to)
	if !okFrom || !okTo {
		return
	}
	if from > to {
		r.fail(n, "wrong-date", diag.Say("write the earlier day first"), diag.Say("the period ends before it starts"))
		return
	}
	w.From, w.To = from, to
}

func readColumns(r *reader, n *yaml.Node, w *Wave) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write one line a column, like Q7: osat"), diag.Say("columns must be file columns with ids, not %s", kindOf(n)))
		return
	}
	w.Columns = map[string]string{}
	targets := places{}
	for p := range pairs(r, n) {
		if isNull(p.value) {
			r.fail(p.key, "empty-value", diag.Say("name the column of the survey"), diag.Say("file column %q has no target", shorten(p.key.Value)))
			continue
		}
		target, ok := r.str(p.value)
		if !ok {
			continue
		}
		if first, again := targets[target]; again {
			r.report(diag.Problem{
				Severity: diag.Warning, Code: "same-target", Place: r.place(p.value), Others: before(r.place(first)),
				Summary: diag.Say("two file columns stand for %q", target), Cure: diag.Say("right only if they never are in one file"),
			})
		}
		targets[target] = p.value
		w.Columns[p.key.Value] = target
		r.def.check(func() { r.judgeTarget(p.value, target) })
	}
}

// judgeTarget checks that a file column may stand for target.
func (r *reader) judgeTarget(n *yaml.Node, target string) {
	s := r.def.survey
	if slices.Contains(metadata, target) || target != "" && (target == s.Weight || target == s.Sample.Panel) || s.Accounts.names(target) {
		return
	}
	if strings.HasPrefix(target, "_") {
		r.fail(n, "unknown-name", didYouMean(target, metadata), diag.Say("unknown metadata column %q", shorten(target)))
		return
	}
	for _, d := range s.Derived {
		if d.foreign && d.From == target {
			return
		}
	}
	if slices.ContainsFunc(s.Equivalent, func(e Equivalent) bool { return e.Old == target }) {
		return
	}
	switch c := r.def.column(target); {
	case c == nil || c.role == silent:
		r.fail(n, "unknown-name", didYouMean(target, slices.Concat(r.def.names(), metadata)), diag.Say("%q is not a column of this survey", shorten(target)))
	case c.role == calculated || c.role == derived:
		r.breaks(n, c.at, "wrong-target", diag.Say("it is computed; delete the line"), diag.Say("column %q is not read from files", target))
	case c.role == group && c.question.Type != MultipleChoice && c.id == c.question.ID:
		r.breaks(n, c.at, "wrong-target", diag.Say("name one of its rows, such as %s_…", target), diag.Say("%q is more than one column", target))
	}
}

// recodeKeys are the keys of one code of a file.
var recodeKeys = []key[table.Recode]{
	{"code", "code of the scale", special("code", func(r *reader, n *yaml.Node, c *table.Recode) { c.Code, _ = code(r, n) }), optional},
	{"missing", "why the code is no answer", formed(oneWord(reasonWords()...), func(r *reader, n *yaml.Node, c *table.Recode) { c.Missing, _ = r.missing(n) }), optional},
}

func readCodes(r *reader, n *yaml.Node, w *Wave) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say(`write one line a column, like osat: {"9": {missing: skipped}}`), diag.Say("codes must be columns with codes, not %s", kindOf(n)))
		return
	}
	w.Codes = map[string]map[string]table.Recode{}
	for p := range pairs(r, n) {
		if p.value.Kind != yaml.MappingNode {
			r.fail(p.value, "wrong-type", diag.Say(`write {"9": {missing: skipped}, A: 1}`), diag.Say("codes of a column must be codes with meanings, not %s", kindOf(p.value)))
			continue
		}
		recodes := map[string]table.Recode{}
		for c := range pairs(r, p.value) {
			if v, ok := r.recode(c); ok {
				recodes[c.key.Value] = v
			}
		}
		r.def.check(func() { r.placeCodes(p, recodes, w.Codes) })
	}
}

func (r *reader) recode(c pair) (table.Recode, bool) {
	var v table.Recode
	if c.value.Kind != yaml.MappingNode {
		s, ok := code(r, c.value)
		return table.Recode{Code: s}, ok
	}
	have := mapping(r, c.value, diag.Say("a code"), recodeKeys, &v)
	if have == nil {
		return v, false
	}
	if (have["code"].key == nil) == (have["missing"].key == nil) {
		r.fail(c.key, "two-ways", diag.Say("write a code of the scale, or {missing: skipped}"), diag.Say("the meaning of code %q must be either a code or missing", shorten(c.key.Value)))
		return v, false
	}
	return v, v.Code != "" || v.Missing != table.Answered
}

// placeCodes checks the recodes of one column and enters them for each column they mean.
func (r *reader) placeCodes(p pair, recodes map[string]table.Recode, into map[string]map[string]table.Recode) {
	c := r.def.column(p.key.Value)
	if c == nil || c.role == silent || c.role == calculated || c.role == derived {
		r.fail(p.key, "unknown-name", didYouMean(p.key.Value, r.def.names()), diag.Say("codes of unknown column %q", shorten(p.key.Value)))
		return
	}
	known := c.codes()
	for m := range slices.Chunk(p.value.Content, 2) {
		v, ok := recodes[m[0].Value]
		if ok && v.Code != "" && !slices.Contains(known, v.Code) {
			at := m[1]
			r.breaks(at, c.at, "unknown-code", didYouMean(v.Code, known), diag.Say("column %q has no code %q", c.id, v.Code))
		}
	}
	for _, id := range c.columns(r.def) {
		into[id] = recodes
	}
}

// codes are the codes a cell of c may hold, missing ones included.
func (c *column) codes() []string {
	switch {
	case c.role == tick || c.role == group && (c.question.Type == MultipleChoice || c.question.Type == MatrixMultiple):
		return []string{"0", "1"}
	case c.scale != nil:
		var out []string
		for _, o := range c.scale.Options {
			out = append(out, o.Code)
		}
		return out
	}
	return sorted(c.labels)
}

// columns are the data columns that the name of c means.
func (c *column) columns(d *definition) []string {
	if c.role != group {
		return []string{c.id}
	}
	var out []string
	for _, o := range d.order {
		if o.question == c.question && o.role != writeIn && o.role != group && strings.HasPrefix(o.id, c.id+"_") {
			out = append(out, o.id)
		}
	}
	return out
}
