package pdf

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

const document = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title><style>article{break-before:page}.long{height:400mm}</style></head><body>
<a href="#index">A<b data-page="index"></b></a><a href="#long">B<b data-page="long"></b></a><a href="#end-1_x">C<b data-page="end-1_x"></b></a>
<article id="index">one</article><article id="long"><div class="long">two</div></article><article id="end-1_x">three</article></body></html>`

func TestContentsTellOnWhichPageEachPartBegins(t *testing.T) {
	if os.Getenv("MANYI_BROWSER") == "off" {
		t.Skip("MANYI_BROWSER=off: nothing was printed")
	}
	browser, err := Browser("")
	if err != nil {
		if os.Getenv("MANYI_BROWSER") == "required" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	first, err := print(t.Context(), browser, t.TempDir(), []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	html := string(numbered([]byte(document), starts(first)))
	for _, want := range []string{`<b data-page="index">2</b>`, `<b data-page="long">3</b>`, `<b data-page="end-1_x">5</b>`} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html[strings.Index(html, "<a "):])
		}
	}
	body, pages, err := Edition(t.Context(), browser, []byte(document))
	if err != nil || pages != 5 || !bytes.HasPrefix(body, []byte("%PDF-")) {
		t.Errorf("%d pages, %v", pages, err)
	}
}

func TestAnotherKindOfFileHasNoNumbers(t *testing.T) {
	for _, body := range []string{"", "%PDF-1.7\n1 0 obj\n<</Type /Pages\n/Count 1>>\nendobj", "1 0 obj\n<</Type /Pages\n/Kids [1 0 R]>>\nendobj"} {
		if got := starts([]byte(body)); len(got) != 0 {
			t.Errorf("%q: %v", body, got)
		}
	}
}

func TestAMissingBrowserIsNamed(t *testing.T) {
	if _, err := Browser("no-such-browser"); err == nil || !strings.Contains(err.Error(), "no-such-browser") {
		t.Error(err)
	}
}
