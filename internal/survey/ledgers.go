package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/ledger"
)

// ledgerDraft is the mapping of one ledger as it is written.
type ledgerDraft struct {
	ledger.Mapping
	name string
}

var ledgerKeys = []key[ledgerDraft]{
	{"files", "its files, from the folder of the survey", items(func(l *ledgerDraft) *[]string { return &l.Files }, shape{kind: "path"}, (*reader).inside), optional},
	{"encoding", "encoding of the files", word(func(l *ledgerDraft) *string { return &l.Encoding }, encodings...), optional},
	{"dates", "form of its dates, like DD.MM.YYYY", special("string", readDateForm), optional},
	{"from", "id of the complaint form whose answers are records as well", special("id", readFrom), optional},
	{"set", "column -> what a record has that says nothing of it", formed(mapOf(plainShape("code")), readLedgerSet), optional},
	{"columns", "file column -> column of the ledger", formed(mapOf(plainShape("string")), readLedgerColumns), optional},
	{"codes", "column -> code of the file -> code", formed(mapOf(mapOf(plainShape("code"))), readLedgerCodes), optional},
}

func readLedgers(r *reader, n *yaml.Node, s *Survey) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write complaints: {columns: {…}}"), diag.Say("ledgers must be names with mappings, not %s", kindOf(n)))
		return
	}
	s.Ledgers = map[string]ledger.Mapping{}
	files := places{}
	for p := range pairs(r, n) {
		name := p.key.Value
		if !slices.Contains(ledger.Names(), name) {
			r.fail(p.key, "unknown-name", didYouMean(name, ledger.Names()), diag.Say("unknown ledger %q", shorten(name)))
			continue
		}
		d := ledgerDraft{name: name}
		d.At = r.place(p.key)
		have := mapping(r, p.value, diag.Say("a ledger"), ledgerKeys, &d)
		if list := have["files"].value; list != nil && list.Kind == yaml.SequenceNode {
			for _, f := range list.Content {
				if first := files[f.Value]; first != nil {
					r.twice(f, r.place(first), "claimed-twice", diag.Say("a file belongs to one ledger: delete it from the other"), diag.Say("file %q is claimed twice, %s", shorten(f.Value), onLines(first.Line, f.Line)))
				}
				files[f.Value] = f
			}
		}
		s.Ledgers[name] = d.Mapping
	}
}

func readDateForm(r *reader, n *yaml.Node, l *ledgerDraft) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	if !ledger.IsDateForm(s) {
		r.fail(n, "wrong-date", diag.Say("write it with YYYY, MM and DD, like DD.MM.YYYY or YYYY/M/D HH:mm"), diag.Say("%q is not a form of dates", shorten(s)))
		return
	}
	l.Dates = s
}

func readLedgerColumns(r *reader, n *yaml.Node, l *ledgerDraft) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write one line a column, like Received: received"), diag.Say("columns must be file columns with names, not %s", kindOf(n)))
		return
	}
	l.Columns = map[string]string{}
	name, targets := l.name, places{}
	for p := range pairs(r, n) {
		target, ok := r.str(p.value)
		if !ok {
			continue
		}
		if first := targets[target]; first != nil {
			r.twice(p.value, r.place(first), "same-target", diag.Say("delete one of them"), diag.Say("two file columns stand for %q", target))
		}
		targets[target] = p.value
		l.Columns[p.key.Value] = target
		r.def.check(func() { r.judgeLedgerColumn(p.value, name) })
	}
}

// judgeLedgerColumn checks that n names a column of a ledger, or one that an analysis reads.
func (r *reader) judgeLedgerColumn(n *yaml.Node, name string) {
	known := slices.Concat(ledger.ColumnNames(name), r.def.survey.LedgerColumns()[name])
	if !slices.Contains(known, n.Value) {
		r.fail(n, "unknown-name", didYouMean(n.Value, known), diag.Say("ledger %q has no column %q", name, shorten(n.Value)))
	}
}

func readLedgerCodes(r *reader, n *yaml.Node, l *ledgerDraft) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write one line a column, like kind: {商品: goods}"), diag.Say("codes must be columns with codes, not %s", kindOf(n)))
		return
	}
	l.Codes = map[string]map[string]string{}
	name := l.name
	for p := range pairs(r, n) {
		if p.value.Kind != yaml.MappingNode {
			r.fail(p.value, "wrong-type", diag.Say("write {商品: goods, 服务: service}"), diag.Say("codes of a column must be codes with meanings, not %s", kindOf(p.value)))
			continue
		}
		codes := map[string]string{}
		for c := range pairs(r, p.value) {
			if c.value.Kind != yaml.ScalarNode {
				r.fail(c.value, "wrong-type", diag.Say("write one code, or \"\" for no value"), diag.Say("one value is wanted here, not %s", kindOf(c.value)))
				continue
			}
			codes[c.key.Value] = c.value.Value
			if isNull(c.value) {
				codes[c.key.Value] = ""
			}
		}
		l.Codes[p.key.Value] = codes
		r.def.check(func() { r.judgeLedgerColumn(p.key, name) })
	}
}

// readFrom reads the id of a complaint form; whether there is one, the site knows.
func readFrom(r *reader, n *yaml.Node, l *ledgerDraft) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	if !surveyPattern.MatchString(s) {
		r.fail(n, "wrong-id", diag.Say("write the name of its folder, like complaint"), diag.Say("%q is not the id of a survey", shorten(s)))
		return
	}
	if l.name != complaintsLedger {
		r.fail(n, "wrong-value", diag.Say("delete it, or move it to complaints"), diag.Say("only the ledger complaints takes the answers of a form"))
		return
	}
	l.From, l.FromAt = s, r.place(n)
}

func readLedgerSet(r *reader, n *yaml.Node, l *ledgerDraft) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write set: {kind: goods}"), diag.Say("set must be columns with values, not %s", kindOf(n)))
		return
	}
	l.Set = map[string]string{}
	name := l.name
	for p := range pairs(r, n) {
		if s, ok := r.str(p.value); ok {
			l.Set[p.key.Value] = s
		}
		r.def.check(func() { r.judgeLedgerColumn(p.key, name) })
	}
}
