package measure_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"manyi/internal/measure"
)

const enterpriseDefinition = `manyi: 1
id: simulated
version: 1
languages: [en]
title: Simulated
pages:
  - id: all
    questions:
      - {id: rep, type: single_choice, text: reputation, options: [{code: 1, label: bad}, {code: 2, label: neither}, {code: 3, label: good}, {code: 9, label: unknown}]}
      - {id: again, type: yes_no, text: again}
      - {id: recommend, type: yes_no, text: recommend}
      - {id: grief, type: yes_no, text: grievance}
      - {id: told, type: yes_no, text: told us}
hidden:
  - {id: region, from: r, allow: [a, b]}
segments: [region]
analyses:
  - id: firm
    method: enterprise
    reputation: {question: rep, codes: [3], base: [1, 2, 3], net: {question: rep, codes: [1], base: [1, 2, 3]}}
    return: {any: [{question: again, codes: ["yes"]}, {question: recommend, codes: ["yes"]}]}
    complaint: {question: grief, codes: ["yes"], beside: {question: told, codes: ["yes"]}}
    sales: {value: 90, min: 50, max: 110}
    weights: {reputation: 0.4, return: 0.3, complaint: 0.2, sales: 0.1}
`

// enterpriseRows are 40 answers by a rule that the comments of the test repeat.
func enterpriseRows() string {
	var b strings.Builder
	b.WriteString("_id,rep,again,recommend,grief,told,region\n")
	yes := map[bool]string{true: "yes", false: "no"}
	for i := range 40 {
		rep := []string{"3", "2", "3", "1", "9"}[i%5]
		again := yes[i%4 == 0]
		if i%10 == 9 {
			again = ""
		}
		fmt.Fprintf(&b, "%d,%s,%s,%s,%s,%s,%s\n", i, rep, again, yes[i%3 == 0], yes[i%8 == 1], yes[i%16 == 1], map[bool]string{true: "a", false: "b"}[i < 37])
	}
	return b.String()
}

// The expected numbers are those of these lines of Python 3:
//
//	rep = [[3,2,3,1,9][i%5] for i in range(40)]; ok = [r != 9 for r in rep]
//	x1 = [50*((r==3)-(r==1)+1) if o else None for r, o in zip(rep, ok)]
//	x2 = [100.0*(i%3==0 or (i%10!=9 and i%4==0)) for i in range(40)]
//	x3 = [100-100.0*(i%8==1) for i in range(40)]
//	mean = lambda x: sum(v for v in x if v is not None)/sum(v is not None for v in x)
//	m = [mean(x1), mean(x2), mean(x3)]; w = [.4,.3,.2]
//	score = sum(a*b for a, b in zip(w, m)) + .1*(90-50)/60*100
//	n = [32, 40, 40]; z = [sum(w[k]*(x[i]-m[k])/n[k] for k, x in enumerate([x1,x2,x3]) if x[i] is not None) for i in range(40)]
//	se = (40/39*sum(v*v for v in z))**.5
func TestEnterpriseIndex(t *testing.T) {
	r := measured(t, enterpriseDefinition, map[string]string{}, literal(enterpriseRows()))
	e := r.Analyses["firm"].(*measure.Enterprise)
	c := &comparison{t: t}
	c.of("score", float64(e.Score), wantScore, 1e-9)
	c.of("se", float64(e.SE), wantSE, 1e-9)
	c.of("reputation", float64(e.Components[0].Score), 62.5, 1e-9)
	c.of("reputation.rate", float64(e.Components[0].Rate), .5, 1e-12)
	c.of("reputation.net_of", float64(*e.Components[0].Off), .25, 1e-12)
	c.of("return.rate", float64(e.Components[1].Rate), .5, 1e-12)
	c.of("complaint.rate", float64(e.Components[2].Rate), .125, 1e-12)
	c.of("complaint.score", float64(e.Components[2].Score), 87.5, 1e-12)
	c.of("complaint.beside", float64(e.Components[2].Beside.Share), .075, 1e-12)
	c.of("sales.score", float64(e.Components[3].Score), 200.0/3, 1e-9)
	if e.N != 32 || e.Respondents != 40 {
		t.Errorf("n = %d of %d respondents, want 32 of 40", e.N, e.Respondents)
	}
	c.done("enterprise", "Python 3")
	if _, hidden := r.BySegment["region"]["b"].Analyses["firm"].(*measure.Hidden); !hidden {
		t.Error("a group of three is shown")
	}
}

const (
	wantScore = 64.16666666666667
	wantSE    = 3.763863263545405
)

func TestEnterpriseWithoutAnswers(t *testing.T) {
	r := measured(t, enterpriseDefinition, map[string]string{}, literal("_id,rep,again,recommend,grief,told,region\n"))
	e := r.Analyses["firm"].(*measure.Enterprise)
	if !math.IsNaN(float64(e.Score)) || e.Why != measure.NoAnswers || e.N != 0 {
		t.Errorf("score %v, why %q, n %d", e.Score, e.Why, e.N)
	}
}

// Equal weights of any size change nothing, rows without weight take no part.
func TestEnterpriseWithWeights(t *testing.T) {
	plain := measured(t, enterpriseDefinition, map[string]string{}, literal(enterpriseRows())).Analyses["firm"].(*measure.Enterprise)
	text := strings.Replace(enterpriseDefinition, "analyses:", "weights: {column: w}\nanalyses:", 1)
	var rows strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(enterpriseRows()), "\n") {
		if i == 0 {
			line += ",w"
		} else {
			line += ",2.5"
		}
		rows.WriteString(line + "\n")
	}
	for i := range 10 {
		fmt.Fprintf(&rows, "%d,1,no,no,yes,yes,a,0\n", 100+i)
	}
	weighted := measured(t, text, map[string]string{}, literal(rows.String())).Analyses["firm"].(*measure.Enterprise)
	if math.Abs(float64(plain.Score-weighted.Score)) > 1e-12 || math.Abs(float64(plain.SE-weighted.SE)) > 1e-12 || plain.N != weighted.N || plain.Respondents != weighted.Respondents {
		t.Errorf("score %v ± %v of %d, without weights %v ± %v of %d", weighted.Score, weighted.SE, weighted.N, plain.Score, plain.SE, plain.N)
	}
}

func TestServiceEvaluation(t *testing.T) {
	text := enterpriseDefinition[:strings.Index(enterpriseDefinition, "analyses:")] + `analyses:
  - id: service
    method: service_evaluation
    items:
      - {id: a, weight: 10, score: 9, evidence: log, stage: before}
      - {id: b, weight: 20, score: 15, stage: after}
      - {id: c, weight: 30, stage: after}
      - {id: d, weight: 40, involved: false, stage: during}
    deductions: [{label: complaint, points: 3, stage: after}]
    target: 70
`
	s := measured(t, text, map[string]string{}, literal(enterpriseRows())).Analyses["service"].(*measure.ServiceEvaluation)
	if s.Obtained != 24 || s.Involved != 30 || s.Deducted != 3 || s.Score != 70 || s.Verdict != measure.Met {
		t.Errorf("obtained %v of %v less %v is %v, %s", s.Obtained, s.Involved, s.Deducted, s.Score, s.Verdict)
	}
	if got, want := fmt.Sprint(s.Unscored, s.Unproven, s.Uninvolved), "[c] [b] [d]"; got != want {
		t.Errorf("unscored, unproven, not involved: %s, want %s", got, want)
	}
	if len(s.Stages) != 3 || s.Stages[2].Score != 60 || !math.IsNaN(float64(s.Stages[1].Score)) {
		t.Errorf("stages %+v", s.Stages)
	}
}
