//go:build unix

package site_test

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWhatAKilledBuildReplacedIsNotTrusted leaves what a build leaves that was
// killed between its first rename and its state: a page of inputs that were
// taken back since, one of a survey that is gone, and the journal of both.
func TestWhatAKilledBuildReplacedIsNotTrusted(t *testing.T) {
	dir := small(t, 2)
	attempt(t, dir)
	put(t, dir, "site/reports/s0/index.html", "of inputs that are no more")
	put(t, dir, "site/surveys/gone/index.html", "of a survey that is no more")
	put(t, dir, ".manyi/unfinished.json", `["reports/s0/index.html", "surveys/gone/index.html", "reports/never/written.html", "../manyi.yaml"]`)
	attempt(t, dir)
	sameAsClean(t, dir)
	if _, err := os.Stat(filepath.Join(dir, "manyi.yaml")); err != nil {
		t.Error("the journal led out of the site:", err)
	}
}
