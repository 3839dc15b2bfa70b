package page

import (
	"encoding/json"
	"slices"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// model is what the script needs to know and the mark-up does not say.
type model struct {
	Survey     string                       `json:"survey"`
	Version    int                          `json:"version"`
	Build      string                       `json:"build"`
	Languages  []string                     `json:"languages"`
	Directions map[string]string            `json:"directions"`
	Title      survey.Text                  `json:"title"`
	Zone       string                       `json:"zone,omitempty"`
	Channel    string                       `json:"channel,omitempty"`
	URL        string                       `json:"url,omitempty"`
	Opens      string                       `json:"opens,omitempty"`
	Closes     string                       `json:"closes,omitempty"`
	Embed      bool                         `json:"embed,omitempty"`
	Kiosk      bool                         `json:"kiosk,omitempty"`
	Quiz       bool                         `json:"quiz,omitempty"`
	TimeLimit  int                          `json:"time_limit,omitempty"`
	Posts      bool                         `json:"posts,omitempty"` // the page sends the answers itself
	Expect     string                       `json:"expect,omitempty"`
	Seal       []string                     `json:"seal,omitempty"` // public keys in hexadecimal
	Access     string                       `json:"access,omitempty"`
	Duplicates string                       `json:"duplicates,omitempty"`
	MinSeconds int                          `json:"min_seconds,omitempty"`
	Withdrawal bool                         `json:"withdrawal,omitempty"`
	Consents   map[string]map[string]string `json:"consents,omitempty"` // hash of what each box says, by language
	Pages      []modelPage                  `json:"pages"`
	Questions  map[string]modelQuestion     `json:"questions"`
	Columns    map[string]modelColumn       `json:"columns"`
	Hidden     []modelHidden                `json:"hidden"`
	Calculated map[string]json.RawMessage   `json:"calculated"`
	Endings    map[string]json.RawMessage   `json:"endings"`
	Forms      map[survey.Type]string       `json:"forms"` // pattern of a text of this type
	Words      map[string]map[string]string `json:"words"` // by key, then by language
}

type modelPage struct {
	ID       string          `json:"id"`
	ShowIf   json.RawMessage `json:"show_if,omitempty"`
	Shuffled bool            `json:"shuffled,omitempty"`
}

type modelQuestion struct {
	Type       survey.Type                `json:"type"`
	Required   bool                       `json:"required,omitempty"`
	ShowIf     json.RawMessage            `json:"show_if,omitempty"`
	RequiredIf json.RawMessage            `json:"required_if,omitempty"`
	Options    map[string]json.RawMessage `json:"options,omitempty"` // conditions
	Rows       map[string]json.RawMessage `json:"rows,omitempty"`
	Items      map[string]json.RawMessage `json:"items,omitempty"`
	Features   map[string]json.RawMessage `json:"features,omitempty"`
	Anchors    map[string]string          `json:"anchors,omitempty"`
	Exclusive  []string                   `json:"exclusive,omitempty"`
	MinChoices int                        `json:"min_choices,omitempty"`
	MaxChoices int                        `json:"max_choices,omitempty"`
	Min        *float64                   `json:"min,omitempty"`
	Max        *float64                   `json:"max,omitempty"`
	Total      *float64                   `json:"total,omitempty"`
	Integer    bool                       `json:"integer,omitempty"`
	MaxLength  int                        `json:"max_length,omitempty"`
	Shuffled   bool                       `json:"shuffled,omitempty"`
	Branches   []modelBranch              `json:"branches,omitempty"`
	Correct    []string                   `json:"correct,omitempty"`
	Score      float64                    `json:"score,omitempty"`
	Scores     map[string]float64         `json:"scores,omitempty"`
	TimeLimit  int                        `json:"time_limit,omitempty"`
}

type modelBranch struct {
	Code     string        `json:"code"`
	Branches []modelBranch `json:"branches,omitempty"`
}

// modelColumn is one data column: of a tick, the list and the option it is part
// of; of a text beside an option, the option.
type modelColumn struct {
	Kind    string            `json:"kind,omitempty"`
	Missing map[string]string `json:"missing,omitempty"`
	Of      string            `json:"of,omitempty"`
	Option  string            `json:"option,omitempty"`
	WriteIn string            `json:"write_in,omitempty"`
}

type modelHidden struct {
	ID      string   `json:"id"`
	From    string   `json:"from"`
	Allow   []string `json:"allow,omitempty"`
	Pattern string   `json:"pattern,omitempty"`
}

// model describes the survey for the script, with the words it may say.
func (s Survey) model(words []string) model {
	v := s.Survey
	m := model{
		Survey: v.ID, Version: v.Version, Build: v.Build(), Directions: map[string]string{}, Title: survey.Text{}, Zone: s.Zone,
		Channel: v.Collect.Channel, Opens: v.Collect.Opens, Closes: v.Collect.Closes, Embed: v.Collect.Embed, Kiosk: v.Collect.Kiosk,
		Quiz: s.selfTest(), Posts: v.Collect.Posts(), TimeLimit: v.TimeLimit, Questions: map[string]modelQuestion{}, Columns: map[string]modelColumn{},
		Hidden: []modelHidden{}, Calculated: map[string]json.RawMessage{}, Endings: map[string]json.RawMessage{}, URL: v.Collect.URL, Forms: map[survey.Type]string{},
	}
	m.collecting(s)
	for _, l := range s.Locales {
		m.Languages = append(m.Languages, l.Tag())
		m.Directions[l.Tag()] = l.Say("language.dir")
		m.Title[l.Tag()] = s.in(v.Title, l)
	}
	for _, p := range v.Pages {
		m.Pages = append(m.Pages, modelPage{ID: p.ID, ShowIf: tree(p.ShowIf), Shuffled: p.Shuffled})
		for _, q := range p.Questions {
			m.Questions[q.ID] = modelOf(q)
			if pattern := q.Type.Pattern(); pattern != nil {
				m.Forms[q.Type] = pattern.String()
			}
		}
	}
	m.columns(v)
	for _, h := range v.Hidden {
		out := modelHidden{ID: h.ID, From: h.From, Pattern: h.Pattern}
		if out.From == "" {
			out.From = h.ID
		}
		for _, o := range h.Options {
			out.Allow = append(out.Allow, o.Code)
		}
		m.Hidden = append(m.Hidden, out)
	}
	for _, c := range v.Calculated {
		m.Calculated[c.ID] = tree(c.Expr)
	}
	for _, e := range v.Endings {
		if e.ShowIf != nil {
			m.Endings[e.ID] = tree(e.ShowIf)
		}
	}
	m.Words = s.dictionary(words)
	return m
}

// tree is an expression as the script evaluates it, nil without one.
func tree(e *survey.Expression) json.RawMessage {
	if e == nil {
		return nil
	}
	return e.JSON()
}

func modelOf(q *survey.Question) modelQuestion {
	m := modelQuestion{
		Type: q.Type, Required: q.Required, ShowIf: tree(q.ShowIf), RequiredIf: tree(q.RequiredIf), MinChoices: q.MinChoices, MaxChoices: q.MaxChoices,
		Min: q.Min, Max: q.Max, Total: q.Total, Integer: q.Integer, MaxLength: q.Length(), Shuffled: q.Randomize != "",
		Branches: branches(q.Branches), Correct: q.Correct, TimeLimit: q.TimeLimit, Anchors: map[string]string{},
	}
	if len(q.Correct) > 0 {
		m.Score = q.Score
	}
	m.Rows, m.Items, m.Features = m.parts(q.Rows), m.parts(q.Items), m.parts(q.Features)
	if q.Scale == nil {
		return m
	}
	m.Options, m.Scores = map[string]json.RawMessage{}, map[string]float64{}
	for _, o := range q.Scale.Options {
		if o.ShowIf != nil {
			m.Options[o.Code] = tree(o.ShowIf)
		}
		if o.Anchor != "" {
			m.Anchors[o.Code] = o.Anchor
		}
		if o.Exclusive {
			m.Exclusive = append(m.Exclusive, o.Code)
		}
		if o.Score != 0 {
			m.Scores[o.Code] = o.Score
		}
	}
	return m
}

// parts are the conditions of rows; their anchors are noted.
func (m *modelQuestion) parts(rows []survey.Row) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for _, r := range rows {
		if r.ShowIf != nil {
			out[r.ID] = tree(r.ShowIf)
		}
		if r.Anchor != "" {
			m.Anchors[r.ID] = r.Anchor
		}
	}
	return out
}

func branches(all []survey.Branch) []modelBranch {
	var out []modelBranch
	for _, b := range all {
		out = append(out, modelBranch{Code: b.Code, Branches: branches(b.Branches)})
	}
	return out
}

// columns say how the text of each column is read.
func (m *model) columns(v *survey.Survey) {
	for _, f := range v.Schema().Fields {
		c := modelColumn{}
		switch f.Kind {
		case table.Number:
			c.Kind = "number"
		case table.Tick:
			c.Kind, c.Of, c.Option = "tick", f.Question, f.Option
		}
		for code, why := range f.Missing {
			if c.Missing == nil {
				c.Missing = map[string]string{}
			}
			c.Missing[code] = why.String()
		}
		m.Columns[f.ID] = c
	}
	for _, p := range v.Pages {
		for _, q := range p.Questions {
			if q.Scale == nil {
				continue
			}
			for _, o := range q.Scale.Options {
				if id := q.ID + "_" + o.Code + "_text"; o.WriteIn {
					c := m.Columns[id]
					c.WriteIn = o.Code
					m.Columns[id] = c
				}
			}
		}
	}
}

// dictionary is the words of the script in every language, with their variants for one.
func (s Survey) dictionary(keys []string) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, key := range keys {
		for _, k := range []string{key, key + ".one"} {
			if !slices.ContainsFunc(s.Locales, func(l *survey.Locale) bool { return l.Has("script." + k) }) {
				continue
			}
			out[k] = map[string]string{}
			for _, l := range s.Locales {
				out[k][l.Tag()] = l.Say("script." + k)
			}
		}
	}
	return out
}
