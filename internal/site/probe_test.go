package site_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestProbe(t *testing.T) {
	ctx := browser(t)
	var seen visit
	seen.listen(t, ctx)
	open(t, ctx, view{390, "light"}, os.Getenv("PROBE"))
	if err := chromedp.Do(ctx, chromedp.Sleep(500000000)); err != nil {
		t.Fatal(err)
	}
	t.Log(evaluate[string](t, ctx, os.Getenv("JS")))
	m, r := seen.take()
	t.Log(m, r)
}
