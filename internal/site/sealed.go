package site

import (
	"errors"
	"io/fs"
	"path"

	"manyi/internal/diag"
	"manyi/internal/seal"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// tellProof reports the keys of a sealed survey of which nobody has shown that
// they open what is sealed for them: a lost or mistyped key is noticed before
// anyone answers, not after.
func (b *builder) tellProof(s *survey.Survey, problems *diag.List) {
	if !s.Collect.Sealed() {
		return
	}
	file := path.Join(path.Dir(s.File), seal.ProofName)
	text, err := fs.ReadFile(b.files, file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		problems.Add(diag.Problem{Severity: diag.Error, Code: "key-not-proven", Place: diag.Place{File: file}, Summary: diag.Say("the proof of the keys cannot be read"), Cure: diag.Say("delete it, then: manyi open --proof --survey %s --identity FILE", s.ID)})
		return
	}
	severity := diag.Error
	if b.options.SkipKeyProof {
		severity = diag.Warning
	}
	for i, r := range s.Collect.Seal {
		if !seal.Proven(text, r) {
			problems.Add(diag.Problem{
				Severity: severity, Code: "key-not-proven", Place: s.Collect.SealAt,
				Summary: diag.Say("nobody has shown that key %d of seal opens what is sealed for it", i+1),
				Cure:    diag.Say("manyi open --proof --survey %s --identity FILE, with the secret key; or build with --skip-key-proof", s.ID),
			})
		}
	}
}

// tellSealed says how much was left out for want of a key.
func tellSealed(s *survey.Survey, answers *table.Answers, problems *diag.List) {
	records, files := answers.Count.Sealed, answers.Count.SealedFiles
	cure := diag.Say("name the file of a key with --identity or in MANYI_IDENTITY")
	if records > 0 {
		problems.Add(diag.Problem{Severity: diag.Note, Code: "sealed", Place: diag.Place{File: path.Dir(s.File)}, Summary: diag.Say("sealed responses that were not opened, and are not among the read: %d", records), Cure: cure})
	}
	if files > 0 {
		problems.Add(diag.Problem{Severity: diag.Note, Code: "sealed", Place: diag.Place{File: path.Dir(s.File)}, Summary: diag.Say("sealed files that were not opened: %d", files), Cure: cure})
	}
}
