//go:build unix

package site_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"manyi/internal/diag"
	"manyi/internal/locked"
	"manyi/internal/page"
	"manyi/internal/site"
	"manyi/templates"
)

const sealedPassword = "correct horse 电池"

var doorWords = locked.Words{Title: "Locked", About: "About", Password: "Password", Open: "Open", Wait: "Wait", Wrong: "It is wrong", Insecure: "It is insecure", Damaged: "It is damaged", Script: "Script"}

// sealedKiosk is the report of the kiosk demo, and the same locked.
func sealedKiosk(t *testing.T) (document, file []byte) {
	t.Helper()
	var problems diag.List
	document, err := site.Edition("../..", "kiosk", "", "zh-CN", site.Options{Program: "test"}, &problems)
	if err != nil || document == nil {
		t.Fatal(err, problems.Problems())
	}
	file, err = locked.Lock(locked.Page{Lang: "zh-CN", Dir: "ltr", Build: "kiosk", Document: document, Scheme: scheme(t), Words: doorWords}, sealedPassword)
	must(t, err)
	return document, file
}

// scheme is the script of the switch between light and dark.
func scheme(t *testing.T) string {
	t.Helper()
	text, err := page.Scheme(templates.Files)
	must(t, err)
	return text
}

var sealedData = regexp.MustCompile(`"data":"([^"]+)"`)

// P18: nothing of the report stands in the file, in plain or in base64.
func TestASealedReportHoldsNothingOfTheReport(t *testing.T) {
	document, file := sealedKiosk(t)
	empty, err := locked.Lock(locked.Page{Lang: "zh-CN", Dir: "ltr", Build: "kiosk", Scheme: scheme(t), Words: doorWords}, sealedPassword)
	must(t, err)
	data, err := base64.StdEncoding.DecodeString(string(sealedData.FindSubmatch(file)[1]))
	must(t, err)
	own := map[string]bool{}
	for i := range len(empty) - 6 {
		own[string(empty[i:i+6])] = true
	}
	grams := map[string]bool{}
	for i := range len(document) - 6 {
		if g := string(document[i : i+6]); !own[g] {
			grams[g] = true
		}
	}
	frame := sealedData.ReplaceAll(file, nil)
	for i := range len(frame) - 6 {
		if grams[string(frame[i:i+6])] {
			t.Fatalf("the file holds %q of the report", frame[i:i+6])
		}
	}
	// 6 random bytes meet one of g grams in n places about g·n/2^48 times: none is likely.
	found := 0
	for i := range len(data) - 6 {
		if grams[string(data[i:i+6])] {
			found++
		}
	}
	if found > 1 {
		t.Errorf("the sealed bytes hold %d pieces of the report", found)
	}
	again, err := locked.Lock(locked.Page{Lang: "zh-CN", Dir: "ltr", Build: "kiosk", Document: document, Scheme: scheme(t), Words: doorWords}, sealedPassword)
	must(t, err)
	if bytes.Equal(file, again) {
		t.Error("salt or initialisation vector were used twice")
	}
	if _, err := locked.Lock(locked.Page{}, "short"); err == nil {
		t.Error("a short password was taken")
	}
}

// unlocked opens a page with a password and returns what it then says.
func unlocked(t *testing.T, ctx context.Context, address, password string) (title, said string, drawings int) {
	t.Helper()
	must(t, chromedp.Do(ctx, chromedp.Navigate(address)))
	said = evaluate[string](t, ctx, fmt.Sprintf(`new Promise(done => {
		const said = document.getElementById("said"), form = document.getElementById("form");
		if (form.hidden) return done(said.textContent);
		document.getElementById("password").value = %q;
		form.querySelector("button").click();
		const look = setInterval(() => {
			if (said.isConnected && (said.textContent === "" || said.textContent === said.dataset.wait)) return;
			clearInterval(look);
			done(said.isConnected ? said.textContent : "");
		}, 50);
	})`, password))
	return evaluate[string](t, ctx, `document.title`), said, evaluate[int](t, ctx, `document.querySelectorAll("svg").length`)
}

func TestASealedReportOpensWithItsPasswordOnly(t *testing.T) {
	t.Parallel()
	document, file := sealedKiosk(t)
	dir := t.TempDir()
	at := func(name string, body []byte) string {
		must(t, os.WriteFile(filepath.Join(dir, name), body, 0o600))
		return "file://" + filepath.Join(dir, name)
	}
	right := at("right.html", file)
	ctx := browser(t, chromedp.Flag("host-resolver-rules", "MAP sealed.test 127.0.0.1"))
	title, said, drawings := unlocked(t, ctx, right, sealedPassword)
	if want := bytes.Count(document, []byte("<svg")); drawings != want || title == doorWords.Title || said != "" {
		t.Errorf("opened: title %q, %q, %d drawings of %d", title, said, drawings, want)
	}
	flipped := bytes.Clone(file)
	flipped[bytes.Index(flipped, []byte(`"data":"`))+1000] ^= 1
	for name, c := range map[string]struct {
		address, password, want string
	}{
		"a wrong password":   {right, "correct horse 电油", doorWords.Wrong},
		"a flipped byte":     {at("flipped.html", flipped), sealedPassword, doorWords.Wrong},
		"fewer rounds":       {at("fewer.html", bytes.Replace(file, []byte("600000"), []byte("1000"), 1)), sealedPassword, doorWords.Damaged},
		"more rounds":        {at("more.html", bytes.Replace(file, []byte(`"iterations":600000`), []byte(`"iterations":600001`), 1)), sealedPassword, doorWords.Wrong},
		"another build":      {at("other.html", bytes.Replace(file, []byte(`"build":"kiosk"`), []byte(`"build":"kiosq"`), 1)), sealedPassword, doorWords.Wrong},
		"an insecure origin": {insecure(t, file), sealedPassword, doorWords.Insecure},
	} {
		if _, said, drawings := unlocked(t, ctx, c.address, c.password); said != c.want || drawings > 0 {
			t.Errorf("%s: %q with %d drawings, want %q", name, said, drawings, c.want)
		}
	}
}

// insecure serves a file at an http address that browsers do not trust.
func insecure(t *testing.T, file []byte) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(file)
	}))
	t.Cleanup(s.Close)
	return strings.Replace(s.URL, "127.0.0.1", "sealed.test", 1)
}
