package service

import (
	"math"
	"slices"
	"time"

	"manyi/internal/measure"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// DeskBehaviour is what people do after a problem: the survey's block of
// questions (METHODS A19), the ladder (A07) and what stays hidden (A08, B11).
type DeskBehaviour struct {
	Wave        string          `json:"wave,omitempty"`
	Experienced *DeskFigure     `json:"experienced,omitempty"`
	Voiced      *DeskFigure     `json:"voiced,omitempty"` // of those with a problem
	Reached     *DeskFigure     `json:"reached,omitempty"`
	Resolved    *DeskFigure     `json:"resolved,omitempty"`
	Handling    []*DeskHandling `json:"handling,omitempty"`
	Hidden      *DeskIceberg    `json:"hidden_complaints,omitempty"`
	Ladder      *DeskLadder     `json:"ladder,omitempty"`
	Levels      *DeskLevels     `json:"complaint_levels,omitempty"`
	Warnings    []string        `json:"warnings,omitempty"`
}

// Warnings of the questions about problems.
const (
	DeskVoicedBase = "voiced_asked_of_more" // more answered it than had a problem
	DeskUnbounded  = "unbounded"            // an interval reaches 0, so that the range has no upper end
)

// DeskHandling is satisfaction with the handling: score 0–100 and share of the best answers.
type DeskHandling struct {
	ID    string      `json:"id"`
	Score *DeskFigure `json:"score"`
	Top   *DeskFigure `json:"top,omitempty"`
}

// DeskIceberg is the range of complaints that people had: recorded ones over
// the shares that voice, reach the firm and are recorded.
type DeskIceberg struct {
	From      string         `json:"from"`
	To        string         `json:"to"`
	Recorded  int            `json:"recorded_complaints"`
	Voice     measure.Number `json:"voice"`
	Reach     measure.Number `json:"reach"`
	Record    measure.Number `json:"record"`
	Estimate  measure.Number `json:"estimate"`
	Low       measure.Number `json:"low"`
	High      measure.Number `json:"high"`
	Unseen    measure.Number `json:"unseen"`
	UnseenLow measure.Number `json:"unseen_low"`
	UnseenTop measure.Number `json:"unseen_high"`
	Warnings  []string       `json:"warnings,omitempty"`
}

// DeskLadder is how far people went. Shares have everyone who answered as base;
// Index is 0 where all were silent, 100 where all went to court.
type DeskLadder struct {
	Question string      `json:"question"`
	N        int         `json:"n"`
	Several  bool        `json:"several"` // several answers a person: levels overlap
	Rungs    []*DeskRung `json:"rungs"`
	Silent   *DeskFigure `json:"silent,omitempty"`
	Index    *DeskFigure `json:"escalation_index,omitempty"`
}

// DeskRung is one level: those who went so far, and those who went at least so far.
type DeskRung struct {
	ID      string      `json:"id"`
	Share   *DeskFigure `json:"share"`
	AtLeast *DeskFigure `json:"at_least,omitempty"`
}

// DeskLevels is how far the recorded complaints went.
type DeskLevels struct {
	N         int            `json:"n"`
	Counts    map[string]int `json:"counts"`
	Escalated *DeskFigure    `json:"escalated"` // to arbitration or court
}

func (c *deskContext) behaviour() *DeskBehaviour {
	out := &DeskBehaviour{Wave: c.Results.Latest}
	block := c.Results.Block
	if block != nil && !block.Suppressed {
		c.problem(out, block)
		out.Ladder = c.ladder(block)
	}
	out.Levels = c.levels()
	if out.Experienced == nil && out.Voiced == nil && out.Ladder == nil && out.Levels == nil {
		return nil
	}
	return out
}

// asked is the share of the answers that count; nil where it is not asked.
func (c *deskContext) asked(block *measure.Block, a survey.DeskAsked) *DeskFigure {
	q := block.Questions[a.Question]
	if a.Question == "" || q == nil {
		return nil
	}
	if q.Suppressed {
		return &DeskFigure{Suppressed: true}
	}
	if q.Type == string(survey.MultipleChoice) && len(a.Codes) > 1 {
		return nil // codes overlap: their shares do not add up
	}
	e, n := q.ShareOf(a.Codes...)
	return c.hide(deskFigure(e, n))
}

func (c *deskContext) problem(out *DeskBehaviour, block *measure.Block) {
	p := c.rules.Problem
	out.Experienced, out.Voiced = c.asked(block, p.Experienced), c.asked(block, p.Voiced)
	out.Reached, out.Resolved = c.asked(block, p.Where), c.asked(block, p.Resolved)
	for _, id := range p.Handling {
		q := block.Questions[id]
		if q == nil {
			continue
		}
		h := &DeskHandling{ID: id, Score: &DeskFigure{Suppressed: true}}
		if !q.Suppressed && q.Score != nil {
			h.Score = c.hide(deskOf(q.N, q.Score.Value, q.Score.CI95))
			if q.Top != nil {
				h.Top = c.hide(deskOf(q.N, q.Top.Share, q.Top.CI95))
			}
		}
		out.Handling = append(out.Handling, h)
	}
	if e, v := out.Experienced, out.Voiced; e != nil && v != nil && !e.Suppressed && !v.Suppressed && v.N > e.Count {
		out.Warnings = append(out.Warnings, DeskVoicedBase)
	}
	if !slices.Contains(out.Warnings, DeskVoicedBase) {
		out.Hidden = c.iceberg(out)
	}
}

// deskOf is a figure that measure made.
func deskOf(n int, v measure.Number, ci measure.Interval) *DeskFigure {
	return deskFigure(stat.Estimate{N: n, Value: float64(v), Low: float64(ci[0]), High: float64(ci[1])}, 0)
}

// iceberg estimates how many complaints people had in the last twelve months:
//
//	N = C / (v·e·c)
//
// C recorded complaints, v share that voices, e share that reaches the firm, c
// share recorded. The range puts both shares at the ends of their intervals. Nil
// without complaints or without a voiced share. Source: METHODS B11; Goodman &
// Newman, Quality Progress 36 (2003).
func (c *deskContext) iceberg(b *DeskBehaviour) *DeskIceberg {
	l := c.of("complaints")
	if l == nil || b.Voiced == nil || b.Voiced.Suppressed || b.Voiced.N == 0 || c.now.IsZero() {
		return nil
	}
	from := c.now.AddDate(-1, 0, 0)
	out := &DeskIceberg{From: from.Format(time.DateOnly), To: c.today, Record: 1, Reach: 1, Voice: b.Voiced.Value}
	received := l.Of("received")
	for i := range l.Rows {
		if t := received.Time(i); !t.Before(from) && t.Before(c.now) {
			out.Recorded++
		}
	}
	if c.rules.Recorded != nil {
		out.Record = measure.Number(*c.rules.Recorded)
	}
	low, high := b.Voiced.CI95[0], b.Voiced.CI95[1]
	if r := b.Reached; r != nil && !r.Suppressed && r.N > 0 {
		out.Reach = r.Value
		low, high = low*r.CI95[0], high*r.CI95[1]
	}
	n := measure.Number(out.Recorded)
	over := func(share measure.Number) measure.Number {
		if !(share > 0) {
			return measure.Number(math.NaN())
		}
		return n / (share * out.Record)
	}
	out.Estimate, out.Low, out.High = over(out.Voice*out.Reach), over(high), over(low)
	out.Unseen, out.UnseenLow, out.UnseenTop = out.Estimate-n, out.Low-n, out.High-n
	if math.IsNaN(float64(out.High)) {
		out.Warnings = append(out.Warnings, DeskUnbounded)
	}
	return out
}

// ladder is how far people went, by one question.
func (c *deskContext) ladder(block *measure.Block) *DeskLadder {
	rule := c.rules.Ladder
	q := block.Questions[rule.Question]
	if rule.Question == "" || q == nil || q.Suppressed || q.N > 0 && q.N < c.least {
		return nil
	}
	out := &DeskLadder{Question: rule.Question, N: q.N, Several: q.Type == string(survey.MultipleChoice)}
	values := map[string]float64{}
	for k, id := range survey.DeskRungs {
		rung := &DeskRung{ID: id}
		e, n := q.ShareOf(rule.Levels[id]...)
		rung.Share = deskFigure(e, n)
		if !out.Several {
			var on []string
			for _, above := range survey.DeskRungs[k:] {
				on = append(on, rule.Levels[above]...)
			}
			e, n := q.ShareOf(on...)
			rung.AtLeast = deskFigure(e, n)
		}
		for _, code := range rule.Levels[id] {
			values[code] = 100 * float64(k) / float64(len(survey.DeskRungs)-1)
		}
		out.Rungs = append(out.Rungs, rung)
	}
	out.Silent = out.Rungs[0].Share
	if !out.Several {
		e := q.MeanOf(values)
		e.Low, e.High = max(e.Low, 0), min(e.High, 100)
		out.Index = c.hide(deskFigure(e, 0))
	}
	return out
}

// levels counts the levels of the recorded complaints: codes of the ladder, or
// the names of its rungs. Fewer than the privacy threshold: nil.
func (c *deskContext) levels() *DeskLevels {
	l := c.of("complaints")
	if l == nil || !l.Of("level").Present {
		return nil
	}
	out := &DeskLevels{Counts: map[string]int{}}
	for i := range l.Rows {
		text := l.Of("level").Text(i)
		for _, rung := range survey.DeskRungs {
			if text == rung || slices.Contains(c.rules.Ladder.Levels[rung], text) {
				out.Counts[rung]++
				out.N++
				break
			}
		}
	}
	if out.N < c.least {
		return nil
	}
	legal := out.Counts["legal"]
	out.Escalated = deskFigure(stat.Share(legal, out.N), legal)
	return out
}
