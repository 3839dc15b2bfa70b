package site

import (
	"maps"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/git"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/internal/version"
)

// Named is a state of the questionnaire that answers name.
type Named struct {
	version.Edition
	N          int                 // answers
	Definition *version.Definition // nil where none is found
	Changes    []version.Change    // from there to the present
}

// Versions are the states of the questionnaire that the answers of a survey
// name, oldest first, with the definition of each where there is one: in the
// history of the repository, else in the survey's folder versions/. known is how
// many definitions there are, 0 where there is no such survey.
func Versions(dir, id string, opt Options, problems *diag.List) (named []Named, known int, err error) {
	b, err := open(dir, opt, problems)
	if err != nil || b == nil {
		return nil, 0, err
	}
	defer b.close()
	if !slices.Contains(b.ids, id) {
		return nil, 0, nil
	}
	in, err := b.inputs(id)
	if err != nil {
		return nil, 0, err
	}
	s := survey.Parse(b.files, "surveys/"+id, b.site, problems)
	if s == nil || problems.Has(diag.Error) {
		return nil, 1, nil
	}
	answers, err := table.Read(s.Schema(), b.sources(s, in, problems), b.readOptions(s, problems), problems)
	if err != nil || problems.Has(diag.Error) {
		return nil, 1, err
	}
	counts := map[version.Edition]int{}
	for _, w := range answers.Waves {
		for e, n := range editions(w) {
			counts[e] += n
		}
	}
	delete(counts, version.Edition{})
	editions := slices.SortedFunc(maps.Keys(counts), version.Edition.Compare)
	definitions := version.Definitions(b.files, b.repository(), id, editions)
	for _, e := range editions {
		n := Named{Edition: e, N: counts[e], Definition: version.ForAnswers(definitions, e)}
		if n.Definition != nil {
			n.Changes = version.Compare(n.Definition.Survey, s)
		}
		named = append(named, n)
	}
	if slices.ContainsFunc(named, func(n Named) bool { return n.Definition == nil }) {
		version.Unread(b.files, id, problems)
	}
	return named, len(definitions), nil
}

// editions counts the answers of a wave by the state of the questionnaire that they name.
func editions(w *table.Wave) map[version.Edition]int {
	out := map[version.Edition]int{}
	for _, c := range w.Field {
		out[version.Edition{Version: c.Version, Build: c.Build}] += c.N
	}
	return out
}

// repository is what the git command knows of the workspace, nil where there is
// no repository or no such command.
func (b *builder) repository() *git.Folder {
	folder, err := git.Open(b.dir)
	if err != nil {
		return nil
	}
	return folder
}

// lookBack fills s.Past with what the definitions that answers name show to have
// changed. Nothing is looked up where all answers are to the present one.
func (b *builder) lookBack(s *survey.Survey, answers *table.Answers, problems *diag.List) {
	var waves []version.Asked
	present := true
	for _, w := range answers.Waves {
		asked := version.Asked{Wave: w.ID, Editions: slices.SortedFunc(maps.Keys(editions(w)), version.Edition.Compare)}
		present = present && !slices.ContainsFunc(asked.Editions, func(e version.Edition) bool { return !e.Of(s) })
		waves = append(waves, asked)
	}
	if present {
		return
	}
	var wanted []version.Edition
	for _, w := range waves {
		wanted = append(wanted, slices.DeleteFunc(slices.Clone(w.Editions), func(e version.Edition) bool { return e == version.Edition{} })...)
	}
	found := version.Look(s, waves, version.Definitions(b.files, b.repository(), s.ID, wanted))
	s.Past = found.Events
	if len(found.Lost) > 0 {
		version.Unread(b.files, s.ID, problems)
	}
	for _, e := range found.Lost {
		problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "unknown-version", Place: diag.Place{File: s.File},
			Summary: diag.Say("answers name %s of the questionnaire, which is not found: what changed since is not known", e.Phrase()),
			Cure:    diag.Say("put the survey.yaml of that time into surveys/%s/versions/, or build where the whole history of the repository is", s.ID),
		})
	}
	mixed := map[string][]string{}
	for _, m := range found.Mixed {
		mixed[m.Wave] = append(mixed[m.Wave], m.Item)
	}
	for _, wave := range slices.Sorted(maps.Keys(mixed)) {
		problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "mixed-versions", Place: diag.Place{File: s.File},
			Summary: diag.Say("wave %q has answers to versions of the questionnaire between which %s became another measure", wave, strings.Join(mixed[wave], ", ")),
			Cure:    diag.Say("give each version a wave of its own, or say in history that they are the same"),
		})
	}
}
