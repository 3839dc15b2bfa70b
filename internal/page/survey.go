package page

import (
	"html/template"
	"strings"

	"manyi/internal/survey"
)

// Survey is all that a survey page needs beside the definition. Locales are
// those of the survey's languages, in their order.
type Survey struct {
	Survey  *survey.Survey
	Locales []*survey.Locale
	Site    survey.Text
	Images  map[string][]byte // by workspace path: the logo and the pictures of questions
	Logo    string            // workspace path, "" without
	Address string            // where the page will be found, "" where that is not known
	Zone    string            // IANA name of the time zone of the survey's days
}

// said is a text in one language; Lang is "" where it is good for all.
type said struct {
	Lang, Text string
	Parts      []piece       // of a text with answers of other questions, instead of Text
	HTML       template.HTML // from Markdown, instead of Text
}

// surveyData is what survey.html sees.
type surveyData struct {
	Lang, Dir, Title, ID, Build, Policy, Action string
	Version                                     int
	CSS                                         template.CSS
	Script                                      template.JS
	Model                                       model
	Netlify                                     bool
	Languages                                   []language
	Site, Name, Send, NoChannel                 []said
	Intro                                       []said
	Pages                                       []surveyPage
	Endings                                     []ending
	Footer                                      [][]said
	Logo                                        template.URL
	Address                                     string
	QR                                          template.HTML
	Paper                                       [][]said // how to fill in the printed form
	Privacy                                     *privacyNotice
	NeedsScript, Trap                           []said // nil where a form will do; where robots are not looked for
}

// ending is a thank-you text; the script shows the one that applies.
type ending struct {
	ID      string
	Text    []said
	Default bool
}

type language struct {
	Tag, Name, Word string
	Current         bool
}

type surveyPage struct {
	ID, Name    string
	Shuffled    bool
	Title, Text []said
	If          []said
	Questions   []*control
}

// Survey writes the page a respondent fills in: one HTML file with all its
// languages, that asks nothing of the network and works without script.
func (t *Theme) Survey(s Survey) ([]byte, error) {
	first := s.Locales[0]
	data := surveyData{
		Lang: first.Tag(), Dir: first.Say("language.dir"), Title: s.in(s.Survey.Title, first), Site: s.texts(s.Site),
		ID: s.Survey.ID, Version: s.Survey.Version, Build: s.Survey.Build(), Netlify: s.Survey.Collect.Channel == "netlify",
		Name: s.texts(s.Survey.Title), Send: s.words("survey.send"), NoChannel: s.words("survey.print"), Footer: s.footer(),
	}
	var style strings.Builder
	style.WriteString(t.survey)
	for i, l := range s.Locales {
		data.Languages = append(data.Languages, language{Tag: l.Tag(), Name: l.Say("language.name"), Word: l.Say("survey.language"), Current: i == 0})
		if len(s.Locales) > 1 {
			style.WriteString(`form:has([name="_lang"][value="` + l.Tag() + `"]:checked) :is(main,footer,header>div) [lang]:not([lang="` + l.Tag() + `"]){display:none}`)
		}
	}
	data.CSS = template.CSS(style.String())
	data.Privacy = s.privacyNotice()
	if s.Survey.Collect.Guard.Honeypot {
		data.Trap = s.words("collecting.trap")
	}
	if s.Survey.Collect.Sealed() {
		data.NeedsScript, data.Netlify = s.words("sealing.needs_script"), false
	} else if s.Survey.Collect.Posts() {
		data.Action = s.Survey.Collect.URL
	}
	script, err := t.scripts.bundle(s.features())
	if err != nil {
		return nil, err
	}
	data.Script, data.Model = script.text, s.model(script.words)
	data.Policy = policy(style.String(), script, s.Survey.Collect)
	if err := s.fill(&data); err != nil {
		return nil, err
	}
	return t.execute("survey.html", 64<<10, data)
}

// fill adds what the author wrote: introduction, pages, endings.
func (s Survey) fill(data *surveyData) error {
	intro, err := s.markdown(s.Survey.Intro)
	if err != nil {
		return err
	}
	data.Intro = intro
	for _, p := range s.Survey.Pages {
		out := surveyPage{ID: "p-" + p.ID, Name: p.ID, Shuffled: p.Shuffled, Title: s.texts(p.Title), If: s.condition(p.ShowIf)}
		if out.Text, err = s.markdown(p.Text); err != nil {
			return err
		}
		for _, q := range p.Questions {
			c, err := s.control(q, p.ShowIf != nil)
			if err != nil {
				return err
			}
			out.Questions = append(out.Questions, c)
		}
		data.Pages = append(data.Pages, out)
	}
	for _, e := range s.Survey.Endings {
		text, err := s.markdown(e.Text)
		if err != nil {
			return err
		}
		data.Endings = append(data.Endings, ending{ID: e.ID, Text: text, Default: e.ShowIf == nil})
	}
	if data.Logo, err = s.source(s.Logo); err != nil {
		return err
	}
	data.Paper, data.NoChannel = s.instructions(), s.byHand()
	data.Address = s.Address
	data.QR, err = QRCode(s.Address)
	return err
}

// in is a text in one language, for where there is room for one only.
func (s Survey) in(t survey.Text, l *survey.Locale) string {
	return unpiped(t.In(l.Tag(), s.Survey.Languages...))
}

// texts is a text in every language of the survey.
func (s Survey) texts(t survey.Text) []said {
	if plain, ok := t[""]; ok {
		return []said{piped("", plain)}
	}
	var out []said
	for _, l := range s.Locales {
		if v, ok := t[l.Tag()]; ok {
			out = append(out, piped(l.Tag(), v))
		}
	}
	return out
}

// words is a phrase of the locale packs in every language of the survey.
func (s Survey) words(key string, pairs ...any) []said {
	var out []said
	for _, l := range s.Locales {
		out = append(out, said{Lang: l.Tag(), Text: l.Say(key, pairs...)})
	}
	return out
}

func (s Survey) footer() [][]said {
	var out [][]said
	p := s.Survey.Privacy
	if s.Survey.Collect.Sealed() {
		out = append(out, s.words("sealing.sealed"))
	}
	if p.Anonymous {
		out = append(out, s.words("survey.anonymous"))
	}
	if p.RetainMonths > 0 && !p.Told() { // else the notice has it
		out = append(out, s.words("survey.retain", "months", p.RetainMonths))
	}
	if p.Contact != "" && !p.Told() {
		out = append(out, s.words("survey.contact", "contact", p.Contact))
	}
	return out
}
