package site

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"manyi/templates"
)

// Templates are the embedded templates under those of a workspace.
func Templates(workspace fs.FS) fs.FS {
	return layered{over: workspace, prefix: "templates", under: templates.Files}
}

// layered is the embedded files under those of the workspace's folder prefix.
type layered struct {
	over   fs.FS
	prefix string
	under  fs.FS
}

// Open opens the workspace's file, else the embedded one.
func (l layered) Open(name string) (fs.File, error) {
	if f, err := l.over.Open(path.Join(l.prefix, name)); err == nil {
		if info, err := f.Stat(); err == nil && !info.IsDir() {
			return f, nil
		}
		f.Close()
	}
	return l.under.Open(name)
}

// ReadDir lists the files of both layers, each name once, sorted.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	under, err := fs.ReadDir(l.under, name)
	over, overErr := fs.ReadDir(l.over, path.Join(l.prefix, name))
	if err != nil && overErr != nil {
		return nil, err
	}
	for _, e := range over {
		if !slices.ContainsFunc(under, func(u fs.DirEntry) bool { return u.Name() == e.Name() }) {
			under = append(under, e)
		}
	}
	slices.SortFunc(under, func(a, c fs.DirEntry) int { return strings.Compare(a.Name(), c.Name()) })
	return under, nil
}
