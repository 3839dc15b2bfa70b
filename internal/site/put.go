package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// journalFile names the files that a build was about to replace. It is there
// only while a build writes, or after one that was cut off.
const journalFile = ".manyi/unfinished.json"

// staged is a new file of the site under its first name.
type staged struct {
	name, at string // below site/; below .manyi/
	replaces bool
}

// put moves the staged files into the site. Where one cannot be moved, those
// before it are put back: a failed build leaves the site as it was.
func (b *builder) put(files []staged) error {
	if len(files) == 0 {
		return nil
	}
	if err := b.journal(files); err != nil {
		return err
	}
	if err := errors.Join(b.root.RemoveAll(".manyi/undo"), b.root.Mkdir(".manyi/undo", 0o755)); err != nil {
		return fmt.Errorf("write site: %w", err)
	}
	made := map[string]bool{}
	var back []staged // what can be put back
	for _, f := range files {
		to := "site/" + f.name
		if dir := path.Dir(to); !made[dir] {
			if err := b.root.MkdirAll(dir, 0o755); err != nil {
				return b.putBack(back, err)
			}
			made[dir] = true
		}
		// A file system without such links has no way back.
		if !f.replaces || b.root.Link(to, f.undo()) == nil {
			back = append(back, f)
		}
		if err := b.root.Rename(".manyi/"+f.at, to); err != nil {
			return b.putBack(back, err)
		}
	}
	return nil
}

// undo is the second name of the file that f replaces.
func (f staged) undo() string { return ".manyi/undo/" + path.Base(f.at) }

// putBack undoes moves after err.
func (b *builder) putBack(files []staged, err error) error {
	err = fmt.Errorf("write site: %w", err)
	for _, f := range files {
		var back error
		if f.replaces {
			back = b.root.Rename(f.undo(), "site/"+f.name)
		} else {
			back = b.root.Remove("site/" + f.name)
		}
		if back != nil && !errors.Is(back, fs.ErrNotExist) {
			return errors.Join(err, fmt.Errorf("put the old site back: %w", back))
		}
	}
	return errors.Join(err, b.root.Remove(journalFile))
}

// journal notes what is about to be replaced.
func (b *builder) journal(files []staged) error {
	var names []string
	for _, f := range files {
		names = append(names, f.name)
	}
	body, err := json.Marshal(names)
	if err != nil {
		return err
	}
	if err := b.root.WriteFile(journalFile+".new", body, 0o644); err != nil {
		return fmt.Errorf("note what is written: %w", err)
	}
	if err := b.root.Rename(journalFile+".new", journalFile); err != nil {
		return fmt.Errorf("note what is written: %w", err)
	}
	return nil
}

// distrust forgets what is known of the files that a build which was cut off
// may have replaced: they are written anew, or removed where nobody has them.
func (s *state) distrust(files fs.FS) {
	var names []string
	body, err := fs.ReadFile(files, journalFile)
	if err != nil || json.Unmarshal(body, &names) != nil {
		return
	}
	s.unfinished = true
	if s.Shared == nil {
		s.Shared = &remembered{}
	}
	owner := map[string]*remembered{}
	for _, r := range s.Surveys {
		for name := range r.outputs() {
			owner[name] = r
		}
	}
	for _, name := range names {
		if !fs.ValidPath(name) {
			continue
		}
		r := owner[name]
		if r == nil {
			r = s.Shared
		}
		r.outputs()[name], r.Key = "", ""
	}
}
