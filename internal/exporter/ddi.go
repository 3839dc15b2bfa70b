package exporter

import (
	"io"
	"strconv"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// ddi writes a DDI-Codebook 2.5 document beside the CSV that it describes.
// Source: DDI Alliance, DDI-Codebook 2.5.
func (x *export) ddi() error {
	shown, err := x.shown()
	if err != nil {
		return err
	}
	s := x.Survey
	data := s.ID + ".csv"
	if err := x.file(data, x.writeCSV); err != nil {
		return err
	}
	root := element("codeBook", "xmlns", "ddi:codebook:2_5", "version", "2.5", "xml:lang", s.Languages[0])
	study := root.add(element("stdyDscr"))
	title := study.add(element("citation")).add(element("titlStmt"))
	title.add(element("titl")).text = x.in(s.Title, s.Languages[0])
	for _, lang := range s.Languages[1:] {
		title.add(element("parTitl", "xml:lang", lang)).text = x.in(s.Title, lang)
	}
	title.add(element("IDNo")).text = s.ID
	file := root.add(element("fileDscr", "ID", "F1", "URI", data)).add(element("fileTxt"))
	file.add(element("fileName")).text = data
	dims := file.add(element("dimensns"))
	dims.add(element("caseQnty")).text = strconv.Itoa(x.sum.Rows)
	dims.add(element("varQnty")).text = strconv.Itoa(len(shown))
	dscr := root.add(element("dataDscr"))
	for k, i := range shown {
		dscr.add(x.ddiVariable(k+1, x.variable(x.columns[i])))
	}
	return x.file(s.ID+"-ddi.xml", func(w io.Writer) error { return root.write(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n") })
}

func (x *export) ddiVariable(number int, v variable) *node {
	interval := "discrete"
	if v.Field.Kind == table.Number {
		interval = "contin"
	}
	n := element("var", "ID", "V"+strconv.Itoa(number), "name", v.ID, "files", "F1", "intrvl", interval)
	if v.ID == x.Survey.Weight {
		n = element("var", "ID", "V"+strconv.Itoa(number), "name", v.ID, "files", "F1", "intrvl", interval, "wgt", "wgt")
	}
	for _, lang := range x.Survey.Languages {
		n.add(element("labl", "xml:lang", lang)).text = v.Label[lang]
	}
	if v.Question != nil {
		q := n.add(element("qstn"))
		for _, lang := range x.Survey.Languages {
			q.add(element("qstnLit", "xml:lang", lang)).text = v.Ask[lang]
		}
		if v.Routing != "" {
			q.add(element("forward")).text = v.Routing
		}
	}
	for _, c := range v.Codes {
		cat := element("catgry")
		if c.Missing != "" {
			cat = element("catgry", "missing", "Y", "missType", c.Missing)
		}
		n.add(cat)
		cat.add(element("catValu")).text = c.Code
		for _, lang := range x.Survey.Languages {
			cat.add(element("labl", "xml:lang", lang)).text = c.Label[lang]
		}
	}
	kind := "character"
	if v.numeric() {
		kind = "numeric"
	}
	if v.Question != nil && v.Question.Type == survey.Date {
		n.add(element("varFormat", "type", "character", "category", "date"))
	} else {
		n.add(element("varFormat", "type", kind))
	}
	return n
}
