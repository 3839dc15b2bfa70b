// Package service analyses the ledgers of service life: complaints, tickets,
// visits, suggestions, lost customers, sources, actions and topics. Its figures
// follow the conventions of package measure: NaN where undefined, a base and an
// interval with every figure, codes for warnings. It knows neither languages
// nor pages; private columns never leave it.
package service

import (
	"sync"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// Input is what is analysed. Results are the survey's; their AsOf is "today",
// their MinCell the privacy threshold.
type Input struct {
	Survey  *survey.Survey
	Ledgers *ledger.Ledgers
	Results *measure.Results
	Zone    *time.Location // of days and months
	// Problems takes what is wrong in the ledgers; nil where nobody wants to know.
	Problems *diag.List
}

// Results is what the ledgers say: the content of "service" in results.json.
type Results struct {
	Complaints *Complaints `json:"complaints,omitempty"`
	Desk       *Desk       `json:"desk,omitempty"`
	Loop       *Loop       `json:"loop,omitempty"`
	Flow       *Flow       `json:"flow,omitempty"`
}

// Analyse analyses every ledger that has files; nil where there is nothing to say.
func Analyse(in Input) *Results {
	r := &Results{}
	var aside sync.WaitGroup // the flow reads the ledgers alone, and writes nothing else
	aside.Go(func() { r.Flow = flow(in) })
	r.Complaints, r.Desk = complaints(in), desk(in)
	r.Loop = loop(in, r)
	aside.Wait()
	if *r == (Results{}) {
		return nil
	}
	return r
}
