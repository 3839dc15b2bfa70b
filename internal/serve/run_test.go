package serve

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"manyi/internal/diag"
)

// patience is how long a test waits for the disk and the network of this machine.
const patience = 20 * time.Second

// soon fails the test if nothing comes.
func soon[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("%s: waited %v", what, patience)
		panic("unreachable")
	}
}

func TestInputsAreWatchedAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "manyi.yaml", "")
	write(t, dir, "surveys/shop/survey.yaml", "")
	write(t, dir, "site/index.html", "")
	write(t, dir, ".manyi/state.json", "")
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "surveys", "link")); err != nil {
		t.Fatal(err)
	}
	changes, err := watch(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"manyi.yaml", "surveys/shop/survey.yaml", "surveys/shop/responses/2026/a.csv", "surveys/shop/responses/2026/b.csv",
		"content/shop/note.en.md", "templates/theme/report.css", "templates/theme/report.css",
	} {
		write(t, dir, name, "x")
		soon(t, changes, name)
		for quiet := false; !quiet; { // several events of one change
			select {
			case <-changes:
			case <-time.After(200 * time.Millisecond):
				quiet = true
			}
		}
	}
	for _, name := range []string{"site/index.html", ".manyi/state.json", "notes.txt", "surveys/shop/.survey.yaml.swp", "surveys/shop/survey.yaml~", "surveys/link/x"} {
		write(t, dir, name, "x")
	}
	select {
	case <-changes:
		t.Error("a change of what is no input was reported")
	case <-time.After(400 * time.Millisecond):
	}
}

func TestRunBuildsOnEverySaveAndStopsWithItsContext(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "manyi.yaml", "")
	built := make(chan struct{}, 10)
	s, err := New(Options{Dir: dir, Build: func(*diag.List) error { return nil }, Built: func(*diag.List, error) { built <- struct{}{} }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, l) }()
	soon(t, built, "first build")
	events, err := http.Get("http://" + l.Addr().String() + "/_manyi/events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	write(t, dir, "surveys/a/survey.yaml", "x")
	soon(t, built, "second build")
	cancel()
	if err := soon(t, ended, "stop"); err != nil {
		t.Error(err)
	}
	if _, err := io.ReadAll(events.Body); err != nil {
		t.Error("an open page was cut off instead of ended:", err)
	}
	if _, err := net.Dial("tcp", l.Addr().String()); err == nil {
		t.Error("the port is still open")
	}
}
