package page

import (
	"cmp"
	"fmt"
	"html/template"
	"io/fs"

	"manyi/internal/diag"
	"manyi/internal/version"
)

// Diff is what two states of questionnaires differ in, as one page.
type Diff struct {
	Lang     string
	Old, New string // what was compared
	Surveys  []DiffSurvey
}

// DiffSurvey is one survey of both; Old or New is "" where it is not there.
type DiffSurvey struct {
	ID, Title, Old, New string
	Changes             []version.Change
}

// diffData is what diff.html sees.
type diffData struct {
	Lang, Title, Lead, Policy, Note string
	Style                           template.CSS
	Surveys                         []diffSurvey
}

type diffSurvey struct {
	ID, Title, From, Message string
	Verdict                  string
	Groups                   []diffGroup
}

// diffGroup are the changes of one verdict, gravest first.
type diffGroup struct {
	Verdict, Name string
	Changes       []diffChange
}

type diffChange struct {
	Item, Part, Kind, Key, Reason, Note string
	Confirmed                           string
	Old, New                            string
	Words                               []version.Words
}

// WriteDiff writes the page; it needs no other file and has no script.
func WriteDiff(theme fs.FS, d Diff) ([]byte, error) {
	css, err := joined(theme, []string{"tokens.css", "diff.css"})
	if err != nil {
		return nil, err
	}
	t, err := template.New("").Funcs(functions).ParseFS(theme, "theme/diff.html")
	if err != nil {
		return nil, fmt.Errorf("read the theme: %w", err)
	}
	style := compact(string(css))
	say := func(p diag.Phrase) string { return p.In(d.Lang) }
	data := diffData{
		Lang: d.Lang, Title: say(diag.Say("What changed in the questionnaires")), Lead: d.Old + " → " + d.New, Style: template.CSS(style),
		Policy: "default-src 'none'; style-src '" + hashed(style) + "'; img-src data:; base-uri 'none'; form-action 'none'",
		Note:   say(diag.Say("Same series: answers before and after can be joined. Marked: they can, and the trend shows the change. New series: they cannot.")),
	}
	for _, s := range d.Surveys {
		data.Surveys = append(data.Surveys, s.view(d.Lang))
	}
	return (&Theme{html: t}).execute("diff.html", 16<<10, data)
}

func (s *DiffSurvey) view(lang string) diffSurvey {
	say := func(p diag.Phrase) string { return p.In(lang) }
	out := diffSurvey{ID: s.ID, Title: cmp.Or(s.Title, s.ID), From: s.Old + " → " + s.New, Verdict: version.Worst(s.Changes).Word()}
	count := [3]int{}
	for _, x := range s.Changes {
		count[x.Verdict]++
	}
	switch {
	case s.Old == "":
		out.From, out.Message = s.New, say(diag.Say("the survey is new"))
	case s.New == "":
		out.From, out.Message = s.Old, say(diag.Say("the survey is gone"))
	case len(s.Changes) == 0:
		out.Message = say(diag.Say("nothing that respondents see or that counts has changed"))
	case count[version.New] > 0:
		out.Message = say(diag.Say("%d of %d changes need a new series: the trend breaks there", count[version.New], len(s.Changes)))
	case count[version.Marked] > 0:
		out.Message = say(diag.Say("every series goes on; %d of %d changes are marked in the trend", count[version.Marked], len(s.Changes)))
	default:
		out.Message = say(diag.Say("every series goes on as it was (changes: %d)", len(s.Changes)))
	}
	for _, v := range []version.Verdict{version.New, version.Marked, version.Same} {
		g := diffGroup{Verdict: v.Word(), Name: say(v.Phrase())}
		for i := range s.Changes {
			if x := &s.Changes[i]; x.Verdict == v {
				g.Changes = append(g.Changes, changeView(x, lang))
			}
		}
		if g.Changes != nil {
			out.Groups = append(out.Groups, g)
		}
	}
	return out
}

func changeView(x *version.Change, lang string) diffChange {
	out := diffChange{
		Item: x.Item, Part: x.Part.Phrase().In(lang), Kind: x.Kind.Phrase().In(lang), Key: x.Key, Reason: x.Reason.In(lang),
		Note: x.Note.In(lang, "en", "zh-CN"), Words: x.Words,
	}
	if x.Confirmed {
		out.Confirmed = diag.Say("judged in history").In(lang)
	}
	if len(x.Words) == 0 && x.Old+x.New != "" {
		out.Old, out.New = cmp.Or(x.Old, "—"), cmp.Or(x.New, "—")
	}
	return out
}
