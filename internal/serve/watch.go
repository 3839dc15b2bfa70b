package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watched are the inputs of a workspace: manyi.yaml and these folders, with all below them.
var watched = []string{"surveys", "content", "templates"}

// watch reports changes of the inputs of a workspace until ctx ends. Folders
// made later are watched too. Links are not followed.
func watch(ctx context.Context, dir string) (<-chan struct{}, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch the workspace: %w", err)
	}
	if err := watchAll(w, dir); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	changes := make(chan struct{}, 1)
	tell := func() {
		select {
		case changes <- struct{}{}:
		default: // one is on its way
		}
	}
	go func() {
		defer w.Close()
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-w.Events:
				if e.Op == fsnotify.Chmod || !isInput(dir, e.Name) {
					continue
				}
				if e.Has(fsnotify.Create) {
					_ = addTree(w, e.Name) // one that cannot be watched is read at the next change
				}
				tell()
			case <-w.Errors: // events were lost: look again
				tell()
			}
		}
	}()
	return changes, nil
}

func watchAll(w *fsnotify.Watcher, dir string) error {
	if err := w.Add(dir); err != nil {
		return fmt.Errorf("watch the workspace: %w", err)
	}
	for _, name := range watched {
		if err := addTree(w, filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("watch the workspace: %w", err)
		}
	}
	return nil
}

// addTree watches a folder with all below it; a file or nothing is fine.
func addTree(w *fsnotify.Watcher, name string) error {
	return filepath.WalkDir(name, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil && e != nil && e.IsDir(): // unreadable: the build says so
			return fs.SkipDir
		case err != nil || !e.IsDir():
			return nil
		}
		err = w.Add(name)
		switch {
		case errors.Is(err, os.ErrNotExist):
			return nil
		case errors.Is(err, syscall.ENOSPC):
			return errors.New("the system watches no more folders; on Linux, raise fs.inotify.max_user_watches")
		}
		return err
	})
}

// isInput reports whether a changed file matters: not what editors leave beside a file.
func isInput(dir, name string) bool {
	rel, err := filepath.Rel(dir, name)
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	base := filepath.Base(name)
	if strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasSuffix(base, ".swp") || strings.HasPrefix(base, "#") || base == "4913" {
		return false
	}
	return rel == "manyi.yaml" || slices.Contains(watched, first)
}

// debounce passes a change on when none has followed for quiet; it ends with ctx.
func debounce(ctx context.Context, changes <-chan struct{}, quiet time.Duration) <-chan struct{} {
	out := make(chan struct{})
	go func() {
		defer close(out)
		var wait <-chan time.Time
		for {
			select {
			case <-ctx.Done():
				return
			case <-changes:
				wait = time.After(quiet)
			case <-wait:
				wait = nil
				select {
				case out <- struct{}{}:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out
}
