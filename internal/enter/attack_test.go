package enter_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

func TestAFormThatIsTooLargeOrHasNoSecretSavesNothing(t *testing.T) {
	s := start(t, t.TempDir())
	if status, _ := s.send("_paper", "1", "osat", "4", "why", strings.Repeat("x", 2<<20)); status != http.StatusForbidden {
		t.Errorf("2 MB give status %d", status)
	}
	s.secret = ""
	if status, _ := s.send("_paper", "1", "osat", "4"); status != http.StatusForbidden || s.file() != "" {
		t.Errorf("no secret gives status %d", status)
	}
}

// Two windows work at once: one opens the page while the other saves.
func TestFormsMaySaveWhileThePageIsOpened(t *testing.T) {
	s := start(t, t.TempDir())
	const n = 20
	var both sync.WaitGroup
	both.Go(func() {
		for i := range n {
			s.send("_paper", fmt.Sprint(i+1), "osat", "4")
		}
	})
	both.Go(func() {
		for range n {
			s.get()
		}
	})
	both.Wait()
	if got := strings.Count(s.file(), "\n"); got != n {
		t.Errorf("%d of %d forms were saved", got, n)
	}
}
