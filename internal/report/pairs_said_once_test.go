package report_test

import (
	"fmt"
	"strings"
	"testing"

	"manyi/internal/report"
)

const saidOnce = `manyi: 1
id: x
languages: [zh-CN, en]
title: {zh-CN: 题, en: x}
pages:
  - id: p
    questions:
      - id: w
        type: kano
        text: {zh-CN: 有或没有, en: With it or without it}
        features:
          - id: quick
            label: {zh-CN: 快, en: Quick}
            functional: {zh-CN: 如果很快, en: If it is quick}
            dysfunctional: {zh-CN: 如果不快, en: If it is not quick}
      - id: e
        type: matrix
        scale: sat5
        text: {zh-CN: 期望, en: Expected}
        rows: [{id: a, label: {zh-CN: 甲, en: Alpha}}, {id: b, label: {zh-CN: 乙, en: Beta}}, {id: c, label: {zh-CN: 丙, en: Gamma}}]
      - id: m
        type: matrix
        scale: sat5
        text: {zh-CN: 感受, en: Met}
        rows: [{id: a, label: {zh-CN: 甲, en: Alpha}}, {id: b, label: {zh-CN: 乙, en: Beta}}, {id: c, label: {zh-CN: 丙, en: Gamma}}]
analyses:
  - {id: k, method: kano, question: w}
  - id: g
    method: gap
    dimensions:
      - {id: a, label: {zh-CN: 甲, en: Alpha}, pairs: [{perceived: m_a, expected: e_a}]}
      - {id: b, label: {zh-CN: 乙, en: Beta}, pairs: [{perceived: m_b, expected: e_b}]}
      - {id: c, label: {zh-CN: 丙, en: Gamma}, pairs: [{perceived: m_c, expected: e_c}]}
  - id: i
    method: csi
    weighting: stated
    facets:
      - {id: f1, label: {zh-CN: 一, en: One}, importance: e_a, items: [m_a, m_b]}
      - {id: f2, label: {zh-CN: 二, en: Two}, importance: e_b, items: [m_c, m_b]}
  - id: audit
    method: service_evaluation
    items:
      - {id: s, weight: 10, score: 9, standard: {zh-CN: 当日答复, en: Answered the same day}, evidence: {zh-CN: 登记表, en: The log}}
`

func TestWhatIsOneThingIsSaidOnceAndInTheReadersLanguage(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("_id,w_quick_f,w_quick_d,e_a,e_b,e_c,m_a,m_b,m_c\n")
	for i := range 60 {
		fmt.Fprintf(&rows, "%d,1,5,%d,4,5,3,%d,2\n", i, 4+i%2, 2+i%3)
	}
	r := reported(t, saidOnce, "en", rows.String())
	if p := page(r, "kano"); !says(p, "If it is quick") || !says(p, "If it is not quick") || says(p, "With it or without it") {
		t.Error("the pair of the first feature is not asked as on the form")
	}
	gaps := page(r, "gaps")
	for _, s := range gaps.Sections {
		for _, b := range s.Blocks {
			if b.Table == nil {
				continue
			}
			for _, row := range b.Table.Rows {
				if len(row.Cells) == 0 {
					t.Errorf("the table has a heading %q for one item", row.Label)
				}
			}
		}
	}
	index := page(r, "satisfaction-index")
	if n := notes(index, "weigh the same"); n != 1 {
		t.Errorf("got %d notes on equal parts, want 1", n)
	}
	for lang, want := range map[string][]string{"en": {"Answered the same day", "The log"}, "zh-CN": {"当日答复", "登记表"}} {
		p := page(reported(t, saidOnce, lang, rows.String()), "satisfaction-index")
		for _, w := range want {
			if !strings.Contains(allTexts(p), w) {
				t.Errorf("%s: the page does not say %q", lang, w)
			}
		}
	}
}

// notes counts the notes of a page that say something.
func notes(p *report.Page, what string) int {
	n := 0
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			if strings.Contains(b.Note, what) {
				n++
			}
		}
	}
	return n
}
