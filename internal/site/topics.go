package site

import (
	"io"
	"path"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// topicCodes reads what people wrote by hand of the topics of answers, nil
// where there is no such file.
func (b *builder) topicCodes(s *survey.Survey, in *inputs, problems *diag.List) (*survey.TopicCodes, error) {
	name := path.Dir(s.File) + "/" + survey.TopicCodesName
	if in.hashes[name] == "" {
		return nil, nil
	}
	return s.ReadTopicCodes(table.Source{Name: name, Open: func() (io.ReadCloser, error) { return b.files.Open(name) }}, problems)
}
