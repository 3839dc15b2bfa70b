package site_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// key presses a key where the focus is.
const key = `var key = (key, more) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, ...more}));`

func TestSearchAndKeysLeadThroughAReport(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), 2*time.Minute)
	defer cancel()
	var seen visit
	seen.listen(t, ctx)
	file := filepath.Join(built(t), "reports", "sfo", "en", "index.html")
	open(t, ctx, view{1280, "light"}, file)
	evaluate[int](t, ctx, key+`key("k", {ctrlKey: true}); const f = document.activeElement; f.value = "restrooms clean"; f.dispatchEvent(new Event("input")); 0`)
	found := ""
	for range 100 {
		if found = evaluate[string](t, ctx, `document.querySelector("#found a")?.getAttribute("href") ?? ""`); found != "" {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if !strings.Contains(found, ".html#") {
		t.Errorf("the search leads to %q", found)
	}
	if at := evaluate[string](t, ctx, key+`key("ArrowDown"); document.activeElement.getAttribute("href")`); at != found {
		t.Errorf("the arrow leads to %q", at)
	}
	if left := evaluate[int](t, ctx, key+`key("Escape"); document.querySelectorAll("#found li").length`); left != 0 {
		t.Errorf("%d results stay after Escape", left)
	}
	evaluate[int](t, ctx, `document.activeElement.blur(), document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true})), 0`)
	time.Sleep(2 * time.Second) // while the page turns nothing can be asked of it
	if at := evaluate[string](t, ctx, `location.pathname`); strings.HasSuffix(at, "/index.html") {
		t.Error("the arrow does not turn the page")
	}
	open(t, ctx, view{390, "light"}, file)
	for i, want := range []bool{false, true, false} {
		if shown := evaluate[bool](t, ctx, `document.getElementById("contents").clientHeight > 0`); shown != want {
			t.Errorf("step %d: contents shown: %v", i, shown)
		}
		evaluate[int](t, ctx, `document.querySelector(".menu").click(), 0`)
	}
	messages, _ := seen.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
}
