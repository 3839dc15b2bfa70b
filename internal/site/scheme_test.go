//go:build unix

package site_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const (
	lightPaper, darkPaper = "rgb(255, 255, 255)", "rgb(15, 22, 34)"
	paperOf               = `getComputedStyle(document.body).backgroundColor`
	pressScheme           = `(document.querySelector("button.scheme").focus(), document.activeElement.click(), document.querySelector("button.scheme").innerText.replace(/\s+/g, " "))`
)

// TestTheSwitchGoesFromLightToDarkAndBack presses it on a page as a server sends
// it: colours change, drawings too, a reload and another page keep them, and no
// page has a fault in a scheme that the system does not have.
func TestTheSwitchGoesFromLightToDarkAndBack(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	var seen visit
	seen.listen(t, ctx)
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(built(t), "reports"))))
	defer server.Close()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	must(t, err)
	paper := func(step, want string) {
		t.Helper()
		if got := evaluate[string](t, ctx, paperOf); got != want {
			t.Errorf("%s: the paper is %s, want %s", step, got, want)
		}
	}
	sound := func(step string) {
		t.Helper()
		evaluate[int](t, ctx, string(axe)+";0")
		for _, x := range evaluate[[]string](t, ctx, violationsOf) {
			t.Errorf("%s: axe: %s", step, x)
		}
	}
	const bar = `getComputedStyle(document.querySelector(".plate .bar, .plate .dot")).fill`
	for _, v := range []view{{1280, "light"}, {390, "dark"}} {
		other := map[string]string{"light": "dark", "dark": "light"}[v.scheme]
		papers := map[string]string{"light": lightPaper, "dark": darkPaper}
		open(t, ctx, v, server.URL+"/sfo/en/questions.html")
		paper("as the system", papers[v.scheme])
		before := evaluate[string](t, ctx, bar)
		said := evaluate[string](t, ctx, pressScheme)
		if want := "Colours: " + strings.ToUpper(other[:1]) + other[1:]; said != want {
			t.Errorf("the switch says %q, want %q", said, want)
		}
		paper("pressed once", papers[other])
		if after := evaluate[string](t, ctx, bar); after == before {
			t.Errorf("the drawings stay %s", before)
		}
		sound(other + " where the system is " + v.scheme)
		for _, page := range []string{"/sfo/en/questions.html", "/index.html", "/methods/en/kano.html"} {
			open(t, ctx, v, server.URL+page)
			paper("kept on "+page, papers[other])
			sound(page + " in " + other)
		}
		evaluate[string](t, ctx, pressScheme)
		paper("pressed twice", papers[v.scheme])
		must(t, chromedp.Do(ctx, call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})))
		paper("printed", lightPaper)
		open(t, ctx, v, server.URL+"/index.html")
		evaluate[string](t, ctx, pressScheme)
		paper("pressed three times", papers[v.scheme])
	}
	messages, _ := seen.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
}

func TestTheSwitchWorksInOneFileAndWhereNothingIsKept(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	var seen visit
	seen.listen(t, ctx)
	document, file := sealedKiosk(t)
	dir := t.TempDir()
	for name, body := range map[string][]byte{"one.html": document, "sealed.html": file} {
		must(t, os.WriteFile(filepath.Join(dir, name), body, 0o600))
	}
	must(t, chromedp.Do(ctx, look(view{1280, "light"})))
	address := "file://" + filepath.Join(dir, "sealed.html")
	if _, said, _ := unlocked(t, ctx, address, sealedPassword); said != "" {
		t.Fatal(said)
	}
	seen.take() // what opening it says
	for _, name := range []string{"sealed.html", "one.html"} {
		if name == "one.html" {
			evaluate[int](t, ctx, `localStorage.clear(), 0`)
			open(t, ctx, view{1280, "light"}, filepath.Join(dir, name))
			evaluate[int](t, ctx, `Object.defineProperty(window, "localStorage", {get() { throw new Error("blocked") }}), 0`)
		}
		was := evaluate[string](t, ctx, paperOf)
		evaluate[string](t, ctx, pressScheme)
		evaluate[string](t, ctx, pressScheme)
		evaluate[string](t, ctx, pressScheme)
		evaluate[string](t, ctx, pressScheme)
		if got := evaluate[string](t, ctx, paperOf); got != darkPaper || was != lightPaper {
			t.Errorf("%s: from %s to %s, want from %s to %s", name, was, got, lightPaper, darkPaper)
		}
	}
	messages, _ := seen.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
}

func TestRowsOfALongTableAreFiltered(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	var seen visit
	seen.listen(t, ctx)
	for _, v := range []view{{1280, "light"}, {390, "dark"}} {
		open(t, ctx, v, filepath.Join(built(t), "reports", "sfo", "en", "explore.html"))
		got := evaluate[[]string](t, ctx, `(async () => {
			const table = document.getElementById("explore-table"), field = table.closest(".scroll").previousElementSibling.querySelector("input");
			const shown = () => [...table.querySelectorAll("tbody tr")].filter(r => r.offsetHeight > 0 && !r.querySelector("th[scope=rowgroup]")).map(r => r.cells[0].textContent);
			const all = shown().length, type = (text) => { field.value = text; field.dispatchEvent(new Event("input")); };
			type("RESTROOM");
			const few = shown(), said = field.nextElementSibling.textContent;
			document.querySelector("select[name=m]").selectedIndex++;
			document.querySelector("select[name=m]").dispatchEvent(new Event("change"));
			const again = shown();
			type("no such row");
			const none = shown().length;
			type("");
			return [String(all > 16), String(few.length > 0 && few.length < all), String(few.every(r => /restroom/i.test(r))), String(said === few.length + " of " + all + " rows"),
				String(again.every(r => /restroom/i.test(r))), String(none === 0), String(shown().length === table.querySelectorAll("tbody tr:not(:has([scope=rowgroup]))").length), field.getAttribute("aria-label")];
		})()`)
		for i, x := range got[:len(got)-1] {
			if x != "true" {
				t.Errorf("%d px: step %d is %s", v.width, i, x)
			}
		}
		if label := got[len(got)-1]; !strings.HasPrefix(label, "Filter rows: ") {
			t.Errorf("the field is called %q", label)
		}
	}
	messages, _ := seen.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
}
