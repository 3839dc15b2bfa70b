package site

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/page"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// built is one survey of this run.
type built struct {
	id    string
	entry *remembered
	files []output // nil where nothing changed
}

func (x *built) skipped() bool { return x == nil || x.files == nil }

// output is one file below site/.
type output struct {
	Path string
	Body []byte
}

// survey builds one survey, or finds that nothing changed.
func (b *builder) survey(id string, problems *diag.List) (*built, error) {
	in, err := b.inputs(id)
	if err != nil {
		return nil, err
	}
	if old := b.old.Surveys[id]; old != nil {
		if err := b.addForm(in, old.Form); err != nil {
			return nil, err
		}
	}
	key := b.key(in)
	if old := b.old.Surveys[id]; old != nil && old.Key == key && b.present(old) {
		problems.Merge(&old.Notes)
		return &built{id: id, entry: old}, nil
	}
	s := survey.Parse(b.files, "surveys/"+id, b.site, problems)
	if s == nil || problems.Has(diag.Error) {
		return &built{id: id}, nil
	}
	if b.tellProof(s, problems); problems.Has(diag.Error) {
		return &built{id: id}, nil
	}
	if form := formOf(s); form != in.form { // another than at the last build
		if in, err = b.inputs(id); err == nil {
			err = b.addForm(in, form)
		}
		if err != nil {
			return nil, err
		}
		key = b.key(in)
	}
	return b.render(s, in, key, problems)
}

// render measures a survey and writes all its pages.
func (b *builder) render(s *survey.Survey, in *inputs, key string, problems *diag.List) (*built, error) {
	if err := b.ready(); err != nil {
		return nil, err
	}
	for _, lang := range s.Languages {
		if b.locales[lang] == nil {
			problems.Add(diag.Problem{Severity: diag.Error, Code: "no-locale", Place: diag.Place{File: s.File}, Summary: diag.Say("there are no words for language %q", lang), Cure: diag.Say("add it to languages in manyi.yaml and its words to templates/locales/%s.yaml", lang)})
			return &built{id: s.ID}, nil
		}
	}
	out := &built{id: s.ID, entry: &remembered{Key: key, Form: formOf(s)}}
	if b.options.Only != "reports" {
		body, err := b.surveyPage(s)
		if u, ok := errors.AsType[*unreadable](err); ok {
			problems.Add(u.problem())
			return &built{id: s.ID}, nil
		}
		if err != nil {
			return nil, err
		}
		out.files = append(out.files, output{"surveys/" + s.ID + "/index.html", body})
	}
	out.entry.Summary = b.summary(s)
	if b.options.Only != "surveys" {
		if err := b.report(s, in, out, problems); err != nil {
			return nil, err
		}
	}
	out.files = b.wanted(out.files)
	for _, f := range out.files {
		out.entry.outputs()[f.Path] = outputHash(f.Body)
	}
	out.entry.Notes.Merge(problems)
	return out, nil
}

func (b *builder) summary(s *survey.Survey) summary {
	sum := summary{Title: map[string]string{}, Message: map[string]string{}, Version: s.Version, Languages: s.Languages, Form: s.Kind == survey.ComplaintKind, Embed: s.Collect.Embed}
	for _, lang := range b.site.Languages {
		sum.Title[lang] = s.Title.In(lang, s.Languages...)
	}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			if q.Type != survey.Note {
				sum.Questions++
			}
		}
	}
	return sum
}

func (b *builder) surveyPage(s *survey.Survey) ([]byte, error) {
	view := page.Survey{Survey: s, Site: b.site.Title, Zone: b.site.Timezone, Logo: b.site.Theme.Logo, Images: map[string][]byte{}}
	for _, lang := range s.Languages {
		view.Locales = append(view.Locales, b.locales[lang])
	}
	if b.site.BaseURL != "" {
		view.Address = strings.TrimSuffix(b.site.BaseURL, "/") + "/surveys/" + s.ID + "/"
	}
	if body, err := fs.ReadFile(b.files, view.Logo); err == nil {
		view.Images[view.Logo] = body
	} else {
		view.Logo = "" // there is none, or it was told that it cannot be read
	}
	for _, name := range s.Pictures() {
		body, err := fs.ReadFile(b.files, name)
		if err != nil {
			return nil, &unreadable{name, err}
		}
		view.Images[name] = body
	}
	return b.theme.Survey(view)
}

// unreadable is a picture that is there but cannot be read.
type unreadable struct {
	name  string
	cause error
}

func (u *unreadable) Error() string { return "read the picture " + u.name + ": " + u.cause.Error() }

func (u *unreadable) problem() diag.Problem {
	return diag.Problem{
		Severity: diag.Error, Code: "missing-file", Place: diag.Place{File: u.name}, Summary: diag.Say("the picture cannot be read"),
		Cure: diag.Say("the system does not let it be read: check its rights"),
	}
}

// report reads the answers, measures them and writes the report's files.
func (b *builder) report(s *survey.Survey, in *inputs, out *built, problems *diag.List) error {
	codes, err := b.topicCodes(s, in, problems)
	if err != nil {
		return err
	}
	reading := b.readOptions(s, problems)
	if codes != nil {
		reading.Named = codes.Number
	}
	answers, err := table.Read(s.Schema(), b.sources(s, in, problems), reading, problems)
	if err != nil || problems.Has(diag.Error) {
		return err
	}
	codes.TellUnmatched(path.Dir(s.File)+"/"+survey.TopicCodesName, answers, problems)
	ledgers, err := b.ledgers(s, in, problems)
	if err != nil {
		return err
	}
	b.tellSkipped(in, problems)
	forgetCalculated(s, answers)
	tellColumns(s, answers, problems)
	tellDuplicates(s, answers, problems)
	tellTurned(s, answers, problems)
	tellSimulated(s, answers, problems)
	tellSealed(s, answers, problems)
	tellModels(s, answers, problems)
	b.lookBack(s, answers, problems)
	b.tellPages(in, problems)
	if problems.Has(diag.Error) {
		return nil
	}
	opt := measure.Options{MinCell: cmp.Or(max(s.Report.MinCell, b.site.MinCell), 5), AsOf: b.asOf(s, answers, ledgers), Ledgers: ledgers, Coding: measure.Coding{Codes: codes, MinText: b.site.MinCellText}, Problems: problems}
	results := measure.Compute(s, answers, opt)
	if problems.Has(diag.Error) {
		return nil
	}
	found := service.Analyse(service.Input{Survey: s, Ledgers: ledgers, Results: results, Zone: b.zone(), Problems: problems})
	if found != nil {
		results.Service = found
	}
	if b.options.measured != nil {
		b.options.measured(s, results, found)
	}
	for name, hash := range in.hashes {
		results.Inputs[name] = "sha256:" + hash
	}
	body, err := json.Marshal(results)
	if err != nil {
		return err
	}
	out.files = append(out.files, output{"reports/" + s.ID + "/results.json", append(body, '\n')})
	out.entry.Summary.Responses, out.entry.Summary.Waves, out.entry.Summary.Last = results.Count.Counted, len(results.Waves), lastAnswer(s, answers)
	if err := b.reportPages(s, in, results, found, answers, out, problems); err != nil {
		return err
	}
	return b.audiences(s, in, answers, ledgers, opt, results, out, problems)
}

// readOptions say how rows become waves.
func (b *builder) readOptions(s *survey.Survey, problems *diag.List) table.Options {
	opt := table.Options{
		Keys: b.options.Keys, Weight: s.Weight, WeightRule: s.WeightAt, Partials: s.Report.Partials, Days: s.UsesToday(), Panel: s.Sample.Panel,
		Field: true, Questions: s.PageFields(), Zone: b.zone(),
	}
	b.admission(s, &opt, problems)
	periods := false
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
		periods = periods || w.From != ""
	}
	if periods {
		opt.WaveOf = s.WaveOf(b.site.Timezone)
	}
	return opt
}

// asOf is "today" of the report: what manyi.yaml says, else the day of
// SOURCE_DATE_EPOCH, else the latest day of the data (DESIGN 3).
func (b *builder) asOf(s *survey.Survey, answers *table.Answers, ledgers *ledger.Ledgers) string {
	return cmp.Or(b.site.AsOf, b.options.Today, max(ledgers.Latest(), lastAnswer(s, answers)))
}

// lastAnswer is the latest day of the answers; of a wave whose answers have no
// days it is the end of its period.
func lastAnswer(s *survey.Survey, answers *table.Answers) string {
	latest := ""
	for _, w := range answers.Waves {
		day := w.Last
		if i := slices.IndexFunc(s.Waves, func(d survey.Wave) bool { return d.ID == w.ID }); day == "" && i >= 0 {
			day = s.Waves[i].To
		}
		latest = max(latest, day)
	}
	return latest
}

// mostSkipped is how many files of a survey that were not read are named one by one.
const mostSkipped = 20

// tellSkipped names the files of responses and pages that were not read.
func (b *builder) tellSkipped(in *inputs, problems *diag.List) {
	for i, name := range in.skipped {
		cure := diag.Say("responses are read from .csv, .tsv, .jsonl and .yaml, each also .gz, and from .xlsx; save other files as one of these")
		switch {
		case i == mostSkipped:
			problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "files-not-read", Place: diag.Place{File: path.Dir(in.definition)},
				Summary: diag.Say("%d more files were not read", len(in.skipped)-mostSkipped), Cure: diag.Say("keep only responses and ledgers there"),
			})
			return
		case slices.Contains(in.locked, name):
			cure = diag.Say("the system does not let it be read: check its rights")
		case !isPlainName(name):
			cure = diag.Say("its name is no UTF-8 or has control characters: rename it")
		case strings.Contains(name, "/ledger/") && !table.Readable(name):
			cure = diag.Say("ledgers are read from .csv, .tsv, .jsonl and .yaml, each also .gz, and from .xlsx; save other files as one of these")
		case table.Readable(name) || strings.HasSuffix(name, ".md"):
			cure = diag.Say("links and special files are not followed: put the file itself there")
		}
		problems.Add(notRead(name, cure))
	}
}

func notRead(name string, cure diag.Phrase) diag.Problem {
	return diag.Problem{Severity: diag.Warning, Code: "file-not-read", Place: diag.Place{File: listed(name)}, Summary: diag.Say("file was not read"), Cure: cure}
}
