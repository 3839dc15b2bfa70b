package service

import (
	"math"
	"slices"

	"manyi/internal/measure"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// LoopEffect is the named figure before and after an action. Before is the last
// wave that ends before the action was opened, After the first that begins after
// it was done; of complaints, as many months on both sides. Difference is after
// less before, compared as the trend compares it (measure.Step); of complaints it
// is a rate, and Ratio is that of the rates with its exact interval.
//
// The verdict goes by the interval: improved or worse where it lies on one side
// of no change, else no evidence. It says what changed, not why.
type LoopEffect struct {
	Before       *LoopFigure       `json:"before,omitempty"`
	After        *LoopFigure       `json:"after,omitempty"`
	Difference   measure.Number    `json:"difference"`
	CI95         measure.Interval  `json:"ci95"`
	P            measure.Number    `json:"p"`
	Ratio        *measure.Number   `json:"ratio,omitempty"`
	RatioCI95    *measure.Interval `json:"ratio_ci95,omitempty"`
	LowerBetter  bool              `json:"lower_is_better,omitempty"`
	Target       measure.Number    `json:"target"`
	TargetStands string            `json:"target_verdict,omitempty"` // met, not_shown, missed: of After against Target
	Verdict      string            `json:"verdict,omitempty"`        // improved, no_evidence, worse; "" where nothing can be said
	Why          string            `json:"why,omitempty"`            // why nothing can be said
}

// Verdicts on an effect.
const (
	Improved   = "improved"
	NoEvidence = "no_evidence"
	Worse      = "worse"
)

// Why nothing can be said of an effect, beside the reasons of measure.Step.
const (
	NotDone       = "not_done"
	NoMetric      = "no_metric"
	NoActions     = "no_actions" // of a topic: nothing on the board works on its figure
	UnknownMetric = "unknown_metric"
	NoDates       = "no_dates" // waves without a period, or an action without days
	NoWaveBefore  = "no_wave_before"
	NoWaveAfter   = "no_wave_after"
	NoMonths      = "no_months" // no whole month before or after it
	NoTest        = "no_test"   // no spread, so no interval
)

func (l *loopInput) effect(x *LoopAction) *LoopEffect {
	nan := measure.Number(math.NaN())
	e := &LoopEffect{Difference: nan, CI95: measure.Interval{nan, nan}, P: nan, Target: measure.Number(x.target)}
	m := x.Of
	switch {
	case x.Metric == "":
		e.Why = NoMetric
		return e
	case !m.Known:
		e.Why = UnknownMetric
		return e
	}
	e.LowerBetter = m.LowerIsBetter
	opened := x.opened
	if opened.IsZero() {
		opened = x.done
	}
	switch {
	case m.Complaints && x.finished() && !opened.IsZero():
		l.complaintEffect(e, x, m)
	case m.Complaints:
		e.Why = NotDone
	default:
		l.waveEffect(e, m, loopDay(opened), x)
	}
	e.judgeTarget()
	return e
}

func (l *loopInput) complaintEffect(e *LoopEffect, x *LoopAction, m *LoopMetric) {
	opened := x.opened
	if opened.IsZero() {
		opened = x.done
	}
	var rates stat.Rates
	e.Before, e.After, rates = l.beforeAndAfter(m, opened, x.done)
	if e.Why = e.After.Why; e.Why != "" {
		e.Before, e.After = nil, nil
		return
	}
	e.Difference, e.CI95 = measure.Number(rates.Difference), measure.Interval{measure.Number(rates.DifferenceLow), measure.Number(rates.DifferenceHigh)}
	ratio, interval := measure.Number(rates.Ratio), measure.Interval{measure.Number(rates.RatioLow), measure.Number(rates.RatioHigh)}
	e.P, e.Ratio, e.RatioCI95 = measure.Number(rates.P), &ratio, &interval
	switch {
	case math.IsNaN(rates.P):
		e.Verdict, e.Why = "", measure.NoAnswers
	case rates.RatioHigh < 1:
		e.Verdict = Improved
	case rates.RatioLow > 1:
		e.Verdict = Worse
	default:
		e.Verdict = NoEvidence
	}
}

// waveEffect compares the wave before an action was opened with the one after it was done.
func (l *loopInput) waveEffect(e *LoopEffect, m *LoopMetric, opened string, x *LoopAction) {
	from, to, why := l.wavesAround(opened, x)
	if from != nil {
		e.Before = l.at(m, from)
	}
	if to != nil {
		e.After = l.at(m, to)
	}
	if e.Why = why; why != "" {
		return
	}
	step := l.Results.Between(l.Survey, m.Metric, from.ID, to.ID)
	if !step.Comparable {
		e.Why = step.Reason
		return
	}
	e.Difference, e.CI95, e.P = step.Difference, step.CI95, step.P
	e.Verdict = loopVerdict(e.CI95, m.LowerIsBetter)
	if e.Verdict == "" {
		e.Why = NoTest
	}
}

// loopVerdict is what an interval of a difference says, "" where there is none.
func loopVerdict(ci measure.Interval, lower bool) string {
	switch {
	case math.IsNaN(float64(ci[0])) || math.IsNaN(float64(ci[1])):
		return ""
	case ci[0] > 0 && !lower, ci[1] < 0 && lower:
		return Improved
	case ci[0] > 0, ci[1] < 0:
		return Worse
	}
	return NoEvidence
}

// wavesAround are the last wave that ends before an action and the first that
// begins after it.
func (l *loopInput) wavesAround(opened string, x *LoopAction) (from, to *survey.Wave, why string) {
	waves := l.dated()
	for i := range waves {
		w := &waves[i]
		if opened != "" && w.To < opened && (from == nil || w.To > from.To) {
			from = w
		}
		if x.finished() && w.From > x.Done && (to == nil || w.From < to.From) {
			to = w
		}
	}
	switch {
	case len(waves) == 0 || opened == "":
		why = NoDates
	case !x.finished():
		why = NotDone
	case from == nil:
		why = NoWaveBefore
	case to == nil:
		why = NoWaveAfter
	}
	return from, to, why
}

// dated are the waves that were measured and whose days are known: those of
// their responses, else their period; one without a period that is called like a
// year, a half-year, a quarter or a month has that one. A half-year whose
// responses came in September says nothing of an action of November.
func (l *loopInput) dated() []survey.Wave {
	var out []survey.Wave
	for _, id := range l.Results.Waves {
		w := survey.Wave{ID: id}
		if i := slices.IndexFunc(l.Survey.Waves, func(w survey.Wave) bool { return w.ID == id }); i >= 0 {
			w = l.Survey.Waves[i]
		}
		if w.From == "" {
			start, end, ok := loopPeriod(id, l.Zone)
			if !ok {
				continue
			}
			w.From, w.To = loopDay(start), loopDay(end.AddDate(0, 0, -1))
		}
		if from, to := l.responded(id); from != "" {
			w.From, w.To = from, to
		}
		out = append(out, w)
	}
	return out
}

// responded are the days of the first and the last response of a wave, "" where
// not every response has one.
func (l *loopInput) responded(wave string) (from, to string) {
	b := l.Results.ByWave[wave]
	if b == nil {
		return "", ""
	}
	f, ok := b.Analyses["fieldwork"].(*measure.Fieldwork)
	if !ok || f.Undated > 0 || len(f.Periods) == 0 {
		return "", ""
	}
	return f.Periods[0].From, f.Periods[len(f.Periods)-1].To
}

// at is a figure of the survey in one wave.
func (l *loopInput) at(m *LoopMetric, w *survey.Wave) *LoopFigure {
	v, why := l.Results.At(l.Survey, m.Metric, w.ID)
	return &LoopFigure{
		Wave: w.ID, From: w.From, To: w.To, Value: measure.Number(v.Value), CI95: measure.Interval{measure.Number(v.Low), measure.Number(v.High)}, N: v.N, Why: why,
	}
}

// judgeTarget compares the figure after an action with its target.
func (e *LoopEffect) judgeTarget() {
	if math.IsNaN(float64(e.Target)) || e.After == nil || e.After.Why != "" {
		return
	}
	e.TargetStands = loopTarget(e.After, float64(e.Target), e.LowerBetter)
}

// loopTarget is what an interval says of a target, "" without an interval.
func loopTarget(f *LoopFigure, target float64, lower bool) string {
	low, high := float64(f.CI95[0]), float64(f.CI95[1])
	if lower {
		low, high, target = -high, -low, -target
	}
	switch {
	case math.IsNaN(low) || math.IsNaN(high):
		return ""
	case low >= target:
		return measure.Met
	case high < target:
		return measure.Missed
	}
	return measure.NotShown
}

// loopMedian is the middle value, NaN of none.
func loopMedian(v []float64) float64 {
	slices.Sort(v)
	return stat.Quantile(v, .5)
}
