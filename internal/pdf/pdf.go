// Package pdf prints a page through a Chromium of this machine. It runs it as a
// program of its own: nothing of it is linked in, nothing is fetched.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// names are what Chromium is called.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"}

// places are where it is without being in the path.
var places = []string{
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	`C:\Program Files\Google\Chrome\Application\chrome.exe`, `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
}

// ErrNoBrowser says that no Chromium was found.
var ErrNoBrowser = errors.New("no Chromium, Chrome or Edge on this machine")

// Browser finds a Chromium: the one that is asked for, else one in the path or
// at a usual place.
func Browser(asked string) (string, error) {
	candidates := append(append([]string{}, names...), places...)
	if asked != "" {
		candidates = []string{asked}
	}
	for _, name := range candidates {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	if asked != "" {
		return "", fmt.Errorf("find the browser %q: %w", asked, ErrNoBrowser)
	}
	return "", ErrNoBrowser
}

// limit is how long one printing may take.
const limit = 5 * time.Minute

// Edition prints an edition, a document with a cover and contents, in two
// passes: the first tells on which sheet each part begins, the second has the
// numbers in the contents. It returns the PDF and its number of pages.
func Edition(ctx context.Context, browser string, html []byte) (body []byte, pages int, err error) {
	dir, err := os.MkdirTemp("", "manyi-print-")
	if err != nil {
		return nil, 0, fmt.Errorf("print: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	first, err := print(ctx, browser, dir, html)
	if err != nil {
		return nil, 0, err
	}
	body, err = print(ctx, browser, dir, numbered(html, starts(first)))
	return unsigned(body), count(body), err
}

// numbered fills the numbers of pages into the contents.
func numbered(html []byte, starts map[string]int) []byte {
	for name, page := range starts {
		empty := []byte(`<b data-page="` + name + `"></b>`)
		html = bytes.Replace(html, empty, []byte(`<b data-page="`+name+`">`+strconv.Itoa(page)+`</b>`), 1)
	}
	return html
}

func print(ctx context.Context, browser, dir string, html []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	in, out := filepath.Join(dir, "edition.html"), filepath.Join(dir, "edition.pdf")
	if err := os.WriteFile(in, html, 0o600); err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	if err := os.Remove(out); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("print: %w", err)
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(in)}
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--user-data-dir=" + filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + out}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // Chromium refuses its sandbox to root; the page's only script is ours, under its hash
	}
	said, err := exec.CommandContext(ctx, browser, append(args, address.String())...).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("print with %s: %w\n%s", browser, err, last(said))
	}
	body, err := os.ReadFile(out)
	if err != nil {
		return nil, fmt.Errorf("print with %s: it wrote no file\n%s", browser, last(said))
	}
	return body, nil
}

// last is the end of what a program said.
func last(said []byte) []byte { return said[max(0, len(said)-1000):] }
