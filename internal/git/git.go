// Package git asks the git command what a repository knows of a folder:
// revisions, files of a revision, the history of a file. It changes nothing.
package git

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrAbsent says that this machine has no git command.
var ErrAbsent = errors.New("the git command is not on this machine: install git, or give files and folders")

// ErrOutside says that a folder is in no repository.
var ErrOutside = errors.New("not in a git repository")

// ErrRevision says that a revision is not known.
var ErrRevision = errors.New("no such revision")

// Folder is a folder inside a repository.
type Folder struct {
	dir    string // on this machine
	prefix string // from the top of the repository, "" or with a slash at its end
}

// Open finds the repository that dir is in.
func Open(dir string) (*Folder, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, ErrAbsent
	}
	f := &Folder{dir: dir}
	out, err := f.ask("rev-parse", "--show-toplevel", "--show-prefix")
	if err != nil {
		return nil, ErrOutside
	}
	_, prefix, _ := strings.Cut(string(out), "\n")
	f.prefix = strings.TrimSuffix(prefix, "\n")
	return f, nil
}

// command is a run of git in the folder. What a repository's own settings would
// run is off: it may be of another hand.
func (f *Folder) command(args ...string) *exec.Cmd {
	c := exec.Command("git", append([]string{"-c", "core.fsmonitor=false", "-c", "log.showSignature=false"}, args...)...)
	c.Dir = f.dir
	c.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat", "GIT_LITERAL_PATHSPECS=1")
	return c
}

// ask runs git in the folder and returns what it prints. The language is the
// program's own, and no pager, editor or question comes up.
func (f *Folder) ask(args ...string) ([]byte, error) {
	c := f.command(args...)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, first)
	}
	return out, nil
}

// Commit is the full name of the commit that a revision stands for.
func (f *Folder) Commit(revision string) (string, error) {
	out, err := f.ask("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil || revision == "" {
		return "", fmt.Errorf("%w %q", ErrRevision, revision)
	}
	return strings.TrimSpace(string(out)), nil
}

// Files are the names below the folder in a commit, from the folder.
func (f *Folder) Files(commit string) ([]string, error) {
	out, err := f.ask("ls-tree", "-r", "-z", "--name-only", commit)
	return fields(out), err
}

// Read is the content of a file, named from the folder, in a commit.
func (f *Folder) Read(commit, name string) ([]byte, error) {
	return f.ask("cat-file", "blob", commit+":"+f.prefix+name)
}

// Log are the commits that changed a file, newest first; renames are followed by git.
func (f *Folder) Log(name string) ([]string, error) {
	out, err := f.ask("log", "--format=%H", "--", name)
	return strings.Fields(string(out)), err
}

// Past gives the states of a file in the commits that changed it, newest first,
// by one run of git; a commit without the file is left out.
func (f *Folder) Past(name string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		commits, err := f.Log(name)
		if err != nil || len(commits) == 0 {
			return
		}
		var ask strings.Builder
		for _, c := range commits {
			ask.WriteString(c + ":" + f.prefix + name + "\n")
		}
		run := f.command("cat-file", "--batch")
		run.Stdin = strings.NewReader(ask.String())
		out, err := run.StdoutPipe()
		if err != nil || run.Start() != nil {
			return
		}
		defer func() { _, _ = run.Process.Kill(), run.Wait() }()
		for r, i := bufio.NewReader(out), 0; i < len(commits); i++ {
			head, err := r.ReadString('\n')
			if err != nil {
				return
			}
			size, err := strconv.Atoi(strings.TrimSpace(head[strings.LastIndexByte(strings.TrimSpace(head), ' ')+1:]))
			if err != nil {
				continue // missing
			}
			text := make([]byte, size+1) // and the line break behind it
			if _, err := io.ReadFull(r, text); err != nil || !yield(commits[i], text[:size]) {
				return
			}
		}
	}
}

// Built is the commit that the folder stands at, in short, and whether files
// in it differ from that commit; made are folders that do not count, since they
// are built from the others. It is "" before the first commit.
func (f *Folder) Built(made ...string) (commit string, changed bool, err error) {
	head, err := f.Commit("HEAD")
	if errors.Is(err, ErrRevision) {
		return "", false, nil // no commit yet
	}
	out, err := f.ask("status", "--porcelain", "-z", "--no-renames", "--untracked-files=normal", "--", ".")
	for _, entry := range fields(out) {
		name := strings.TrimPrefix(entry[min(3, len(entry)):], f.prefix)
		ours := false
		for _, m := range made {
			ours = ours || strings.HasPrefix(name, m+"/")
		}
		changed = changed || !ours
	}
	return head[:12], changed, err
}

// Staged are the names of files, from the top of the repository, that the next
// commit adds or changes.
func (f *Folder) Staged() ([]string, error) {
	out, err := f.ask("diff", "--cached", "--name-only", "-z", "--diff-filter=ACMRT", "--no-renames", "--no-ext-diff")
	return fields(out), err
}

// StagedFile is the content that the next commit gives a file.
func (f *Folder) StagedFile(name string) ([]byte, error) {
	return f.ask("cat-file", "blob", ":"+name)
}

// Hooks is the folder of the repository's hooks.
func (f *Folder) Hooks() (string, error) {
	out, err := f.ask("rev-parse", "--git-path", "hooks")
	if err != nil {
		return "", err
	}
	name := strings.TrimSpace(string(out))
	if !filepath.IsAbs(name) {
		name = filepath.Join(f.dir, name)
	}
	return name, nil
}

func fields(out []byte) []string {
	text := strings.TrimSuffix(string(out), "\x00")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\x00")
}
