package site

import (
	"cmp"
	"encoding/json"
	"slices"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/page"
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
	key := b.key(in)
	if old := b.old.Surveys[id]; old != nil && old.Key == key && b.present(old.Outputs) {
		for _, n := range old.Notes {
			problems.Add(n.problem())
		}
		return &built{id: id, entry: old}, nil
	}
	s := survey.Parse(b.files, "surveys/"+id, b.site, problems)
	if s == nil || problems.Has(diag.Error) {
		return &built{id: id}, nil
	}
	return b.render(s, in, key, problems)
}

// render measures a survey and writes all its pages.
func (b *builder) render(s *survey.Survey, in *inputs, key string, problems *diag.List) (*built, error) {
	for _, lang := range s.Languages {
		if b.locales[lang] == nil {
			problems.Add(diag.Problem{Severity: diag.Error, Code: "no-locale", Place: diag.Place{File: s.File}, Summary: "there are no words for language \"" + lang + "\"", Cure: "add it to languages in manyi.yaml and its words to templates/locales/" + lang + ".yaml"})
			return &built{id: s.ID}, nil
		}
	}
	out := &built{id: s.ID, entry: &remembered{Key: key, Outputs: map[string]string{}}}
	if b.options.Only != "reports" {
		body, err := b.surveyPage(s)
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
	for _, f := range out.files {
		out.entry.Outputs[f.Path] = hashOf(f.Body)
	}
	for _, p := range problems.Problems() {
		out.entry.Notes = append(out.entry.Notes, noteOf(p))
	}
	return out, nil
}

func (b *builder) summary(s *survey.Survey) summary {
	sum := summary{Title: map[string]string{}, Message: map[string]string{}, Version: s.Version, Languages: s.Languages}
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
	view := page.Survey{Survey: s, Site: b.site.Title}
	for _, lang := range s.Languages {
		view.Locales = append(view.Locales, b.locales[lang])
	}
	return b.theme.Survey(view)
}

// report reads the answers, measures them and writes the report's files.
func (b *builder) report(s *survey.Survey, in *inputs, out *built, problems *diag.List) error {
	answers, err := table.Read(s.Schema(), b.sources(s, in, problems), b.readOptions(s), problems)
	if err != nil || problems.Has(diag.Error) {
		return err
	}
	b.tellSkipped(in, problems)
	results := measure.Compute(s, answers, measure.Options{MinCell: cmp.Or(max(s.Report.MinCell, b.site.MinCell), 5), AsOf: b.asOf(s, answers)})
	for name, hash := range in.hashes {
		results.Inputs[name] = "sha256:" + hash
	}
	body, err := json.Marshal(results)
	if err != nil {
		return err
	}
	out.files = append(out.files, output{"reports/" + s.ID + "/results.json", append(body, '\n')})
	out.entry.Summary.Responses = results.Count.Counted
	return b.reportPages(s, in, results, answers, out, problems)
}

// readOptions say how rows become waves.
func (b *builder) readOptions(s *survey.Survey) table.Options {
	opt := table.Options{Weight: s.Weight, WeightRule: s.WeightAt, Partials: s.Report.Partials}
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
func (b *builder) asOf(s *survey.Survey, answers *table.Answers) string {
	latest := ""
	for _, w := range answers.Waves {
		day := w.Last
		if i := slices.IndexFunc(s.Waves, func(d survey.Wave) bool { return d.ID == w.ID }); day == "" && i >= 0 {
			day = s.Waves[i].To
		}
		latest = max(latest, day)
	}
	return cmp.Or(b.site.AsOf, b.options.Today, latest)
}

// tellSkipped names the files of responses that were not read.
func (b *builder) tellSkipped(in *inputs, problems *diag.List) {
	for _, name := range in.skipped {
		cure := "responses are read from .csv and .jsonl, each also .gz; other kinds are not built yet"
		if readable(name) {
			cure = "links and special files are not followed: put the file itself there"
		}
		problems.Add(diag.Problem{Severity: diag.Warning, Code: "file-not-read", Place: diag.Place{File: name}, Summary: "file was not read", Cure: cure})
	}
}
