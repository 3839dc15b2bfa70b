package table

import (
	"strconv"
	"time"
)

// waveLimit is how many waves may be found where none are declared.
const waveLimit = 1000

// row reads one record: first what it is, then its answers.
func (r *reader) row(rec *record) {
	p := r.part
	p.count.Read++
	if r.take != nil {
		r.take(rec)
		return
	}
	if r.forgotten(rec) {
		return
	}
	s := r.state(rec)
	wave, ok := r.wave(rec)
	if !ok || !r.ofSurvey(rec) {
		p.count.Unmatched++
		switch s {
		case unsubmitted:
			p.open++
		case unstamped:
			p.keyless++
		}
		return
	}
	p.wave = append(p.wave, wave)
	p.state = append(p.state, s)
	r.day(rec)
	r.weigh(rec)
	r.admit(rec)
	r.keepAside(rec)
	r.name(rec)
	r.texts, r.badNow = 0, 0
	r.answers(rec)
	r.keepField(rec, s)
	if r.badNow > 0 {
		p.bad = append(p.bad, badRow{int32(p.rows), r.badNow})
	}
	if r.otherVersion(rec) {
		p.others = append(p.others, int32(p.rows))
	}
	if string(r.meta(rec, r.metas[metaMode])) == "simulated" {
		p.simulated = append(p.simulated, int32(p.rows))
	}
	p.rows++
	r.identify(rec)
}

// meta returns the trimmed text of a metadata cell, empty where there is none.
func (r *reader) meta(rec *record, column int) []byte {
	if column < 0 {
		return nil
	}
	c := rec.cells[column]
	switch c.form {
	case absent, null, list, object, repeated:
		return nil
	}
	return trim(rec.text(c))
}

func (r *reader) state(rec *record) state {
	column := r.metas[metaSubmitted]
	switch {
	case column < 0 || rec.cells[column].form == absent:
		return unstamped
	case len(r.meta(rec, column)) == 0:
		return unsubmitted
	}
	return submitted
}

func (r *reader) ofSurvey(rec *record) bool {
	survey := r.meta(rec, r.metas[metaSurvey])
	if len(survey) == 0 || string(survey) == r.plan.schema.Survey {
		return true
	}
	r.otherSurvey(rec, rec.cells[r.metas[metaSurvey]])
	return false
}

// otherVersion reports whether the row says that it answers a version of the
// questionnaire that the definition does not know.
func (r *reader) otherVersion(rec *record) bool {
	known := r.plan.schema.Version
	if known == 0 || r.metas[metaVersion] < 0 {
		return false
	}
	text := r.meta(rec, r.metas[metaVersion])
	version, err := strconv.Atoi(string(text))
	return len(text) > 0 && (err != nil || version < 1 || version > known)
}

// wave returns the index in part.waves of the wave the row belongs to.
func (r *reader) wave(rec *record) (uint16, bool) {
	if r.oneWave {
		return 0, true
	}
	wave, column := r.part.source.Wave, -1
	if wave == "" {
		column = r.metas[metaWave]
		text := r.meta(rec, column)
		if i, ok := r.waves[string(text)]; ok && len(text) > 0 {
			return i, true
		}
		wave = string(text)
	}
	if wave == "" && r.plan.opt.WaveOf != nil {
		column = r.metas[metaSubmitted]
		stamp := r.meta(rec, column)
		if len(stamp) == 0 && column >= 0 { // it broke off: it belongs to where it was begun
			stamp = r.meta(rec, r.metas[metaStarted])
		}
		if len(stamp) > 0 {
			wave = r.plan.opt.WaveOf(string(stamp))
		}
	}
	if i, ok := r.waves[wave]; ok {
		return i, true
	}
	return r.newWave(wave, rec, column)
}

// newWave adds a wave to part.waves; column is where the row names it. No
// wave is one where none are declared.
func (r *reader) newWave(wave string, rec *record, column int) (uint16, bool) {
	if len(r.plan.opt.Waves) > 0 && !r.plan.declared[wave] {
		r.unknownWave(rec, column, wave)
		return 0, false
	}
	if len(r.waves) >= max(waveLimit, len(r.plan.opt.Waves)) {
		r.tooManyWaves(rec, column)
		return 0, false
	}
	i := uint16(len(r.part.waves))
	r.part.waves = append(r.part.waves, wave)
	r.waves[wave] = i
	r.oneWave = r.part.source.Wave != "" || r.metas[metaWave] < 0 && r.plan.opt.WaveOf == nil
	return i, true
}

// day notes the calendar day of _submitted as written.
func (r *reader) day(rec *record) {
	p, column := r.part, r.metas[metaSubmitted]
	if column < 0 {
		return
	}
	for len(p.days) < p.rows {
		p.days = append(p.days, 0)
	}
	text := r.meta(rec, column)
	day, ok := parseDay(text)
	if !ok && len(text) > 0 {
		r.badDay(rec, rec.cells[column])
	}
	p.days = append(p.days, day)
}

// parseDay returns the day of an ISO 8601 date or time stamp as yyyymmdd.
func parseDay(text []byte) (uint32, bool) {
	const form = "2006-01-02"
	if len(text) < len(form) || len(text) > len(form) && text[len(form)] != 'T' && text[len(form)] != ' ' {
		return 0, false
	}
	var n [3]int
	part := 0
	for i, b := range text[:len(form)] {
		switch {
		case i == 4 || i == 7:
			if b != '-' {
				return 0, false
			}
			part++
		case b < '0' || b > '9':
			return 0, false
		default:
			n[part] = n[part]*10 + int(b-'0')
		}
	}
	year, month, day := n[0], n[1], n[2]
	lastDay := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if year < 1 || month < 1 || month > 12 || day < 1 || day > lastDay {
		return 0, false
	}
	return uint32(year*10000 + month*100 + day), true
}

// formatDay writes a day of parseDay, "" where unknown.
func formatDay(day uint32) string {
	if day == 0 {
		return ""
	}
	s := strconv.Itoa(100000000 + int(day))[1:]
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}

func (r *reader) weigh(rec *record) {
	p := r.part
	if r.plan.opt.Weight == "" {
		return
	}
	weight := 0.0
	if text := r.meta(rec, r.weight); len(text) > 0 {
		v, ok := parseNumber(fold(text, &r.folded))
		if ok && v >= 0 {
			weight = v
		} else {
			r.badWeight(rec, rec.cells[r.weight])
		}
	} else if r.weight >= 0 && isOdd(rec.cells[r.weight].form) {
		r.badWeight(rec, rec.cells[r.weight])
	}
	p.weights = append(p.weights, weight)
}

// isOdd reports whether a form is no single value.
func isOdd(f form) bool { return f == list || f == object || f == repeated }

// identify notes the hashes of a row that has an _id; the row is already counted.
func (r *reader) identify(rec *record) {
	p, column := r.part, r.metas[metaID]
	if column < 0 {
		return
	}
	for len(p.idents) < p.rows-1 {
		p.idents = append(p.idents, ident{})
	}
	var i ident
	id := r.meta(rec, column)
	if d := damagedName(id); d != whole { // ids rounded to the same are no duplicates
		r.damagedID(rec, rec.cells[column], d)
	} else if len(id) > 0 {
		i = ident{r.plan.hash(id), r.texts, uint32(rec.line)}
	}
	p.idents = append(p.idents, i)
}
