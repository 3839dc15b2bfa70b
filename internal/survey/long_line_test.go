package survey

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
)

// A definition that a program wrote may be one line of JSON.
func TestADefinitionOfOneLongLineIsReadInTime(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"manyi":1,"id":"p","languages":["en"],"title":"T","pages":[{"id":"m","questions":[{"id":"a","type":"dropdown","text":"x","options":[`)
	for i := range 10_000 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"code":"c%d","label":"%s %[1]d"}`, i, strings.Repeat("x", 40))
	}
	b.WriteString("]}]}]}")
	var problems diag.List
	start := time.Now()
	s := Parse(fstest.MapFS{"surveys/p/survey.yaml": {Data: []byte(b.String())}}, "surveys/p", &Workspace{Languages: []string{"en"}}, &problems)
	if took := time.Since(start); s == nil || problems.Has(diag.Error) || took > 8*time.Second { // 0.2 s alone
		t.Errorf("%v, %v", took, problems.Problems())
	}
}
