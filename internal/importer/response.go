package importer

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
)

// escaped is an id as it stands in the file, without quotes.
func escaped(id string) string {
	b, _ := json.Marshal(id) // a string is always JSON
	return string(b[1 : len(b)-1])
}

// identity is the id of a response: the tool's own, else made of what it says.
func (w *writer) identity(cells []string) string {
	prefix := w.plan.Frame.Tool.prefix
	if w.plan.Options.Wave != "" {
		prefix += "-" + w.plan.Options.Wave
	}
	if w.id != nil && w.id.At < len(cells) {
		if s := fold(cells[w.id.At]); s != "" {
			if own := clean(cells[w.id.At]); w.id.Headers[0] == "_id" && w.plan.Frame.Tool.Name == "table" || w.plan.Frame.Tool.Name == "manyi" {
				return own // one of ours comes back
			}
			return prefix + "-" + strings.Map(func(c rune) rune {
				if c <= ' ' || c == '"' || c == '\\' {
					return '_'
				}
				return c
			}, clean(cells[w.id.At]))
		}
	}
	h := fnv.New64a()
	for _, cell := range cells {
		h.Write([]byte(clean(cell)))
		h.Write([]byte{0})
	}
	sum := h.Sum64()
	w.rows[sum]++
	id := prefix + "-" + fmt.Sprintf("%016x", sum)
	if n := w.rows[sum]; n > 1 {
		id += "-" + strconv.Itoa(n)
	}
	return id
}

// meta writes when and how the response came; true where it is a partial.
func (w *writer) meta(cells []string) (partial bool) {
	if w.plan.Options.Wave != "" {
		w.key("_wave")
		w.text(w.plan.Options.Wave)
	}
	if w.language != nil {
		if tag := languageTag(cells[min(w.language.At, len(cells)-1)]); tag != "" && slices.Contains(w.plan.Survey.Languages, tag) {
			w.key("_lang")
			w.text(tag)
		}
	}
	started, hasStart := w.time(w.times[0], cells)
	submitted, hasEnd := w.time(w.times[1], cells)
	partial = w.times[1] != nil && w.plan.Frame.Profiles[w.times[1].At].Filled > 0 && !hasEnd
	if w.finished != nil && w.finished.At < len(cells) {
		partial = unfinished(cells[w.finished.At])
	}
	if w.seconds != nil && w.seconds.At < len(cells) && hasEnd && !hasStart {
		if s, ok := seconds(cells[w.seconds.At]); ok {
			started, hasStart = submitted.Add(-time.Duration(s*float64(time.Second))), true
		}
	}
	if hasStart {
		w.key("_started")
		w.text(started.Format(time.RFC3339))
	}
	switch {
	case partial:
		w.line.WriteString(`,"_submitted":null`)
	case hasEnd:
		w.key("_submitted")
		w.text(submitted.Format(time.RFC3339))
		day := submitted.Format(time.DateOnly)
		if w.counts.First == "" || day < w.counts.First {
			w.counts.First = day
		}
		w.counts.Last = max(w.counts.Last, day)
	}
	return partial
}

func (w *writer) time(c *Column, cells []string) (time.Time, bool) {
	if c == nil || c.At >= len(cells) {
		return time.Time{}, false
	}
	zone := w.plan.Options.Zone
	if zone == nil {
		zone = time.UTC
	}
	from := zone
	if w.plan.Frame.Tool.utc {
		from = time.UTC
	}
	t, ok := stamp(cells[c.At], &w.plan.Frame.Profiles[c.At].dates, from)
	return t.In(zone), ok
}

// unfinished reads whether a tool says that a response breaks off.
func unfinished(cell string) bool {
	switch fold(cell) {
	case "0", "false", "no", "partial", "incomplete", "started", "未完成", "nein", "falsch":
		return true
	}
	return false
}

// languageTag is the tag of a language as tools write it: EN, ZH-S, zh_CN.
func languageTag(s string) string {
	switch s = fold(s); {
	case s == "zh-s", s == "zh_cn", s == "zh-hans", s == "zh-cn", s == "zh", strings.HasPrefix(s, "中文"):
		return "zh-CN"
	case s == "english":
		return "en"
	}
	return s
}

func (w *writer) key(k string) {
	w.line.WriteByte(',')
	w.text(k)
	w.line.WriteByte(':')
}

func (w *writer) text(s string) {
	b, _ := json.Marshal(strings.ToValidUTF8(s, "\uFFFD")) // a string is always JSON
	w.line.Write(b)
}

// value writes one column: what is absent was not shown, null was not answered.
func (w *writer) value(rec *record, key string) {
	if w.plan.multi[key] {
		switch list := rec.lists[key]; {
		case rec.shown[key]:
			w.key(key)
			w.line.WriteByte('[')
			for i, code := range list {
				if i > 0 {
					w.line.WriteByte(',')
				}
				w.text(code)
			}
			w.line.WriteByte(']')
		case rec.blank[key]:
			w.key(key)
			w.line.WriteString("null")
		}
		return
	}
	if v, ok := rec.values[key]; ok {
		w.key(key)
		w.text(v)
		return
	}
	if rec.blank[key] {
		w.key(key)
		w.line.WriteString("null")
	}
}
