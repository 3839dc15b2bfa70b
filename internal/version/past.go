package version

import (
	"cmp"
	"slices"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// Edition is how answers name a state of a questionnaire.
type Edition struct {
	Version int    // 0 where they do not say
	Build   string // start of the hash of the definition, "" where they do not say
}

// Compare orders editions by version, then by build.
func (e Edition) Compare(f Edition) int {
	return cmp.Or(cmp.Compare(e.Version, f.Version), cmp.Compare(e.Build, f.Build))
}

// Of reports whether the edition is the present state of a survey, or says nothing.
func (e Edition) Of(s *survey.Survey) bool {
	return (e.Build == "" || e.Build == s.Build()) && (e.Version == 0 || e.Version == s.Version)
}

// Phrase is the edition in words.
func (e Edition) Phrase() diag.Phrase {
	switch {
	case e.Build == "":
		return diag.Say("version %d", e.Version)
	case e.Version == 0:
		return diag.Say("state %s", e.Build)
	}
	return diag.Say("version %d (state %s)", e.Version, e.Build)
}

// Asked is the editions that the answers of a wave name.
type Asked struct {
	Wave     string
	Editions []Edition
}

// Past is what earlier definitions of a questionnaire show.
type Past struct {
	Events []survey.Event // changes from wave to wave that touch a series, as if the author had declared them
	Mixed  []Mixture
	Lost   []Edition // named by answers, without a definition
}

// Mixture is a column that was another measure for some answers of one wave.
type Mixture struct {
	Wave, Item string
}

// Look compares, wave by wave, the definition that the answers name with that
// of the wave before, and those within one wave with each other. What the
// author says of a change in history: wins. Changes of analyses are none here,
// since every wave is computed by the present ones.
func Look(s *survey.Survey, waves []Asked, known []Definition) Past {
	p := past{survey: s, known: known}
	var before *Definition
	for _, w := range waves {
		var found []*Definition
		for _, e := range w.Editions {
			d := ForAnswers(known, e)
			switch {
			case e == Edition{}:
			case d == nil:
				if !slices.Contains(p.Lost, e) {
					p.Lost = append(p.Lost, e)
				}
			case !slices.Contains(found, d):
				found = append(found, d)
			}
		}
		if len(found) == 0 {
			continue
		}
		slices.SortFunc(found, p.newestFirst)
		for _, old := range found[1:] {
			p.step(w.Wave, old, found[0], true)
		}
		if before != nil && !slices.Contains(found, before) {
			p.step(w.Wave, before, found[0], false)
		}
		before = found[0]
	}
	return p.Past
}

type past struct {
	Past
	survey *survey.Survey
	known  []Definition // newest first among those of one version
}

func (p *past) newestFirst(a, b *Definition) int {
	place := func(d *Definition) int {
		return slices.IndexFunc(p.known, func(k Definition) bool { return k.Survey == d.Survey })
	}
	return cmp.Or(cmp.Compare(b.Survey.Version, a.Survey.Version), place(a)-place(b))
}

// step notes what changed from one definition to another, first seen in a wave;
// within says that the wave has answers to both.
func (p *past) step(wave string, from, to *Definition, within bool) {
	old, latest := *from.Survey, *to.Survey
	old.History, latest.History = nil, nil
	for _, e := range p.survey.History { // what the author says of this step
		if e.Wave == wave || e.Wave == "" && e.Version > old.Version && e.Version <= latest.Version {
			latest.History = append(latest.History, e)
		}
	}
	changes := Compare(&old, &latest)
	for _, item := range p.survey.Items() {
		for _, x := range ForColumn(changes, &latest, item.ID) {
			if x.Verdict == Same || x.Confirmed && !(x.Verdict == Marked && mechanical(&x)) || x.Kind == Renamed && p.spliced(item.ID) {
				continue
			}
			e := survey.Event{Wave: wave, Item: item.ID, Change: string(x.Kind), Series: x.Verdict.Word(), Source: from.Source}
			if !slices.ContainsFunc(p.Events, func(o survey.Event) bool { return o.Wave == e.Wave && o.Item == e.Item && o.Change == e.Change }) {
				p.Events = append(p.Events, e)
			}
			if m := (Mixture{wave, item.ID}); within && x.Verdict == New && !slices.Contains(p.Mixed, m) {
				p.Mixed = append(p.Mixed, m)
			}
		}
	}
}

// spliced reports whether the author declares that a column goes on under its new name.
func (p *past) spliced(column string) bool {
	return slices.ContainsFunc(p.survey.Equivalent, func(e survey.Equivalent) bool { return e.New == column })
}
