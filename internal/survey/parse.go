package survey

import (
	"io/fs"
	"maps"
	"path"
	"slices"

	"manyi/internal/diag"
)

// Parse reads and judges the definition in dir of a workspace (surveys/<id>).
// Every fault goes to problems; the survey is nil only where the file has no
// usable structure at all.
func Parse(workspace fs.FS, dir string, ws *Workspace, problems *diag.List) *Survey {
	file := load(workspace, path.Join(dir, "survey.yaml"), problems)
	if file == nil {
		return nil
	}
	r := newReader(file, problems)
	s := &Survey{File: file.name, Version: 1, Scales: map[string]*Scale{}}
	maps.Copy(s.Scales, shipped())
	r.def = &definition{survey: s, site: ws, files: workspace, columns: map[string]*column{}}
	have := mapping(r, file.root, diag.Say("a survey"), surveyKeys, s)
	if have == nil {
		return nil
	}
	if id := have["id"].value; id != nil && s.ID != "" && s.ID != path.Base(dir) {
		r.fail(id, "wrong-id", diag.Say("rename the folder or change the id; they must be the same"), diag.Say("id %q is not the name of the folder, %q", s.ID, path.Base(dir)))
	}
	r.judge(s)
	r.judgeComplaint(s, have)
	s.canonical = canon{s.Scales}.survey(file.root)
	return s
}

func newReader(file *source, problems *diag.List) *reader {
	r := &reader{source: file, problems: problems, noted: map[string]bool{}}
	r.readLanguages()
	return r
}

// judge runs the checks that need the whole file and leaves out questions of no known type.
func (r *reader) judge(s *Survey) {
	for _, f := range r.def.resolve {
		f()
	}
	for _, sc := range s.Scales {
		if sc.Level == "" {
			sc.Level = Nominal
		}
	}
	r.gather(s)
	for i := range s.Pages {
		for _, q := range s.Pages[i].Questions {
			if q.Scale != nil && q.Scale.Level == "" {
				q.Scale.Level = Nominal
			}
		}
		s.Pages[i].Questions = slices.DeleteFunc(s.Pages[i].Questions, func(q *Question) bool { return q.Type == "" })
	}
	r.metricAnalyses(s)
	for _, f := range slices.Concat(r.def.sources, r.def.checks) {
		f()
	}
	r.kanoAnalyses(s)
	r.cycles(s)
	judgePrivacy(r, child(r.root, "privacy"), child(r.root, "collect"), s)
	r.judgeExpressions()
	if !r.problems.Has(diag.Error) {
		for i := range s.Calculated {
			r.settled(&s.Calculated[i])
		}
		r.logic(s)
		r.computeAgain(s)
	}
	s.Segments = slices.DeleteFunc(s.Segments, func(id string) bool {
		c := r.def.column(id)
		return c == nil || c.role == silent || c.role == group || c.role == tick
	})
}

// ParseWorkspace reads manyi.yaml.
func ParseWorkspace(workspace fs.FS, problems *diag.List) *Workspace {
	file := load(workspace, "manyi.yaml", problems)
	if file == nil {
		return nil
	}
	ws := &Workspace{Timezone: "Asia/Shanghai", MinCell: defaultMinCell, MinCellText: defaultMinCellText}
	if mapping(newReader(file, problems), file.root, diag.Say("manyi.yaml"), workspaceKeys, ws) == nil {
		return nil
	}
	return ws
}
