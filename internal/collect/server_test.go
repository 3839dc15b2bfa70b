package collect

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"manyi/internal/inbox"
)

const plain = "text/plain;charset=UTF-8"

func TestASubmissionIsAcknowledgedWithItsReceipt(t *testing.T) {
	url, dir := collector(t, nil)
	e, body := envelope(1, "好")
	want := inbox.Receipt(inbox.Sum(e.ID, e.Payload))
	for i, target := range []string{"/", "/surveys/cafe/", "/collect"} {
		status, got, header := post(t, url+target, plain, body)
		if status != 200 || got != fmt.Sprintf("{\"receipt\":%q,\"dup\":%t}\n", want, i > 0) || header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %s", target, status, got)
		}
	}
	other := strings.Replace(body, "好", "坏", 1)
	if status, got, _ := post(t, url, plain, other); status != 409 || got != "{\"error\":\"conflict\"}\n" {
		t.Errorf("another body of the id: %d %s", status, got)
	}
	kept := all(t, dir)
	for _, want := range []string{"好", "坏", `"body":{"_id"`} {
		if strings.Count(kept, want) < 1 {
			t.Errorf("%q is not in the files", want)
		}
	}
	files, _ := filepath.Glob(dir + "/cafe/*.jsonl")
	if len(files) != 2 {
		t.Errorf("files %v, want the month and conflicts.jsonl", files)
	}
	for _, name := range files {
		if info, _ := os.Stat(name); info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %v", name, info.Mode())
		}
	}
}

func TestAFormWithoutScriptBecomesARecord(t *testing.T) {
	url, dir := collector(t, nil)
	form := "_survey=cafe&_version=2&_js=0&_lang=en&osat=4&drinks=tea&why=&hp=&unknown=x"
	status, _, header := post(t, url+"/surveys/cafe/", "application/x-www-form-urlencoded", form)
	if status != 303 || header.Get("Location") != "/surveys/cafe/thanks?lang=en" {
		t.Fatalf("%d to %q", status, header.Get("Location"))
	}
	for _, want := range []string{`"osat":"4"`, `"drinks_tea":"1"`, `"drinks_milk":"0"`, `"why":null`, `"_mode":"form"`, `"_lang":"en"`} {
		if !strings.Contains(all(t, dir), want) {
			t.Errorf("the record lacks %s: %s", want, all(t, dir))
		}
	}
	if strings.Contains(all(t, dir), "unknown") {
		t.Error("a column that the survey does not name was kept")
	}
	for lang, want := range map[string]string{"en": "Thank you", "zh-CN": "感谢", "xx": "感谢"} {
		got, err := http.Get(url + "/surveys/cafe/thanks?lang=" + lang)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(got.Body)
		got.Body.Close()
		if !strings.Contains(string(body), want) {
			t.Errorf("thanks in %s: %s", lang, body)
		}
	}
	var multi bytes.Buffer
	multi.WriteString("--b\r\nContent-Disposition: form-data; name=\"_survey\"\r\n\r\ncafe\r\n--b\r\nContent-Disposition: form-data; name=\"osat\"\r\n\r\n2\r\n--b\r\nContent-Disposition: form-data; name=\"drinks_milk\"\r\n\r\n1\r\n--b--\r\n")
	if status, _, _ := post(t, url, "multipart/form-data; boundary=b", multi.String()); status != 303 {
		t.Errorf("multipart: %d", status)
	}
	if !strings.Contains(all(t, dir), `"drinks_milk":"1"`) {
		t.Error("multipart was not kept")
	}
}

func TestWhatSeemsARobotIsKeptApart(t *testing.T) {
	url, dir := collector(t, nil)
	_, body := envelope(1, "trap")
	if status, _, _ := post(t, url, plain, strings.Replace(body, `"hp":""`, `"hp":"http://x"`, 1)); status != 200 {
		t.Errorf("trapped: %d", status)
	}
	fast := strings.Replace(body, `\"osat\":\"5\"`, `\"_started\":\"2026-11-22T10:00:00Z\",\"_submitted\":\"2026-11-22T10:00:02Z\",\"osat\":\"5\"`, 1)
	if status, got, _ := post(t, url, plain, fast); status != 200 {
		t.Errorf("too fast: %d %s", status, got)
	}
	if status, _, _ := post(t, url, "application/x-www-form-urlencoded", "_survey=cafe&osat=1&hp=spam"); status != 303 {
		t.Errorf("trapped form: %d", status)
	}
	suspects, _ := os.ReadFile(dir + "/cafe/suspects.jsonl")
	if got := bytes.Count(suspects, []byte(`{"id":`)); got != 3 {
		t.Errorf("%d suspects, want 3", got)
	}
	if months, _ := filepath.Glob(dir + "/cafe/20*.jsonl"); len(months) > 0 {
		if body, _ := os.ReadFile(months[0]); len(body) > 0 {
			t.Error("a suspect is counted")
		}
	}
}

func TestAnAnswerToAnUnknownSurveyIsNotLost(t *testing.T) {
	url, dir := collector(t, nil)
	_, body := envelope(1, "old")
	if status, _, _ := post(t, url, plain, strings.ReplaceAll(body, "cafe", "gone")); status != 200 {
		t.Errorf("got %d", status)
	}
	if !strings.Contains(all(t, dir), "_unmatched/") {
		t.Error("it is not in _unmatched")
	}
}

// TestNothingTellsWho is P14: no address, browser, referrer or token in data or log.
func TestNothingTellsWho(t *testing.T) {
	var log bytes.Buffer
	url, dir := collector(t, func(o *Options) {
		o.Log, o.PerMinute, o.Proxies = &log, 1000, []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})
	_, body := envelope(1, "ok")
	_, other := envelope(1, "else")
	marks := []string{"X-Forwarded-For", "203.0.113.77", "User-Agent", "MarkedBrowser/9", "Referer", "https://marked.example/", "Forwarded", "for=198.51.100.3", "Cookie", "marked=1"}
	post(t, url, plain, body, marks...)
	post(t, url, plain, other, marks...)
	post(t, url, plain, "{}", marks...)
	post(t, url, plain, strings.ReplaceAll(body, "cafe", "markedsurvey"), marks...)
	post(t, url+"/surveys/cafe/", "application/x-www-form-urlencoded", "_survey=cafe&osat=1", marks...)
	everything := all(t, dir) + log.String()
	for _, mark := range []string{"203.0.113", "MarkedBrowser", "marked.example", "198.51", "marked=1", "127.0.0.1"} {
		if strings.Contains(everything, mark) {
			t.Errorf("%q was kept", mark)
		}
	}
	if strings.Contains(log.String(), "markedsurvey") {
		t.Error("the log has a name that a stranger chose")
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], time.Now().UTC().Format("2006-01-02T")) || !strings.Contains(lines[0], "Z cafe 200 ") {
		t.Errorf("log %q", lines)
	}
}

func TestTooManySubmissionsOfANetworkWait(t *testing.T) {
	url, _ := collector(t, func(o *Options) { o.PerMinute = 3 })
	for n := range 4 {
		_, body := envelope(n, "")
		status, _, header := post(t, url, plain, body, "X-Forwarded-For", fmt.Sprintf("203.0.%d.1", n)) // believed of nobody
		if n < 3 && status != 200 || n == 3 && (status != 429 || header.Get("Retry-After") == "") {
			t.Errorf("submission %d: %d", n, status)
		}
	}
}

func TestPagesAreServedAndNothingElse(t *testing.T) {
	url, _ := collector(t, nil)
	for name, want := range map[string]int{
		"/surveys/cafe/": 200, "/surveys/": 200, "/healthz": 200, "/surveys/_headers": 404, "/surveys/other/": 404, "/surveys/cafe/thanks": 200, "/surveys/none/thanks": 404,
		"/..%2f..%2fetc/passwd": 400, "/surveys/%2e%2e/x": 400, "/reports/": 404, "/counts": 200, "/surveys//cafe": 400,
	} {
		got, err := http.Get(url + name)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		if got.StatusCode != want {
			t.Errorf("%s: %d, want %d", name, got.StatusCode, want)
		}
		if name == "/surveys/cafe/" && got.Header.Get("X-Frame-Options") != "DENY" {
			t.Error("the page may be framed")
		}
	}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/counts", nil)
	req.Header.Set("X-Forwarded-For", "203.0.113.1")
	if got, err := http.DefaultClient.Do(req); err != nil || got.StatusCode != 404 {
		t.Error("counts are told to others")
	}
}

// TestHostileRequests is N01 of the adversarial corpus: refused or closed, nothing written.
func TestHostileRequests(t *testing.T) {
	url, dir := collector(t, nil)
	_, body := envelope(1, "x")
	big := strings.Replace(body, "x\\\"", strings.Repeat("x", 300<<10)+"\\\"", 1)
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write(bytes.Repeat([]byte("0"), 50<<20))
	_ = z.Close()
	for name, c := range map[string]struct {
		kind, body string
		header     []string
		want       int
	}{
		"300 kB":            {plain, big, nil, 413},
		"gzip bomb":         {plain, zipped.String(), []string{"Content-Encoding", "gzip"}, 415},
		"type":              {"application/xml", body, nil, 415},
		"no type":           {"", body, nil, 415},
		"array":             {plain, "[" + body + "]", nil, 400},
		"twice":             {plain, strings.Replace(body, `"hp"`, `"survey":"cafe","hp"`, 1), nil, 400},
		"bad UTF-8":         {plain, strings.Replace(body, "x", "\xff", 1), nil, 400},
		"other inner id":    {plain, strings.Replace(body, `"id":"a`, `"id":"b`, 1), nil, 400},
		"path as survey":    {plain, strings.ReplaceAll(body, "cafe", "../cafe"), nil, 400},
		"deep":              {plain, strings.Replace(body, `\"5\"`, strings.Repeat("[", 5000)+strings.Repeat("]", 5000), 1), nil, 400},
		"form of no survey": {"application/x-www-form-urlencoded", "osat=1", nil, 400},
		"broken multipart":  {"multipart/form-data; boundary=b", "--b\r\nx", nil, 400},
		"10 k header bytes": {plain, "{}", []string{"X-Long", strings.Repeat("h", 10<<10)}, 400},
		"20 k header bytes": {plain, body, []string{"X-Long", strings.Repeat("h", 40<<10)}, 431},
	} {
		if status := sent(t, url, c.kind, c.body, c.header); status != c.want && status != closed {
			t.Errorf("%s: %d, want %d", name, status, c.want)
		}
	}
	for name, raw := range map[string]string{
		"bad length":     "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: -5\r\n\r\n{}",
		"two lengths":    "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
		"encoded path":   "POST /..%2f..%2fx HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.0 empty": "POST / HTTP/1.0\r\nContent-Type: text/plain\r\n\r\n",
		"absent method":  "BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
		"endless chunks": "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat("8000\r\n"+strings.Repeat("0", 0x8000)+"\r\n", 12),
	} {
		if got := rawStatus(t, url, raw); got < 400 {
			t.Errorf("%s: %d, want a refusal", name, got)
		}
	}
	if kept := all(t, dir); strings.Contains(kept, "{") {
		t.Errorf("something was written: %.200s", kept)
	}
}

// closed stands for a connection that the server closed before it was answered in full.
const closed = 499

// sent is post for what the server may refuse before it has read it.
func sent(t *testing.T, url, kind, body string, header []string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	got, err := http.DefaultClient.Do(req)
	if err != nil {
		return closed
	}
	got.Body.Close()
	return got.StatusCode
}

// rawStatus sends bytes as they are.
func rawStatus(t *testing.T, url, raw string) int {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(15 * time.Second))
	_, _ = io.WriteString(c, raw)
	got, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return closed
	}
	got.Body.Close()
	return got.StatusCode
}

func TestASlowClientIsClosed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes five seconds")
	}
	url, _ := collector(t, nil)
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	start := time.Now()
	_, _ = io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
	_ = c.SetReadDeadline(time.Now().Add(15 * time.Second))
	if _, err := io.ReadAll(c); err != nil {
		t.Errorf("not closed: %v", err)
	}
	if took := time.Since(start); took > 15*time.Second {
		t.Errorf("closed after %v", took)
	}
}

// TestARetryNeverCountsTwice is P2: submissions at once, and requests or answers that a proxy drops.
func TestARetryNeverCountsTwice(t *testing.T) {
	url, dir := collector(t, nil)
	var every sync.WaitGroup
	for range 20 {
		every.Go(func() {
			_, body := envelope(1, "once")
			post(t, url, plain, body)
		})
	}
	every.Wait()
	before, after := 0, 0
	for n := 2; n < 42; n++ {
		_, body := envelope(n, "retried")
		for attempt := range 3 {
			switch drop := (n + attempt) % 3; drop {
			case 0:
				before++ // lost on the way there
			case 1:
				after++ // lost on the way back
				post(t, url, plain, body)
			default:
				post(t, url, plain, body)
			}
		}
	}
	body, err := os.ReadFile(dir + "/cafe/" + segmentName(time.Now().UTC().Format("2006-01"), 1))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	if _, err := scan(bytes.NewReader(body), func(l inbox.Line) { found[l.ID]++ }); err != nil {
		t.Fatal(err)
	}
	doubled := 0
	for _, n := range found {
		if n > 1 {
			doubled++
		}
	}
	t.Logf("dropped requests: 41 submissions, 20 at once, %d dropped before, %d after: %d kept, %d doubled", before, after, len(found), doubled)
	if len(found) != 41 || doubled > 0 {
		t.Fail()
	}
}
