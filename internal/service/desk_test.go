package service

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// deskOracle compares with testdata/desk/expected.json, made by make.R, and keeps
// the largest difference.
type deskOracle struct {
	*testing.T
	expected map[string]any
	worst    float64
	compared int
}

func newDeskOracle(t *testing.T) *deskOracle {
	b, err := os.ReadFile("testdata/desk/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	o := &deskOracle{T: t}
	if err := json.Unmarshal(b, &o.expected); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *deskOracle) at(path string) any {
	var v any = o.expected
	for key := range strings.SplitSeq(path, ".") {
		v = v.(map[string]any)[key]
	}
	return v
}

func (o *deskOracle) same(path string, got float64) {
	o.Helper()
	o.compare(path, o.at(path), got)
}

func (o *deskOracle) compare(path string, want any, got float64) {
	o.Helper()
	w, ok := want.(float64)
	if !ok {
		w = math.NaN()
	}
	o.compared++
	if math.IsNaN(w) && math.IsNaN(got) {
		return
	}
	d := math.Abs(got-w) / math.Max(1, math.Abs(w))
	o.worst = math.Max(o.worst, d)
	if !(d <= 1e-9) {
		o.Errorf("%s: got %v, want %v", path, got, w)
	}
}

// figure compares n, value and interval, and the count where R has one.
func (o *deskOracle) figure(path string, f *DeskFigure) {
	o.Helper()
	want, _ := o.at(path).(map[string]any)
	if f == nil || want == nil {
		o.Errorf("%s: got %v, want %v", path, f, want)
		return
	}
	o.compare(path+".n", want["n"], float64(f.N))
	if _, ok := want["count"]; ok {
		o.compare(path+".count", want["count"], float64(f.Count))
	}
	o.compare(path+".value", want["value"], float64(f.Value))
	ci := want["ci95"].([]any)
	o.compare(path+".low", ci[0], float64(f.CI95[0]))
	o.compare(path+".high", ci[1], float64(f.CI95[1]))
}

func (o *deskOracle) done(what string) {
	o.Logf("%-28s %3d figures, largest difference %.1e", what, o.compared, o.worst)
	o.worst, o.compared = 0, 0
}

func TestTicketsAgreeWithR(t *testing.T) {
	o, d := newDeskOracle(t), deskRead(t, deskPlain(), "2026-03-31", deskFiles(t))
	for _, id := range DeskKPIs {
		o.figure("kpis."+id, d.Tickets.KPIs[id])
	}
	o.figure("visits_until_done", d.Tickets.Visits)
	o.done("tickets")
	providers := d.Scorecards[slices.IndexFunc(d.Scorecards, func(s *DeskScorecard) bool { return s.By == "provider" })]
	if len(providers.Owners) != 3 || providers.Hidden != 1 {
		t.Errorf("got %d providers and %d hidden, want 3 and 1", len(providers.Owners), providers.Hidden)
	}
	for _, p := range providers.Owners {
		o.figure("providers."+p.ID, p.KPIs["on_time"])
	}
	o.done("providers")
	series := d.Tickets.Months[slices.IndexFunc(d.Tickets.Months, func(s *DeskSeries) bool { return s.ID == "on_time" })]
	o.same("months.mean", float64(series.Mean))
	for i, p := range series.Points {
		for key, got := range map[string]float64{"n": float64(p.Figure.N), "count": float64(p.Figure.Count), "low": float64(p.Limits[0]), "high": float64(p.Limits[1])} {
			o.compare("months."+key, o.at("months." + key).([]any)[i], got)
		}
	}
	o.same("months.z2", float64(series.Trend.Statistic*series.Trend.Statistic))
	o.same("months.p", float64(series.Trend.P))
	o.done("p-chart and trend")
}

func TestSuggestionsVisitsAndLostAgreeWithR(t *testing.T) {
	o, d := newDeskOracle(t), deskRead(t, deskPlain(), "2026-03-31", deskFiles(t))
	o.figure("suggestions.adopted", d.Suggestions.Adopted)
	o.figure("suggestions.received", d.Suggestions.Received)
	for name, lead := range map[string]*DeskLead{"lead": d.Suggestions.Lead, "waiting": d.Suggestions.Waiting} {
		o.same("suggestions."+name+".n", float64(lead.N))
		o.same("suggestions."+name+".median", float64(lead.Median))
		o.same("suggestions."+name+".p90", float64(lead.P90))
	}
	o.done("suggestions")
	v := d.Visits
	for name, f := range map[string]*DeskFigure{"score": v.Score, "raw": v.Raw, "passed": v.Passed, "critical": v.Critical} {
		o.figure("visits."+name, f)
	}
	for _, i := range v.Items {
		o.figure("visits.items."+i.ID, i.Score)
	}
	for _, u := range v.Units[:3] {
		o.figure("visits.units."+u.ID, u.Score)
		rank := o.at("visits.units." + u.ID + ".rank").([]any)
		o.compare("rank of "+u.ID, rank[0], float64(u.Score.Rank[0]))
		o.compare("rank of "+u.ID, rank[1], float64(u.Score.Rank[1]))
	}
	for _, u := range v.Units[3:] {
		if !u.Score.Suppressed || !u.Score.Few() || u.N >= 3 {
			t.Errorf("unit %s of %d visits is ranked", u.ID, u.N)
		}
	}
	o.done("visits")
	l := d.Lost
	o.same("lost.value", float64(l.Value))
	for _, r := range l.Reasons {
		if r.ID == "" {
			continue
		}
		o.same("lost.reasons."+r.ID+".n", float64(r.N))
		o.same("lost.reasons."+r.ID+".share", float64(r.Share.Value))
		o.compare(r.ID+" low", o.at("lost.reasons." + r.ID + ".ci95").([]any)[0], float64(r.Share.CI95[0]))
		o.compare(r.ID+" high", o.at("lost.reasons." + r.ID + ".ci95").([]any)[1], float64(r.Share.CI95[1]))
		o.same("lost.reasons."+r.ID+".value", float64(r.Value))
		o.same("lost.reasons."+r.ID+".value_share", float64(r.ValueShare))
	}
	o.figure("lost.won_back", l.WonBack)
	o.same("lost.back", float64(*l.Back))
	o.done("lost customers, win-back")
	hot := d.Channels.Posts[slices.IndexFunc(d.Channels.Posts, func(p *DeskPost) bool { return p.ID == "hotline" })]
	for i, n := range hot.Months {
		o.compare("channel.counts", o.at("channel.counts").([]any)[i], float64(n))
	}
	o.same("channel.z2", float64(hot.Trend.Statistic*hot.Trend.Statistic))
	o.same("channel.p", float64(hot.Trend.P))
	o.done("channels")
}

func TestBehaviourAgreesWithR(t *testing.T) {
	o := newDeskOracle(t)
	for path, definition := range map[string]string{"block": deskPlain(), "weighted": strings.Replace(deskDefinition, "WEIGHTS", "weights: {column: weight}", 1)} {
		b := deskRead(t, definition, "2026-03-31", deskFiles(t)).Behaviour
		l := b.Ladder
		for name, f := range map[string]*DeskFigure{
			"experienced": b.Experienced, "voiced": b.Voiced, "reached": b.Reached, "silent": l.Silent, "tell_or_more": l.Rungs[2].AtLeast, "legal": l.Rungs[4].Share, "index": l.Index,
		} {
			o.figure(path+"."+name, f)
		}
		h := b.Hidden
		for name, got := range map[string]measure.Number{"recorded": measure.Number(h.Recorded), "estimate": h.Estimate, "low": h.Low, "high": h.High} {
			o.same(path+".iceberg."+name, float64(got))
		}
		o.figure("levels", b.Levels.Escalated)
		o.done("behaviour, " + path)
	}
}
