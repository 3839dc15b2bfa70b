// Package invite makes the links by which people reach a survey: one for each
// person, each with a token of its own, or one for each channel, counter or
// place. It writes them as a list, as QR codes and as sheets for print. It
// knows nothing of answers.
package invite

import (
	"bytes"
	"crypto/ed25519"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/survey"
	"manyi/internal/token"
)

// Parameter is the name under which a link carries its token.
const Parameter = "t"

// Order is what is asked for.
type Order struct {
	Survey *survey.Survey
	Page   string             // address of the survey page
	Key    ed25519.PrivateKey // nil: links without tokens
	Kind   token.Kind
	Until  string            // last day of the tokens, "" without
	N      int               // links, where there are no people and no Each
	Values map[string]string // hidden column -> value, in every link
	Each   []string          // hidden columns: a link for each allowed value of all of them
	People *People           // nil without
}

// People are the rows of a list, with columns of any names.
type People struct {
	Head []string
	Rows [][]string
}

// Link is one invitation.
type Link struct {
	Number  int      // from 1
	Row     []string // of People
	Values  []value  // of hidden columns
	Serial  string   // of the token
	Address string
}

type value struct{ column, parameter, text string }

// Label is what stands under a QR code: the number, then what tells the link from others.
func (l Link) Label() string {
	parts := []string{strconv.Itoa(l.Number)}
	for _, v := range l.Values {
		parts = append(parts, v.text)
	}
	return strings.Join(parts, " · ")
}

// Fault is something in the order that its author can mend.
type Fault struct{ message string }

func (f Fault) Error() string { return f.message }

// mostLinks is the most links of one order.
const mostLinks = 1_000_000

// ReadPeople reads a CSV file in UTF-8 with a header.
func ReadPeople(data []byte) (*People, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	rows, err := r.ReadAll()
	if perr, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, Fault{fmt.Sprintf("line %d of the list is no CSV of the header's width", perr.Line)}
	}
	switch {
	case err != nil:
		return nil, err
	case len(rows) < 2:
		return nil, Fault{"the list has a header and no rows"}
	}
	return &People{rows[0], rows[1:]}, nil
}

// Make makes the links of an order.
func Make(o Order) ([]Link, error) {
	base, err := url.Parse(o.Page)
	if err != nil || base.Host == "" {
		return nil, Fault{"the address of the survey page is not one: give --url https://example.com/surveys/" + o.Survey.ID + "/"}
	}
	plans, err := o.plans()
	if err != nil {
		return nil, err
	}
	out := make([]Link, 0, len(plans))
	for i, p := range plans {
		p.Number = i + 1
		q := base.Query()
		for _, v := range p.Values {
			q.Set(v.parameter, v.text)
		}
		if o.Key != nil {
			text, made, err := token.New(o.Key, o.Survey.ID, o.Kind, o.Until)
			if err != nil {
				return nil, Fault{err.Error()}
			}
			p.Serial = made.Serial
			q.Set(Parameter, text)
		}
		link := *base
		link.RawQuery = q.Encode()
		p.Address = link.String()
		out = append(out, p)
	}
	return out, nil
}

// plans are the links with their values, without tokens.
func (o Order) plans() ([]Link, error) {
	common, err := o.common()
	if err != nil {
		return nil, err
	}
	rows, err := o.each([]Link{{Values: common}})
	if err != nil {
		return nil, err
	}
	switch {
	case o.People != nil:
		return o.persons(common)
	case len(o.Each) > 0 || o.Kind == token.Many && o.N == 0:
		return rows, nil
	case o.N < 1 || o.N > mostLinks:
		return nil, Fault{fmt.Sprintf("-n takes a number from 1 to %d", mostLinks)}
	}
	return slices.Repeat(rows, o.N), nil
}

func (o Order) common() ([]value, error) {
	var out []value
	for _, h := range o.Survey.Hidden {
		if text, ok := o.Values[h.ID]; ok {
			v, err := take(h, text)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
	}
	for id := range o.Values {
		if o.hidden(id) == nil {
			return nil, Fault{fmt.Sprintf("the survey has no hidden column %q", id)}
		}
	}
	return out, nil
}

func (o Order) hidden(name string) *survey.Hidden {
	for i, h := range o.Survey.Hidden {
		if h.ID == name || h.From == name {
			return &o.Survey.Hidden[i]
		}
	}
	return nil
}

// take holds a value against what the survey allows.
func take(h survey.Hidden, text string) (value, error) {
	v := value{h.ID, h.From, text}
	if v.parameter == "" {
		v.parameter = h.ID
	}
	if len(h.Options) > 0 && !slices.ContainsFunc(h.Options, func(o survey.Option) bool { return o.Code == text }) {
		return v, Fault{fmt.Sprintf("hidden column %q does not allow one of the values", h.ID)}
	}
	if h.Pattern != "" {
		if p, err := regexp.Compile(h.Pattern); err == nil && !p.MatchString(text) {
			return v, Fault{fmt.Sprintf("one of the values does not match the pattern of hidden column %q", h.ID)}
		}
	}
	return v, nil
}

// each multiplies the links by the allowed values of hidden columns.
func (o Order) each(rows []Link) ([]Link, error) {
	for _, name := range o.Each {
		h := o.hidden(name)
		if h == nil || len(h.Options) == 0 {
			return nil, Fault{fmt.Sprintf("--each needs a hidden column with allow, and %q is none", name)}
		}
		var next []Link
		for _, row := range rows {
			for _, option := range h.Options {
				v, err := take(*h, option.Code)
				if err != nil {
					return nil, err
				}
				next = append(next, Link{Values: append(slices.Clone(row.Values), v)})
			}
		}
		if rows = next; len(rows) > mostLinks {
			return nil, Fault{"that makes too many links"}
		}
	}
	return rows, nil
}

// persons are the links of the people of a list: a column that is called like a
// hidden one goes into the link, others stay in the list.
func (o Order) persons(common []value) ([]Link, error) {
	var out []Link
	for i, row := range o.People.Rows {
		l := Link{Row: row, Values: slices.Clone(common)}
		for k, name := range o.People.Head {
			h := o.hidden(strings.TrimSpace(name))
			if h == nil || row[k] == "" {
				continue
			}
			v, err := take(*h, row[k])
			if err != nil {
				return nil, Fault{fmt.Sprintf("row %d of the list: %v", i+2, err)}
			}
			l.Values = append(l.Values, v)
		}
		out = append(out, l)
	}
	return out, nil
}

// WriteCSV writes the list: the columns of the people, the values, the serial of
// the token and the link. It begins with a byte order mark, since spreadsheets
// take it for their own encoding otherwise.
func WriteCSV(w io.Writer, o Order, links []Link) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	head := []string{"number"}
	if o.People != nil {
		head = append(head, o.People.Head...)
	}
	own := map[string]bool{}
	for _, l := range links {
		for _, v := range l.Values {
			own[v.column] = true
		}
	}
	var columns []string
	for _, h := range o.Survey.Hidden {
		if own[h.ID] && !slices.Contains(head, h.ID) && !slices.Contains(head, h.From) {
			columns = append(columns, h.ID)
		}
	}
	head = append(append(head, columns...), "token", "link")
	if err := out.Write(safe(head)); err != nil {
		return err
	}
	for _, l := range links {
		row := append([]string{strconv.Itoa(l.Number)}, l.Row...)
		for _, c := range columns {
			row = append(row, l.of(c))
		}
		if err := out.Write(safe(append(row, l.Serial, l.Address))); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (l Link) of(column string) string {
	for _, v := range l.Values {
		if v.column == column {
			return v.text
		}
	}
	return ""
}

// safe keeps spreadsheets from taking a text for a formula.
func safe(row []string) []string {
	for i, cell := range row {
		if cell != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(cell)[0]) {
			row[i] = "'" + cell
		}
	}
	return row
}
