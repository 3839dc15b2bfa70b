package importer

import (
	"os"

	"manyi/internal/importer/definition"
)

// PutNames writes what a questionnaire calls otherwise than the survey drafted
// from it, so that its responses find their columns; nothing where all is the same.
func PutNames(root *os.Root, name string, report *definition.Report) error {
	if len(report.Names) == 0 {
		return nil
	}
	m := Mapping{Source: report.Format}
	for _, n := range report.Names {
		if n.Item == "" {
			m.Names = append(m.Names, MappedColumn{n.From, n.To})
		} else {
			m.Labels = append(m.Labels, MappedLabel{Item: n.Item, Label: n.From, Code: n.To})
		}
	}
	return Put(root, name, m.YAML([]string{"names of the questionnaire and what they are here; responses that are imported are read by it"}))
}
