package simulate

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// metadata are the first columns of every response.
var metadata = [...]string{"_id", "_survey", "_version", "_wave", "_lang", "_mode", "_started", "_submitted"}

// header is the first line of CSV.
func (p *plan) header(to []byte) []byte {
	to = append(to, strings.Join(metadata[:], ",")...)
	for i := range p.columns {
		c := &p.columns[i]
		if c.kind != multiple {
			to = appendField(append(to, ','), c.id)
			continue
		}
		for _, code := range c.codes {
			to = appendField(append(to, ','), c.id+"_"+code)
		}
	}
	return append(to, '\n')
}

// meta are the values of metadata, "" where there is none.
func (r *respondents) meta() [len(metadata)]string {
	s := r.plan.survey
	return [...]string{
		r.id, s.ID, strconv.Itoa(s.Version), r.wave.id, r.language, "simulated",
		r.started.Format(time.RFC3339), r.submitted.Format(time.RFC3339),
	}
}

func (r *respondents) appendCSV(to []byte) []byte {
	for i, v := range r.meta() {
		if i > 0 {
			to = append(to, ',')
		}
		to = appendField(to, v)
	}
	for i := range r.plan.columns {
		c, cell := &r.plan.columns[i], &r.cells[i]
		if c.kind != multiple {
			to = appendField(append(to, ','), cell.text)
			continue
		}
		for k := range c.codes {
			to = append(to, ',')
			if cell.state == answered {
				to = append(to, bit(cell.ticks[k]))
			}
		}
	}
	return append(to, '\n')
}

func bit(ticked bool) byte {
	if ticked {
		return '1'
	}
	return '0'
}

func appendField(to []byte, s string) []byte {
	if !strings.ContainsAny(s, "\",\r\n") {
		return append(to, s...)
	}
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(s, `"`, `""`)...)
	return append(to, '"')
}

// appendJSON writes one line: an absent key was not shown, null was not answered.
func (r *respondents) appendJSON(to []byte) []byte {
	to = append(to, '{')
	for i, v := range r.meta() {
		if v == "" {
			continue
		}
		if i > 0 {
			to = append(to, ',')
		}
		to = append(appendString(to, metadata[i]), ':')
		if metadata[i] == "_version" {
			to = append(to, v...)
		} else {
			to = appendString(to, v)
		}
	}
	for i := range r.plan.columns {
		c, cell := &r.plan.columns[i], &r.cells[i]
		if cell.state == absent {
			continue
		}
		to = append(appendString(append(to, ','), c.id), ':')
		switch {
		case cell.state == empty:
			to = append(to, "null"...)
		case c.kind == multiple:
			to = appendTicks(to, c.codes, cell.ticks)
		case cell.state == answered && (c.kind == number || c.kind == weight || c.kind == drawn && c.numeric):
			to = append(to, cell.text...)
		default:
			to = appendString(to, cell.text)
		}
	}
	return append(to, "}\n"...)
}

func appendTicks(to []byte, codes []string, ticks []bool) []byte {
	to = append(to, '[')
	first := true
	for i, code := range codes {
		if !ticks[i] {
			continue
		}
		if !first {
			to = append(to, ',')
		}
		first = false
		to = appendString(to, code)
	}
	return append(to, ']')
}

// appendString writes a JSON string; what needs escapes takes the long way.
func appendString(to []byte, s string) []byte {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] == '"' || s[i] == '\\' {
			quoted, err := json.Marshal(s)
			if err != nil {
				panic("simulate: write a string: " + err.Error())
			}
			return append(to, quoted...)
		}
	}
	to = append(to, '"')
	to = append(to, s...)
	return append(to, '"')
}
