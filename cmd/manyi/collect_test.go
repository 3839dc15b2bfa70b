package main

import (
	"bufio"
	"bytes"
	stdcontext "context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"manyi/internal/inbox"
)

// running is a collector in a process of its own.
type running struct {
	*exec.Cmd
	url string
}

// collectIn starts the program itself in a workspace.
func collectIn(t *testing.T, dir string, args ...string) *running {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{"collect", dir, "--listen", "127.0.0.1:0", "--rate", "0", "--quiet"}, args...)...)
	cmd.Env = append(os.Environ(), "MANYI_TEST_MAIN=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the collector did not start: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return &running{cmd, strings.TrimSuffix(strings.TrimSpace(first), "surveys/")}
}

// collecting makes a workspace with one survey.
func collecting(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range map[string]string{
		"manyi.yaml":               "manyi: 1\ntitle: T\nlanguages: [en]\n",
		"surveys/cafe/survey.yaml": "manyi: 1\nid: cafe\nlanguages: [en]\ntitle: Cafe\npages:\n  - id: main\n    questions:\n      - {id: osat, type: rating, scale: sat5, text: Overall}\n",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func submission(n int) (id, body string) {
	id = strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprintf("%026d", n))
	payload := fmt.Sprintf(`{"_id":%q,"_survey":"cafe","_version":1,"_submitted":"2026-11-22T10:00:00+08:00","osat":"4"}`, id)
	return id, fmt.Sprintf(`{"survey":"cafe","version":1,"build":"a","id":%q,"payload":%q,"sealed":false,"hp":""}`, id, payload)
}

// crowd submits from several clients until it is stopped, and remembers what was acknowledged.
type crowd struct {
	mu      sync.Mutex
	next    int
	acked   map[string]bool
	dups    int
	retries []int // refused or unanswered: sent again
}

func (c *crowd) take() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.retries); n > 0 {
		out := c.retries[n-1]
		c.retries = c.retries[:n-1]
		return out
	}
	c.next++
	return c.next
}

func (c *crowd) run(ctx stdcontext.Context, url string, clients int) {
	var all sync.WaitGroup
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}, Timeout: 5 * time.Second}
	for range clients {
		all.Go(func() {
			for ctx.Err() == nil {
				n := c.take()
				if !c.submit(client, url, n) {
					c.mu.Lock()
					c.retries = append(c.retries, n)
					c.mu.Unlock()
					time.Sleep(5 * time.Millisecond)
				}
			}
		})
	}
	all.Wait()
}

func (c *crowd) submit(client *http.Client, url string, n int) bool {
	id, body := submission(n)
	got, err := client.Post(url, "text/plain", strings.NewReader(body))
	if err != nil {
		return false
	}
	defer got.Body.Close()
	var receipt struct {
		Receipt string `json:"receipt"`
		Dup     bool   `json:"dup"`
	}
	text, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != http.StatusOK || json.Unmarshal(text, &receipt) != nil || receipt.Receipt == "" {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.acked[id] = true
	if receipt.Dup {
		c.dups++
	}
	return true
}

// verdict holds the files against what was acknowledged.
func (c *crowd) verdict(t *testing.T, data string) (lost, doubled, kept int) {
	t.Helper()
	found := map[string]int{}
	files, _ := filepath.Glob(data + "/cafe/20*.jsonl")
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for raw := range bytes.Lines(body) {
			if l, err := inbox.ParseLine(raw); err == nil {
				found[l.ID]++
			}
		}
	}
	for id := range c.acked {
		if found[id] == 0 {
			lost++
		}
	}
	for _, n := range found {
		if n > 1 {
			doubled++
		}
	}
	return lost, doubled, len(found)
}

// TestKillingTheCollectorLosesNothing is P1 with a real process and a real disk.
func TestKillingTheCollectorLosesNothing(t *testing.T) {
	kills := 20
	if testing.Short() {
		kills = 3
	}
	dir := collecting(t)
	c := &crowd{acked: map[string]bool{}}
	for i := range kills {
		p := collectIn(t, dir)
		ctx, stop := stdcontext.WithTimeout(t.Context(), time.Duration(60+17*i)*time.Millisecond)
		ended := make(chan struct{})
		go func() { defer close(ended); c.run(ctx, p.url, 16) }()
		<-ctx.Done()
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait()
		<-ended
		stop()
	}
	p := collectIn(t, dir) // a last start: everything that was refused is sent again
	client := &http.Client{}
	for _, n := range c.retries {
		if !c.submit(client, p.url, n) {
			t.Errorf("submission %d is refused by a healthy collector", n)
		}
	}
	end(t, p)
	lost, doubled, kept := c.verdict(t, dir+"/inbox")
	t.Logf("kill -9: %d kills, %d acknowledged (%d of them as known), %d kept, %d lost, %d doubled", kills, len(c.acked), c.dups, kept, lost, doubled)
	if lost+doubled > 0 || kept != len(c.acked) || len(c.acked) == 0 {
		t.Fail()
	}
}

// end stops a collector as a service manager does.
func end(t *testing.T, p *running) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("the collector ended with %v", err)
	}
}

// TestStoppingTheCollectorLosesNothing is P17: SIGTERM under 64 clients.
func TestStoppingTheCollectorLosesNothing(t *testing.T) {
	dir := collecting(t)
	c := &crowd{acked: map[string]bool{}}
	p := collectIn(t, dir)
	ctx, stop := stdcontext.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); c.run(ctx, p.url, 64) }()
	time.Sleep(700 * time.Millisecond)
	start := time.Now()
	end(t, p)
	took := time.Since(start)
	stop()
	<-ended
	lost, doubled, kept := c.verdict(t, dir+"/inbox")
	t.Logf("SIGTERM: %d acknowledged, %d kept, %d lost, %d doubled; ended after %v", len(c.acked), kept, lost, doubled, took.Round(time.Millisecond))
	if lost+doubled > 0 || len(c.acked) == 0 || took > 10*time.Second {
		t.Fail()
	}
}

// TestAFullDiskRefuses runs the collector on a file system of 256 KiB, or where
// that cannot be made, under a limit of the size of a file.
func TestAFullDiskRefuses(t *testing.T) {
	dir := collecting(t)
	data := filepath.Join(dir, "small")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", data).CombinedOutput(); err != nil {
		t.Skipf("no tmpfs can be mounted here (%v %s); the seam test in internal/collect covers it", err, bytes.TrimSpace(out))
	}
	t.Cleanup(func() { _ = exec.CommandContext(stdcontext.Background(), "umount", data).Run() })
	c := &crowd{acked: map[string]bool{}}
	p := collectIn(t, dir, "--data", data)
	client := &http.Client{}
	refused := []int{}
	for n := range 3000 {
		if !c.submit(client, p.url, n) {
			refused = append(refused, n)
		}
	}
	full := len(c.acked)
	if out, err := exec.CommandContext(t.Context(), "mount", "-o", "remount,size=8m", data).CombinedOutput(); err != nil {
		t.Fatalf("grow: %v %s", err, out)
	}
	for _, n := range refused {
		if !c.submit(client, p.url, n) {
			t.Errorf("submission %d is refused though there is room again", n)
		}
	}
	end(t, p)
	lost, doubled, kept := c.verdict(t, data)
	t.Logf("full tmpfs: %d acknowledged, %d refused; after growing %d acknowledged, %d kept, %d lost, %d doubled", full, len(refused), len(c.acked), kept, lost, doubled)
	if lost+doubled > 0 || len(refused) == 0 || kept != 3000 {
		t.Fail()
	}
}
