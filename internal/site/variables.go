package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/diag"
)

// variable is a figure named in an author's page: {{index.score}},
// {{osat.top.share | 1%}}, {{2025: index.ci95 | 1}}. The path begins with an
// analysis, a question or a key of results.json, and goes on by keys; an entry
// of a list is named by its id. Behind the bar stand the decimals, and % for a
// share; without it shares are percentages and other figures have one decimal.
var variable = regexp.MustCompile(`\{\{\s*(?:([^{}|:]+?)\s*:)?\s*([^{}|:]+?)\s*(?:\|\s*([0-6]?%?)\s*)?\}\}`)

// variables are the results of a survey as they are looked up.
type variables struct {
	results map[string]any
	waves   map[string]any
}

func (w *writer) variables() (*variables, error) {
	if w.found != nil {
		return w.found, nil
	}
	body, err := json.Marshal(w.results)
	if err != nil {
		return nil, err
	}
	v := &variables{}
	if err := json.Unmarshal(body, &v.results); err != nil {
		return nil, fmt.Errorf("read the results: %w", err)
	}
	v.waves, _ = v.results["by_wave"].(map[string]any)
	w.found = v
	return v, nil
}

// fill replaces the variables of a page; code is left as it is.
func (w *writer) fill(file string, source, body []byte) ([]byte, error) {
	if !bytes.Contains(body, []byte("{{")) {
		return body, nil
	}
	v, err := w.variables()
	if err != nil {
		return nil, err
	}
	lines, fenced := strings.Split(string(body), "\n"), false
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		if fenced {
			continue
		}
		spans := strings.Split(line, "`")
		for k := 0; k < len(spans); k += 2 { // between them is code
			spans[k] = w.fillText(v, file, source, spans[k])
		}
		lines[i] = strings.Join(spans, "`")
	}
	return []byte(strings.Join(lines, "\n")), nil
}

// fillText replaces the variables of a text that is no code.
func (w *writer) fillText(v *variables, file string, source []byte, text string) string {
	return variable.ReplaceAllStringFunc(text, func(m string) string {
		parts := variable.FindStringSubmatch(m)
		value, near, ok := v.find(parts[1], parts[2])
		if !ok {
			w.unknownVariable(file, m, near, source)
			return ""
		}
		return w.word(value, parts[2], parts[3])
	})
}

// find looks a path up; near is what may have been meant.
func (v *variables) find(wave, path string) (value any, near string, ok bool) {
	block := v.results
	if wave != "" {
		if block, ok = v.waves[wave].(map[string]any); !ok {
			return nil, diag.Nearest(wave, slices.Sorted(maps.Keys(v.waves))), false
		}
	}
	keys := strings.Split(path, ".")
	first := map[string]any{}
	maps.Copy(first, block)
	for _, part := range []string{"service", "questions", "analyses"} {
		inner, _ := block[part].(map[string]any)
		maps.Copy(first, inner)
	}
	value = any(first)
	for i, key := range keys {
		next, names, found := below(value, key)
		if !found {
			if near = diag.Nearest(key, names); near != "" {
				near = strings.Join(append(slices.Clone(keys[:i]), near), ".")
			}
			return nil, near, false
		}
		if value = next; hidden(value) {
			return nil, "", true
		}
	}
	return value, "", true
}

// below is the value of a key, or the entry of a list with this id.
func below(value any, key string) (next any, names []string, ok bool) {
	switch value := value.(type) {
	case map[string]any:
		next, ok = value[key]
		return next, slices.Sorted(maps.Keys(value)), ok
	case []any:
		for _, e := range value {
			entry, _ := e.(map[string]any)
			id, _ := entry["id"].(string)
			if names = append(names, id); id == key {
				return e, names, true
			}
		}
	}
	return nil, names, false
}

// hidden reports whether a value is kept from the reader.
func hidden(value any) bool {
	m, _ := value.(map[string]any)
	s, _ := m["suppressed"].(bool)
	return s
}

// word writes a value as it stands in a text.
func (w *writer) word(value any, path, form string) string {
	share := strings.HasSuffix(path, "share")
	switch value := value.(type) {
	case float64:
		return figure(value, form, share)
	case string:
		return escapedMarkdown.ReplaceAllString(value, `\$0`)
	case []any:
		if len(value) == 2 {
			low, isLow := value[0].(float64)
			high, isHigh := value[1].(float64)
			if isLow && isHigh {
				return figure(low, form, share) + "–" + figure(high, form, share)
			}
		}
	case nil:
		return w.locale.Say("variable.none")
	}
	return w.locale.Say("variable.none")
}

var escapedMarkdown = regexp.MustCompile("[!-/:-@\\[-`{-~]")

// figure writes a number with the decimals of form.
func figure(v float64, form string, share bool) string {
	digits, percent := strings.CutSuffix(form, "%")
	decimals := 1
	if n, err := strconv.Atoi(digits); err == nil {
		decimals = n
	} else if v == math.Trunc(v) && !share {
		decimals = 0
	}
	if percent || form == "" && share {
		return strings.Replace(strconv.FormatFloat(100*v, 'f', decimals, 64), "-", "−", 1) + "%"
	}
	return strings.Replace(strconv.FormatFloat(v, 'f', decimals, 64), "-", "−", 1)
}

func (w *writer) unknownVariable(file, text, near string, source []byte) {
	cure := diag.Say("name an analysis, a question or a key of results.json, such as {{index.score}}")
	if near != "" {
		cure = diag.Say("did you mean %q?", near)
	}
	w.problems.Add(diag.Problem{
		Severity: diag.Error, Code: "unknown-variable", Place: placeOf(file, text, source), Summary: diag.Say("the results have no %s", text), Cure: cure,
	})
}

// placeOf is where a text first stands in a file.
func placeOf(file, text string, source []byte) diag.Place {
	place := diag.Place{File: file}
	for i, line := range strings.Split(string(source), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			place.Line, place.Column, place.Length = i+1, len([]rune(before))+1, len([]rune(text))
			break
		}
	}
	return place
}
