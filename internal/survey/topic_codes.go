package survey

import (
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// TopicCodesName is the file beside survey.yaml in which people write what
// responses are about; it wins over the rules.
const TopicCodesName = "topics.csv"

// TopicCodes are topics by hand. They hold ids of responses, which stand on no page.
type TopicCodes struct {
	Number map[string]int32 // _id -> its place in Codes, from 1
	Codes  [][]TopicCode
}

// TopicCode is what one line says of a response.
type TopicCode struct {
	Analysis string
	Wave     string // "" in every wave
	Topics   []int  // places in Verbatim.Topics, ascending; none: it is about none of them
	Line     int
}

// Of is what is coded by hand of the response with a number in a wave; ok is false where nothing is.
func (c *TopicCodes) Of(number int32, wave, analysis string) (topics []int, ok bool) {
	if c == nil || number < 1 || int(number) > len(c.Codes) {
		return nil, false
	}
	for _, code := range c.Codes[number-1] {
		if code.Analysis == analysis && (code.Wave == "" || code.Wave == wave) {
			return code.Topics, true
		}
	}
	return nil, false
}

// topicColumns are the columns of the file; wave and analysis may lack.
var topicColumns = []string{"_id", "topics", "_wave", "analysis"}

// ReadTopicCodes reads the topics by hand of a survey. Its error is the system's.
func (s *Survey) ReadTopicCodes(source table.Source, problems *diag.List) (*TopicCodes, error) {
	c := &codeReader{survey: s, file: source.Name, problems: problems, out: &TopicCodes{Number: map[string]int32{}}}
	for _, a := range s.Analyses {
		if a.Verbatim != nil {
			c.analyses = append(c.analyses, a.ID)
		}
	}
	if len(c.analyses) == 0 {
		c.fail(diag.Place{File: source.Name}, diag.Warning, diag.Say("no analysis reads the topics by hand"), diag.Say("add an analysis of method verbatim, or delete the file"))
		return c.out, nil
	}
	recorded, err := table.EachRecord(source, topicColumns, problems, c.take)
	if err != nil {
		return nil, err
	}
	if !recorded.Columns[0] || !recorded.Columns[1] {
		c.fail(diag.Place{File: source.Name, Line: 1}, diag.Error, diag.Say("the columns _id and topics are needed"), diag.Say("write _id,topics in the first line, then a line for each response: its id, and ids of topics with ; between them"))
	}
	return c.out, nil
}

// codeReader reads one file of topics by hand. Its messages show no cell:
// somebody may have put answers there.
type codeReader struct {
	survey   *Survey
	file     string
	analyses []string
	problems *diag.List
	out      *TopicCodes
}

func (c *codeReader) fail(at diag.Place, severity diag.Severity, summary, cure diag.Phrase) {
	c.problems.Add(diag.Problem{Severity: severity, Code: "topic-codes", Place: at, Summary: summary, Cure: cure})
}

func (c *codeReader) take(e *table.Entry) {
	line := diag.Place{File: c.file, Line: e.Line}
	id, wave, analysis := e.Cells[0].Text, e.Cells[2].Text, e.Cells[3].Text
	for _, cell := range e.Cells {
		if !cell.Fault.Empty() {
			c.fail(line, diag.Error, diag.Say("a cell cannot be read: %s", cell.Fault), diag.Say("write one value, as text"))
			return
		}
	}
	switch {
	case id == "":
		c.fail(line, diag.Error, diag.Say("the line names no response"), diag.Say("write the _id of the response, or delete the line"))
		return
	case analysis == "" && len(c.analyses) > 1:
		c.fail(line, diag.Error, diag.Say("the line does not say which analysis it is for"), diag.Say("add the column analysis: %s", strings.Join(c.analyses, ", ")))
		return
	case analysis == "":
		analysis = c.analyses[0]
	case !slices.Contains(c.analyses, analysis):
		c.fail(line, diag.Error, diag.Say("the line is for an analysis that is not of method verbatim"), diag.Say("known here: %s", strings.Join(c.analyses, ", ")))
		return
	}
	if wave != "" && len(c.survey.Waves) > 0 && !slices.ContainsFunc(c.survey.Waves, func(w Wave) bool { return w.ID == wave }) {
		c.fail(line, diag.Error, diag.Say("the line is for a wave that is not there"), diag.Say("waves are named under waves: of the survey"))
		return
	}
	if list, ok := c.topics(e, analysis, line); ok {
		c.keep(id, TopicCode{analysis, wave, list, e.Line}, line)
	}
}

// topics are the places of the topics that a line names.
func (c *codeReader) topics(e *table.Entry, analysis string, line diag.Place) ([]int, bool) {
	names := e.Cells[1].List
	if names == nil {
		names = strings.FieldsFunc(e.Cells[1].Text, func(r rune) bool { return strings.ContainsRune(";；,，、 \t\n", r) })
	}
	i := slices.IndexFunc(c.survey.Analyses, func(a Analysis) bool { return a.ID == analysis })
	var known []string
	for _, t := range c.survey.Analyses[i].Verbatim.Topics {
		known = append(known, t.ID)
	}
	var out []int
	for _, name := range names {
		at := slices.Index(known, name)
		if at < 0 {
			c.fail(line, diag.Error, diag.Say("the line names a topic that is not there"), diag.Say("known here: %s", strings.Join(known, ", ")))
			return nil, false
		}
		out = append(out, at)
	}
	slices.Sort(out)
	return slices.Compact(out), true
}

// keep adds what a line says of a response, once.
func (c *codeReader) keep(id string, code TopicCode, line diag.Place) {
	n := c.out.Number[id]
	if n == 0 {
		c.out.Codes = append(c.out.Codes, nil)
		n = int32(len(c.out.Codes))
		c.out.Number[id] = n
	}
	for _, had := range c.out.Codes[n-1] {
		if had.Analysis == code.Analysis && (had.Wave == code.Wave || had.Wave == "" || code.Wave == "") {
			c.fail(line, diag.Error, diag.Say("the response was coded before, on line %d", had.Line), diag.Say("keep one of the two lines"))
			return
		}
	}
	c.out.Codes[n-1] = append(c.out.Codes[n-1], code)
}

// TellUnmatched warns of lines whose response is not among the answers.
func (c *TopicCodes) TellUnmatched(file string, answers *table.Answers, problems *diag.List) {
	if c == nil || len(c.Codes) == 0 {
		return
	}
	met := make([]bool, len(c.Codes))
	for _, w := range answers.Waves {
		for _, n := range w.Aside.Named {
			if n > 0 {
				met[n-1] = true
			}
		}
	}
	missing, first := 0, 0
	for i, codes := range c.Codes {
		if !met[i] && len(codes) > 0 {
			if missing++; first == 0 || codes[0].Line < first {
				first = codes[0].Line
			}
		}
	}
	if missing > 0 {
		problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "topic-codes", Place: diag.Place{File: file, Line: first}, Summary: diag.Say("responses coded by hand that are not among the answers: %d", missing),
			Cure: diag.Say("compare the ids; delete the lines of responses that were withdrawn"),
		})
	}
}
