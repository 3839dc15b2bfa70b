package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"sync"
)

// stateFile remembers the last build. Losing it costs time, nothing else.
const stateFile = ".manyi/state.json"

// state is what the last build left.
type state struct {
	Format  int                    `json:"format"`
	Files   map[string]seen        `json:"files"`
	Surveys map[string]*remembered `json:"surveys"`
	Shared  *remembered            `json:"shared"`
}

// remembered is one survey as it was last built: its key, and what came of it.
type remembered struct {
	Key     string            `json:"key"`
	Outputs map[string]string `json:"outputs"` // path below site/ -> SHA-256
	Summary summary           `json:"summary"`
	Notes   []note            `json:"notes"` // warnings and notes, said again when nothing changed
}

// summary is what the indexes say of a survey, by language.
type summary struct {
	Title     map[string]string `json:"title"`
	Message   map[string]string `json:"message"`
	Version   int               `json:"version"`
	Questions int               `json:"questions"`
	Responses int               `json:"responses"`
	Languages []string          `json:"languages"`
}

// stateFormat changes whenever state changes its meaning.
const stateFormat = 1

func readState(files fs.FS) state {
	var s state
	b, err := fs.ReadFile(files, stateFile)
	if err != nil || json.Unmarshal(b, &s) != nil || s.Format != stateFormat {
		return state{}
	}
	return s
}

// seen is a file as it was when it was last hashed.
type seen struct {
	Size  int64  `json:"size"`
	Time  int64  `json:"time"` // modification, nanoseconds
	Inode uint64 `json:"inode"`
	Hash  string `json:"hash"` // SHA-256
}

// fingerprints hashes files, but only those whose size, time or inode changed.
type fingerprints struct {
	files fs.FS
	old   map[string]seen
	lock  sync.Mutex
	now   map[string]seen
}

func newFingerprints(files fs.FS, old map[string]seen) *fingerprints {
	return &fingerprints{files: files, old: old, now: map[string]seen{}}
}

// of returns the SHA-256 of a file.
func (p *fingerprints) of(name string) (string, error) {
	info, err := fs.Stat(p.files, name)
	if err != nil {
		return "", err
	}
	s := seen{Size: info.Size(), Time: info.ModTime().UnixNano(), Inode: inode(info)}
	if o, ok := p.old[name]; ok && o.Size == s.Size && o.Time == s.Time && o.Inode == s.Inode {
		s.Hash = o.Hash
	} else if s.Hash, err = hash(p.files, name); err != nil {
		return "", err
	}
	p.lock.Lock()
	p.now[name] = s
	p.lock.Unlock()
	return s.Hash, nil
}

func hash(files fs.FS, name string) (string, error) {
	f, err := files.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
