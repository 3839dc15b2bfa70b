//go:build unix

package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/site"
)

// TestOnlyRegularFilesAreOpened puts what would hang, loop or lead out of the
// workspace among the responses: each is named and none is opened.
func TestOnlyRegularFilesAreOpened(t *testing.T) {
	dir := workspace(t)
	folders, err := filepath.Glob(filepath.Join(dir, "surveys", "*", "responses"))
	if err != nil || len(folders) == 0 {
		t.Fatal("the demo has no responses")
	}
	in := func(name string) string { return filepath.Join(folders[0], name) }
	secret := filepath.Join(t.TempDir(), "secret.csv")
	for _, err := range []error{
		os.WriteFile(secret, []byte("_id\ncanary\n"), 0o600),
		os.Symlink(secret, in("link.csv")),
		os.Symlink("/etc", in("etc")),
		os.Symlink("loop.csv", in("loop.csv")),
		os.Symlink(".", in("here")),
		syscall.Mkfifo(in("pipe.csv"), 0o600),
		os.WriteFile(in("bad\xff.csv"), []byte("_id\n"), 0o600),
		os.WriteFile(in("two\nlines.csv"), []byte("_id\n"), 0o600),
		os.WriteFile(in("old.xls"), []byte("\xD0\xCF"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"link.csv", "etc", "loop.csv", "here", "pipe.csv", "bad\xff.csv", "two\nlines.csv", "old.xls"}
	if syscall.Mknod(in("null.csv"), syscall.S_IFCHR|0o600, 1<<8|3) == nil { // needs root
		want = append(want, "null.csv")
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		var problems diag.List
		if _, err := site.Build(dir, site.Options{Program: "test"}, &problems); err != nil {
			t.Error(err)
		}
		told := 0
		for _, p := range problems.Problems() {
			if p.Code == "file-not-read" {
				told++
			}
			if strings.Contains(p.Summary.String()+p.Cure.String(), "canary") {
				t.Errorf("a link was followed: %s", p.Summary)
			}
		}
		if told != len(want) {
			t.Errorf("got %d files that were not read, want %d: %q", told, len(want), want)
		}
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("the build waits for a pipe or follows a loop")
	}
}
