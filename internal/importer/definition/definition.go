// Package definition drafts a survey from the questionnaire of another tool:
// SurveyJS JSON, XLSForm workbooks, LimeSurvey .lss and the text of 问卷星.
// Markup becomes plain text. What has no equivalent is named in the report and
// beside its question, never dropped in silence; every guess gives its reason.
package definition

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"manyi/internal/importer/draft"
)

// The formats that Recognise knows.
const (
	SurveyJS    = "surveyjs"
	XLSForm     = "xlsform"
	LimeSurvey  = "limesurvey"
	Wenjuanxing = "wenjuanxing"
)

// Report accounts for what was read.
type Report struct {
	Format    string
	Questions int
	Lost      []string // what could not be carried over, in the order of the file
	Guessed   []string // what was guessed, with its reason
	Names     []Name   // what the tool calls otherwise than the draft
}

// mostBytes is the largest questionnaire that is read.
const mostBytes = 16 << 20

// ErrOldWorkbook says that a workbook is of the old format.
var ErrOldWorkbook = errors.New("the old format .xls is not read: open it in a spreadsheet program and save it as .xlsx")

// Recognise returns the format of a questionnaire, "" where the file is none.
func Recognise(name string, body []byte) string {
	head := bytes.TrimPrefix(body[:min(len(body), 1<<16)], []byte("\uFEFF"))
	switch strings.ToLower(path.Ext(name)) {
	case ".lss":
		return LimeSurvey
	case ".xlsx":
		if isForm(body) {
			return XLSForm
		}
		return ""
	case ".txt", ".md", "":
		if wjxQuestion.Match(head) {
			return Wenjuanxing
		}
	}
	trimmed := bytes.TrimSpace(head)
	switch {
	case bytes.HasPrefix(trimmed, []byte("{")) && isSurveyJS(body):
		return SurveyJS
	case bytes.Contains(head, []byte("<LimeSurveyDocType>Survey")):
		return LimeSurvey
	}
	return ""
}

// Read drafts a survey. Its error says why the file is no questionnaire that can be read.
func Read(name string, body []byte) (*draft.Survey, *Report, error) {
	if strings.EqualFold(path.Ext(name), ".xls") {
		return nil, nil, ErrOldWorkbook
	}
	if len(body) > mostBytes {
		return nil, nil, fmt.Errorf("the questionnaire is larger than %d MB", mostBytes>>20)
	}
	b := newBuilder(Recognise(name, body))
	var err error
	switch b.report.Format {
	case SurveyJS:
		err = b.surveyJS(body)
	case XLSForm:
		err = b.xlsForm(body)
	case LimeSurvey:
		err = b.limeSurvey(body)
	case Wenjuanxing:
		err = b.wenjuanxing(string(body))
	default:
		err = errors.New("it is no questionnaire of SurveyJS, XLSForm, LimeSurvey or 问卷星")
	}
	if err != nil {
		return nil, nil, err
	}
	return b.finish(name), b.report, nil
}
