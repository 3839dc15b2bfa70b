package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"manyi/internal/diag"
)

// stateFile remembers the last build. Losing it costs time, nothing else.
const stateFile = ".manyi/state.json"

// state is what the last build left.
type state struct {
	Format  int                    `json:"format"`
	Files   seenFiles              `json:"files"`
	Surveys map[string]*remembered `json:"surveys"`
	Shared  *remembered            `json:"shared"`

	unfinished bool // a build was cut off while it wrote
}

// remembered is one survey as it was last built: its key, and what came of it.
type remembered struct {
	Key     string           `json:"key"`
	Packed  string           `json:"outputs"` // a line each: path below site/, space, hash
	Folders map[string]int64 `json:"folders"` // of the outputs -> time
	Summary summary          `json:"summary"`
	Form    string           `json:"form,omitempty"` // the complaint form whose answers it takes
	Notes   diag.List        `json:"notes"`          // warnings and notes, said again when nothing changed

	files map[string]string // Packed, once it was needed
}

// outputs are the files with their hashes.
func (r *remembered) outputs() map[string]string {
	if r.files == nil {
		r.files = map[string]string{}
		for line := range strings.Lines(r.Packed) {
			if name, hash, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " "); ok && fs.ValidPath(name) {
				r.files[name] = hash
			}
		}
	}
	return r.files
}

// pack writes the outputs as one text, which is read faster than a map.
func (r *remembered) pack() {
	if r.files == nil {
		return
	}
	var s strings.Builder
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		s.WriteString(name + " " + r.files[name] + "\n")
	}
	r.Packed = s.String()
}

// summary is what the indexes say of a survey, by language.
type summary struct {
	Title     map[string]string `json:"title"`
	Message   map[string]string `json:"message"`
	Version   int               `json:"version"`
	Questions int               `json:"questions"`
	Responses int               `json:"responses"`
	Waves     int               `json:"waves,omitempty"`
	Languages []string          `json:"languages"`
	Last      string            `json:"last,omitempty"` // latest day of its answers, for the schedule
	Form      bool              `json:"form,omitempty"` // it is a complaint form
	Embed     bool              `json:",omitempty"`     // other sites may show the page in a frame

	Audiences map[string]map[string]string `json:"audiences,omitempty"` // audience -> language -> message
	Methods   map[string]string            `json:"methods,omitempty"`   // audience, "" for management -> names of the method pages that the report links to
}

// stateFormat changes whenever state changes its meaning.
const stateFormat = 6

func readState(files fs.FS) state {
	var s state
	b, err := fs.ReadFile(files, stateFile)
	if err != nil || json.Unmarshal(b, &s) != nil || s.Format != stateFormat {
		s = state{}
	}
	for id, r := range s.Surveys {
		if r == nil { // the file was changed by hand
			delete(s.Surveys, id)
		}
	}
	s.distrust(files)
	return s
}

// seen is a file as it was when it was last hashed.
type seen struct {
	Size  int64
	Time  int64 // modification, nanoseconds
	Inode uint64
	Hash  string // SHA-256
}

// seenFiles are files by path. In the state they are one text of a line each,
// which is read faster than a map.
type seenFiles map[string]seen

// MarshalJSON writes size, time, inode, hash and path of each file.
func (f seenFiles) MarshalJSON() ([]byte, error) {
	var s strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(&s, "%d %d %d %s %s\n", f[name].Size, f[name].Time, f[name].Inode, f[name].Hash, name)
	}
	return json.Marshal(s.String())
}

// UnmarshalJSON reads what MarshalJSON wrote; a line that is broken is a file that was not seen.
func (f *seenFiles) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	*f = seenFiles{}
	for line := range strings.Lines(text) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 5)
		if len(parts) < 5 {
			continue
		}
		size, errSize := strconv.ParseInt(parts[0], 10, 64)
		at, errTime := strconv.ParseInt(parts[1], 10, 64)
		node, errNode := strconv.ParseUint(parts[2], 10, 64)
		if errSize == nil && errTime == nil && errNode == nil {
			(*f)[parts[4]] = seen{size, at, node, parts[3]}
		}
	}
	return nil
}

// fingerprints hashes files, but only those whose size, time or inode changed.
type fingerprints struct {
	old  seenFiles
	lock sync.Mutex
	now  seenFiles
}

// of returns the SHA-256 of a file below a place.
func (p *fingerprints) of(at *place, local string) (string, error) {
	info, err := at.Stat(local)
	if err != nil {
		return "", err
	}
	return p.known(at, local, info)
}

// known is of where the file was just listed.
func (p *fingerprints) known(at *place, local string, info fs.FileInfo) (hashed string, err error) {
	name := at.base + local
	s := seen{Size: info.Size(), Time: info.ModTime().UnixNano(), Inode: inode(info)}
	if o, ok := p.old[name]; ok && o.Size == s.Size && o.Time == s.Time && o.Inode == s.Inode {
		s.Hash = o.Hash
	} else if s.Hash, err = hash(at, local); err != nil {
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
