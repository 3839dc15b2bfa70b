package diag

import (
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// The parts of SARIF 2.1.0 (OASIS, 2020-03-27) that this program writes; the
// section numbers are of that standard.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		Language   string        `json:"language"`
		ColumnKind string        `json:"columnKind"` // 3.14.17: columns count code points
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription sarifMessage `json:"shortDescription"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifMessage `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"` // relative to the workspace (3.4.4)
	}
	// sarifRegion counts from 1; endColumn is the one behind the last character (3.30.8).
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// WriteSARIF writes the problems as SARIF 2.1.0, which code hosts and editors
// show beside the lines at fault; words are in the given language, paths
// relative to the workspace. Problems beyond the cap of their kind are named
// in the message of the last one of that kind.
func (l *List) WriteSARIF(w io.Writer, version, lang string) error {
	problems := l.Problems()
	codes := map[string]bool{}
	last := map[kind]int{}
	for i, p := range problems {
		codes[p.Code] = true
		last[kindOf(p)] = i
	}
	ids := slices.Sorted(maps.Keys(codes))
	run := sarifRun{
		Tool:     sarifTool{sarifDriver{Name: "manyi", Version: version, Rules: []sarifRule{}}},
		Language: "en-US", ColumnKind: "unicodeCodePoints", Results: []sarifResult{},
	}
	if Chinese(lang) {
		run.Language = "zh-CN"
	}
	for _, id := range ids {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{id, sarifMessage{About(id).In(lang)}})
	}
	for i, p := range problems {
		index, _ := slices.BinarySearch(ids, p.Code)
		r := sarifResult{
			RuleID: p.Code, RuleIndex: index, Level: p.Severity.String(), Message: p.sarifMessage(lang),
			Locations: []sarifLocation{p.Place.sarif()}, Related: p.sarifRelated(lang),
		}
		if more := l.more[kindOf(p)]; more > 0 && last[kindOf(p)] == i {
			r.Message.Text += "\n" + Say("… and %d more of this kind", more).In(lang)
		}
		run.Results = append(run.Results, r)
	}
	return write(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

func (p Problem) sarifMessage(lang string) sarifMessage {
	text := p.Summary.In(lang)
	if cure := p.Cure.In(lang); cure != "" {
		text += "\n" + cure
	}
	return sarifMessage{text}
}

// sarifRelated are the rule that is broken and the further places.
func (p Problem) sarifRelated(lang string) []sarifLocation {
	var out []sarifLocation
	add := func(at Place, says Phrase) {
		l, id := at.sarif(), len(out)
		l.ID, l.Message = &id, &sarifMessage{says.In(lang)}
		out = append(out, l)
	}
	if p.Rule != (Place{}) {
		add(p.Rule, Say("the rule that it breaks"))
	}
	for _, o := range p.Others {
		add(o.Place, o.Says)
	}
	return out
}

func (p Place) sarif() sarifLocation {
	out := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{relativeURI(p.File)}}}
	if p.Line == 0 {
		return out
	}
	region := &sarifRegion{StartLine: p.Line}
	if p.Column > 0 {
		region.StartColumn, region.EndColumn = p.Column, p.Column+max(p.Length, 1)
	}
	out.Physical.Region = region
	return out
}

// relativeURI escapes the segments of a slash-separated path.
func relativeURI(path string) string {
	parts := strings.Split(path, "/")
	for i, s := range parts {
		parts[i] = url.PathEscape(s)
	}
	if strings.Contains(parts[0], ":") { // would read as a scheme
		parts[0] = strings.ReplaceAll(parts[0], ":", "%3A")
	}
	return strings.Join(parts, "/")
}
