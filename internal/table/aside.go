package table

import (
	"math"
	"time"
)

// Aside is what is kept of each response beside its answers, nil where no file
// has it: 4 bytes a row for the time, 8 for each hash.
type Aside struct {
	Seconds []float32 // from _ms, else from _started to _submitted; NaN where unknown
	Tokens  []uint64  // hashes of _token, 0 without; their values mean nothing beyond being equal
	Panel   []uint64  // the same of the column Options.Panel
	Named   []int32   // number of the response in Options.Named, 0 where it is not there
}

// aside is Aside of one file; a slice may be shorter than the rows.
type aside Aside

// keepAside notes what the row says of its time, its token and its member of a panel.
func (r *reader) keepAside(rec *record) {
	p := r.part
	if r.metas[metaMilliseconds] >= 0 || r.metas[metaStarted] >= 0 && r.metas[metaSubmitted] >= 0 {
		p.aside.Seconds = append(filled(p.aside.Seconds, p.rows, float32(math.NaN())), r.seconds(rec))
	}
	if r.metas[metaToken] >= 0 {
		token := r.hashed(rec, r.metas[metaToken])
		if r.plan.opt.Admit != nil && (len(p.used) == 0 || int(p.used[len(p.used)-1].row) != p.rows) {
			token = 0 // of a counter, or of nobody: it is no sign of a second answer
		}
		p.aside.Tokens = append(filled(p.aside.Tokens, p.rows, 0), token)
	}
	if r.panel >= 0 {
		p.aside.Panel = append(filled(p.aside.Panel, p.rows, 0), r.hashed(rec, r.panel))
	}
}

func filled[T any](list []T, n int, none T) []T {
	for len(list) < n {
		list = append(list, none)
	}
	return list
}

func (r *reader) hashed(rec *record, column int) uint64 {
	text := r.meta(rec, column)
	if len(text) == 0 || damagedName(text) != whole {
		return 0
	}
	return r.plan.hash(text)[0]
}

// seconds is how long the respondent took, NaN where it is not known or not positive.
func (r *reader) seconds(rec *record) float32 {
	if text := r.meta(rec, r.metas[metaMilliseconds]); len(text) > 0 {
		if v, ok := parseNumber(text); ok && v > 0 {
			return float32(v / 1000)
		}
	}
	from, ok := parseStamp(r.meta(rec, r.metas[metaStarted]))
	to, also := parseStamp(r.meta(rec, r.metas[metaSubmitted]))
	if took := to.Sub(from).Seconds(); ok && also && took > 0 {
		return float32(took)
	}
	return float32(math.NaN())
}

// parseStamp reads an ISO 8601 time stamp with or without a zone.
func parseStamp(text []byte) (time.Time, bool) {
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if len(text) < len("2006-01-02T15:04") {
			break
		}
		if t, err := time.Parse(form, string(text)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// asides gives every wave what is kept aside, in the order of its rows.
func (j *joiner) asides() {
	take(j, func(p *part) []float32 { return p.aside.Seconds }, float32(math.NaN()), func(w *Wave) *[]float32 { return &w.Aside.Seconds })
	take(j, func(p *part) []uint64 { return p.aside.Tokens }, 0, func(w *Wave) *[]uint64 { return &w.Aside.Tokens })
	take(j, func(p *part) []uint64 { return p.aside.Panel }, 0, func(w *Wave) *[]uint64 { return &w.Aside.Panel })
	take(j, func(p *part) []int32 { return p.aside.Named }, 0, func(w *Wave) *[]int32 { return &w.Aside.Named })
	for _, p := range j.parts {
		p.aside = aside{}
	}
}

func take[T any](j *joiner, of func(*part) []T, none T, into func(*Wave) *[]T) {
	found := false
	for _, p := range j.parts {
		found = found || of(p) != nil
	}
	if !found {
		return
	}
	for _, w := range j.answers.Waves {
		*into(w) = make([]T, 0, w.Rows)
	}
	for _, p := range j.parts {
		have := of(p)
		for row, wave := range p.wave {
			if wave == dropped {
				continue
			}
			v := none
			if row < len(have) {
				v = have[row]
			}
			to := into(j.answers.Waves[wave])
			*to = append(*to, v)
		}
	}
}
