package importer

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"manyi/internal/diag"
)

// Limits of a JSON export.
const (
	depthLimit   = 12
	membersLimit = 50_000 // of one record, flattened
)

// listed separates the entries of a JSON list in a cell.
const listed = "\x1e"

var errDeep = errors.New("nested too deeply")

// holders are the keys under which tools put the list of responses.
var holders = []string{"data", "items", "results", "submissions", "responses", "Data"}

// eachRecord hands over the records of a JSON file: a list, an object that
// holds one, or an object a line. ok is false where it is none of these.
func (f *file) eachRecord(problems *diag.List, take func(line int, keys, values []string) bool) (ok bool, err error) {
	body, err := f.opened()
	if err != nil {
		return false, err
	}
	defer body.Close()
	text := bufio.NewReaderSize(body, 1<<16)
	if mark, _ := text.Peek(3); string(mark) == "\xEF\xBB\xBF" {
		text.Discard(3)
	}
	d := json.NewDecoder(text)
	d.UseNumber()
	n := 0
	err = records(d, func(m []member) bool {
		n++
		var keys, values []string
		for _, x := range m {
			keys, values = append(keys, x.key), append(values, x.value)
		}
		return take(n, keys, values)
	})
	var syntax *json.SyntaxError
	switch {
	case err == nil && n > 0, errors.Is(err, errEnough):
		return true, nil
	case err == nil, errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, errDeep), errors.Is(err, errShape):
		problems.Add(diag.Problem{
			Severity: diag.Error, Code: "broken-export", Place: diag.Place{File: f.source.Name},
			Summary: diag.Say("the JSON holds no list of responses, or it breaks off after %d", n), Cure: diag.Say("export it again, as a list of objects or an object a line"),
		})
		return false, nil
	}
	return false, err
}

var (
	errEnough = errors.New("enough")
	errShape  = errors.New("no record")
)

// member is one value of a record: its path and its text.
type member struct{ key, value string }

func records(d *json.Decoder, take func([]member) bool) error {
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('['):
			return list(d, take)
		case json.Delim('{'):
			whole, inner, err := object(d, take)
			if err != nil || inner {
				return err
			}
			if !take(flat(whole)) {
				return errEnough
			}
		default:
			return errShape
		}
	}
}

func list(d *json.Decoder, take func([]member) bool) error {
	for d.More() {
		v, err := tree(d, 0)
		if err != nil {
			return err
		}
		if o, ok := v.(fields); ok && !take(flat(o)) {
			return errEnough
		}
	}
	_, err := d.Token()
	return err
}

// object reads the members of an object whose brace is read. Where one of them
// is the list of responses, that is handed over, and inner is true.
func object(d *json.Decoder, take func([]member) bool) (whole fields, inner bool, err error) {
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, inner, err
		}
		key, _ := t.(string)
		if !slices.Contains(holders, key) {
			v, err := tree(d, 0)
			if err != nil {
				return nil, inner, err
			}
			whole = append(whole, field2{key, v})
			continue
		}
		t, err = d.Token()
		switch {
		case err != nil:
			return nil, inner, err
		case t == json.Delim('['):
			inner = true
			if err := list(d, take); err != nil {
				return nil, true, err
			}
		case t == json.Delim('{'):
			o, err := rest(d, 1)
			if err != nil {
				return nil, inner, err
			}
			whole = append(whole, field2{key, o})
		}
	}
	_, err = d.Token()
	return whole, inner, err
}

// fields is an object with its members in order.
type fields []field2

type field2 struct {
	key   string
	value any
}

// tree reads a value: a text, a list or fields.
func tree(d *json.Decoder, depth int) (any, error) {
	if depth > depthLimit {
		return nil, errDeep
	}
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			return rest(d, depth+1)
		}
		var out []any
		for d.More() {
			e, err := tree(d, depth+1)
			if err != nil {
				return nil, err
			}
			out = append(out, e)
		}
		_, err := d.Token()
		return out, err
	case nil:
		return "", nil
	case bool:
		return fmt.Sprint(v), nil
	case json.Number:
		return v.String(), nil
	}
	s, _ := t.(string)
	return s, nil
}

func rest(d *json.Decoder, depth int) (fields, error) {
	var out fields
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		key, _ := t.(string)
		v, err := tree(d, depth)
		if err != nil {
			return nil, err
		}
		out = append(out, field2{key, v})
	}
	_, err := d.Token()
	return out, err
}

// flat writes a record as one row: a value in an object is under the path to it.
func flat(o fields) []member {
	var out []member
	for _, f := range o {
		flatten(&out, f.key, f.value)
	}
	return out
}

func flatten(out *[]member, path string, v any) {
	if len(*out) >= membersLimit {
		return
	}
	switch v := v.(type) {
	case string:
		*out = append(*out, member{path, v})
	case fields:
		for _, f := range v {
			flatten(out, path+"."+f.key, f.value)
		}
	case []any:
		if typeform(out, path, v) {
			return
		}
		var words []string
		for i, e := range v {
			if s, ok := e.(string); ok {
				words = append(words, strings.ReplaceAll(s, listed, " "))
				continue
			}
			flatten(out, fmt.Sprintf("%s.%d", path, i+1), e)
		}
		if words != nil || len(v) == 0 {
			text := strings.Join(words, listed)
			if len(words) < 2 {
				text += listed
			}
			*out = append(*out, member{path, text})
		}
	}
}

// typeform writes the answers of Typeform's API under the names of their questions.
func typeform(out *[]member, path string, list []any) bool {
	if path != "answers" {
		return false
	}
	for _, e := range list {
		o, ok := e.(fields)
		if !ok {
			return false
		}
		ref, kind := "", ""
		for _, f := range o {
			switch f.key {
			case "field":
				inner, _ := f.value.(fields)
				for _, g := range inner {
					if s, _ := g.value.(string); g.key == "ref" || g.key == "id" && ref == "" {
						ref = s
					}
				}
			case "type":
				kind, _ = f.value.(string)
			}
		}
		if ref == "" {
			return false
		}
		for _, f := range o {
			if f.key == kind {
				answer(out, ref, f.value)
			}
		}
	}
	return true
}

// answer writes the answer of one question of Typeform: choice {label},
// choices {labels}, or a plain value.
func answer(out *[]member, ref string, v any) {
	o, ok := v.(fields)
	if !ok {
		flatten(out, ref, v)
		return
	}
	for _, f := range o {
		switch f.key {
		case "label", "labels":
			flatten(out, ref, f.value)
		case "other":
			flatten(out, ref+"_other", f.value)
		}
	}
}
