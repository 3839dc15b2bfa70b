package site_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestEachConsentIsAskedAndKeptByItself ticks one box after another, comes
// back to a draft, and sends too fast, as a robot would.
func TestEachConsentIsAskedAndKeptByItself(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	var seen visit
	seen.listen(t, ctx)
	definition := strings.ReplaceAll(oneText, "{channel: CHANNEL}", `{channel: {type: collector, url: "RECEIVER"}, guard: {honeypot: true, min_seconds: 3}}`) +
		"privacy: {consent: required, purpose: {en: better service, zh-CN: 改进服务}, sensitive: {en: health, zh-CN: 健康}, withdrawal: true, contact: cx@example.com}\n"
	r := receive(t, definition)
	open(t, ctx, view{390, "light"}, r.URL+"/?lang=en")
	until(t, ctx, `document.querySelector('.next') && document.querySelector('[name=why]').checkVisibility()`)
	if n := evaluate[int](t, ctx, `document.querySelectorAll('[data-consent]').length * 10 + document.querySelectorAll('[data-consent]:checked').length`); n != 20 {
		t.Errorf("boxes and ticked ones: %d", n)
	}
	evaluate[int](t, ctx, writeText("x"))
	evaluate[int](t, ctx, `document.querySelector('[data-consent=processing]').click(), 0`)
	evaluate[int](t, ctx, press)
	until(t, ctx, `document.querySelector('#e-consent').checkVisibility() && document.activeElement.dataset.consent === 'sensitive'`)
	evaluate[int](t, ctx, `document.querySelector('[data-consent=sensitive]').click(), 0`)
	until(t, ctx, `document.querySelector('.saved').innerText.startsWith('Saved')`)
	time.Sleep(400 * time.Millisecond)
	open(t, ctx, view{390, "light"}, r.URL+"/?lang=en")
	until(t, ctx, `document.querySelector('.ask')`)
	evaluate[int](t, ctx, `document.querySelector('.ask .nav button:last-child').click(), 0`)
	until(t, ctx, `document.querySelectorAll('[data-consent]:checked').length === 2`)
	evaluate[int](t, ctx, press)
	for range 100 {
		if evaluate[bool](t, ctx, `!!document.querySelector('.after .when')`) {
			break
		}
		time.Sleep(100 * time.Millisecond)
		evaluate[int](t, ctx, press)
	}
	posts := r.take(t, 1)
	var record struct{ Consent, Withdrawal, Started, Submitted string }
	text := strings.NewReplacer(`"_consent"`, `"consent"`, `"_withdrawal"`, `"withdrawal"`, `"_started"`, `"started"`, `"_submitted"`, `"submitted"`).Replace(unpack(posts[0].Kind, posts[0].Body).Payload)
	must(t, json.Unmarshal([]byte(text), &record))
	if !regexp.MustCompile(`^processing en [0-9a-f]{16} \S+Z; sensitive en [0-9a-f]{16} \S+Z$`).MatchString(record.Consent) {
		t.Errorf("consent is kept as %q", record.Consent)
	}
	from, err := time.Parse(time.RFC3339, record.Started)
	must(t, err)
	to, err := time.Parse(time.RFC3339, record.Submitted)
	must(t, err)
	if to.Sub(from) < 2*time.Second {
		t.Errorf("sent after %v", to.Sub(from))
	}
	code := evaluate[string](t, ctx, `document.querySelector('.withdrawal b').innerText`)
	if !regexp.MustCompile(`^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$`).MatchString(code) || strings.Contains(text, strings.ReplaceAll(code, "-", "")) || len(record.Withdrawal) != 26 {
		t.Errorf("the code is %q, its hash %q", code, record.Withdrawal)
	}
	seen.quiet(t, r.URL)
}
