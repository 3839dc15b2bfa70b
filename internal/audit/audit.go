// Package audit reads the published files of a report as a curious reader would
// and names every figure of fewer people than the threshold that they show or
// that follows from them.
//
// Its scope: the sizes of groups of every segment and wave, of every question
// and analysis in them; answers by code in groups, against the whole and against
// crosstabs of the same questions; how every analysis divides the groups into
// classes (Kano, gap, zone of tolerance, loyalty, penalty and reward, best and
// worst, brands, reasons for no answer), by counts or unweighted shares; groups of which one segment is a recoding of
// another; cells of two segments at once against the groups of both; the base
// of every row of every figure's data and of every table of the pages. It knows nothing of the
// raw answers.
//
// Counts of the firm's own records are not counts of respondents: they pass.
//
// Beyond it: three segments or more laid over each other, what a reader knows
// from elsewhere, and how many of a shown group gave an answer as far as its
// mean, spread and shares of best and worst answers tell.
package audit

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
)

// Finding is one figure that should not be had. File is relative to the folder
// that was read; Where says which figure.
type Finding struct {
	File  string
	Where string
	What  diag.Phrase
}

// Recoding says that the groups of one segment are made of those of another:
// From is the finer segment, Of names the codes of each coarser group.
type Recoding struct {
	Segment, From string
	Of            map[string][]string
}

// Options are what the definition of the survey tells anybody.
type Options struct {
	Recodings []Recoding
	Bases     []string // what heads of columns and rows of counts of people are called on the pages, nil: n alone
	Before    fs.FS    // an earlier edition of the same report, nil without
}

// Report audits one report below a folder: its results.json and its data.
func Report(files fs.FS, opt Options) ([]Finding, error) {
	r, err := read(files)
	if err != nil {
		return nil, err
	}
	a := &auditor{k: r.number("min_cell"), recodings: opt.Recodings, bases: append([]string{"n"}, opt.Bases...)}
	a.file = "results.json"
	a.block(r, "")
	a.pairs(r, "")
	for _, wave := range r.of("by_wave").keys() {
		a.block(r.of("by_wave").of(wave), wave+" · ")
		a.pairs(r.of("by_wave").of(wave), wave+" · ")
	}
	if opt.Before != nil {
		old, err := read(opt.Before)
		if err != nil {
			return nil, fmt.Errorf("the earlier edition: %w", err)
		}
		a.since(old, r)
	}
	if err := a.tables(files); err != nil {
		return nil, err
	}
	return a.findings, nil
}

func read(files fs.FS) (node, error) {
	body, err := fs.ReadFile(files, "results.json")
	if err != nil {
		return node{}, err
	}
	var r node
	if err := json.Unmarshal(body, &r.value); err != nil {
		return node{}, fmt.Errorf("read results.json: %w", err)
	}
	return r, nil
}

// auditor collects what it finds in one report.
type auditor struct {
	k         float64
	recodings []Recoding
	bases     []string
	file      string
	findings  []Finding
}

func (a *auditor) find(where string, what diag.Phrase) {
	f := Finding{a.file, where, what}
	if !slices.ContainsFunc(a.findings, func(x Finding) bool { return x.File == f.File && x.Where == f.Where }) {
		a.findings = append(a.findings, f)
	}
}

// solve names what a system gives away.
func (a *auditor) solve(s *system) {
	for _, l := range s.leaks(a.k) {
		a.find(l.name, diag.Say("%v people can be had by subtraction; the threshold is %v", l.value, a.k))
	}
}

// small names a shown count below the threshold.
func (a *auditor) small(where string, n float64) {
	if n > 0 && n < a.k {
		a.find(where, diag.Say("%v people are shown; the threshold is %v", n, a.k))
	}
}

// node is a value of results.json; what is not there is an empty one.
type node struct{ value any }

func (n node) of(key string) node {
	m, _ := n.value.(map[string]any)
	return node{m[key]}
}

func (n node) keys() []string {
	m, _ := n.value.(map[string]any)
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (n node) list() []node {
	l, _ := n.value.([]any)
	out := make([]node, len(l))
	for i := range l {
		out[i] = node{l[i]}
	}
	return out
}

func (n node) number(key string) float64 {
	x, _ := n.of(key).value.(float64)
	return x
}

func (n node) text(key string) string {
	x, _ := n.of(key).value.(string)
	return x
}

func (n node) texts(key string) []string {
	var out []string
	for _, x := range n.of(key).list() {
		s, _ := x.value.(string)
		out = append(out, s)
	}
	return out
}

func (n node) there() bool { return n.value != nil }

// hidden reports whether a result says no more than that it is suppressed.
func (n node) hidden() bool {
	s, _ := n.of("suppressed").value.(bool)
	return s
}

// tables reads the data of every figure.
func (a *auditor) tables(files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		var rows [][]string
		switch path.Ext(name) {
		case ".csv":
			if ofRecords.MatchString(path.Base(name)) {
				return nil
			}
			rows, err = csvRows(files, name)
		case ".html":
			return a.page(files, name)
		case ".xlsx":
			return a.workbook(files, name)
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		a.file = name
		a.rows(rows, "")
		return nil
	})
}

// rows looks at the bases of a table with a head.
func (a *auditor) rows(rows [][]string, sheet string) {
	if len(rows) < 2 {
		return
	}
	for _, row := range rows[1:] {
		for i, cell := range row {
			if i > 0 && i < len(rows[0]) && isBase(rows[0][i]) {
				if n, ok := whole(cell); ok {
					a.small(strings.TrimSpace(sheet+" "+row[0])+" · "+rows[0][i], n)
				}
			}
		}
	}
}
