package site

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// place is a folder of the workspace that is kept open, so that what stands
// below it is reached in one step.
type place struct {
	guarded
	base string // its path in the workspace with a slash, "" for the workspace
}

// within opens a folder below p; nil where there is none.
func (p *place) within(name string) (*place, error) {
	root, err := p.root.OpenRoot(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &place{guarded{root}, p.base + name + "/"}, nil
}

func (p *place) close() {
	if p != nil {
		p.root.Close()
	}
}

// walk visits the files of a folder, those of one folder in order; info is nil
// for links, special files, names that cannot be shown and folders that cannot
// be read.
func (p *place) walk(dir string, visit func(name string, info fs.FileInfo)) error {
	if p == nil {
		return nil
	}
	if !isPlainName(dir) {
		visit(p.base+dir, nil)
		return nil
	}
	f, err := p.Open(dir)
	if errors.Is(err, fs.ErrNotExist) { // not there, or gone meanwhile
		return nil
	}
	var entries []fs.DirEntry
	if err == nil {
		entries, err = f.(fs.ReadDirFile).ReadDir(-1)
		defer f.Close()
	}
	if err != nil {
		visit(p.base+dir, nil)
		return nil
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		name := dir + "/" + e.Name()
		info, err := e.Info()
		switch {
		case e.IsDir():
			if err := p.walk(name, visit); err != nil {
				return err
			}
		case errors.Is(err, fs.ErrNotExist):
		case err == nil && info.Mode().IsRegular() && isPlainName(name):
			visit(p.base+name, info)
		default:
			visit(p.base+name, nil)
		}
	}
	return nil
}

// parts are the two halves of the site, each kept open once it is there.
type parts struct {
	root *os.Root
	lock sync.Mutex
	open map[string]*os.Root
}

// lstat describes a file or folder of the site.
func (p *parts) lstat(name string) (fs.FileInfo, error) {
	part, rest, _ := strings.Cut(name, "/")
	if rest == "" {
		return p.root.Lstat("site/" + name)
	}
	p.lock.Lock()
	root := p.open[part]
	if root == nil {
		var err error
		if root, err = p.root.OpenRoot("site/" + part); err != nil {
			p.lock.Unlock()
			return nil, err
		}
		p.open[part] = root
	}
	p.lock.Unlock()
	return root.Lstat(rest)
}

func (p *parts) close() {
	for _, root := range p.open {
		root.Close()
	}
}

// folderTime is when a name was last added to a folder of the site or taken
// from it, in nanoseconds; -1 where it is no folder.
func (p *parts) folderTime(name string) int64 {
	info, err := p.lstat(name)
	if err != nil || !info.IsDir() {
		return -1
	}
	return info.ModTime().UnixNano()
}

// folders are the folders of some outputs with their times.
func (p *parts) folders(outputs map[string]string) map[string]int64 {
	out := map[string]int64{}
	for name := range outputs {
		dir := path.Dir(name)
		if _, known := out[dir]; !known {
			out[dir] = p.folderTime(dir)
		}
	}
	return out
}

// present reports whether all outputs of r are still in the site: none went
// from a folder whose time is the same; else each is looked for.
func (b *builder) present(r *remembered) bool {
	same := len(r.Folders) > 0
	for dir, at := range r.Folders {
		same = same && at >= 0 && b.parts.folderTime(dir) == at
	}
	if same {
		return true
	}
	for name := range r.outputs() {
		if _, err := b.parts.lstat(name); err != nil {
			return false
		}
	}
	r.Folders = b.parts.folders(r.outputs())
	b.moved.Store(true)
	return true
}
