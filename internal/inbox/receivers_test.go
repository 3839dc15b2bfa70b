package inbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// delivered are four submissions: one, the same again, another of its id, and none.
func delivered() (bodies []string, want []string) {
	e := Envelope{Survey: "cafe", ID: id(1), Payload: record(1, "好")}
	body, _ := json.Marshal(e)
	other, _ := json.Marshal(Envelope{Survey: "cafe", ID: id(1), Payload: record(1, "坏")})
	r := Receipt(Sum(e.ID, e.Payload))
	return []string{string(body), string(body), string(other), "{}"}, []string{
		fmt.Sprintf(`200 {"receipt":%q,"dup":false}`, r), fmt.Sprintf(`200 {"receipt":%q,"dup":true}`, r), `409 {"error":"conflict"}`, `400 {"error":"no envelope"}`,
	}
}

// TestThePHPReceiverAcknowledgesAsTheCollectorDoes runs the one file of PHP in its own server.
func TestThePHPReceiverAcknowledgesAsTheCollectorDoes(t *testing.T) {
	php, err := exec.LookPath("php")
	if err != nil {
		t.Skip("php is not installed")
	}
	dir := t.TempDir()
	body, err := os.ReadFile("../../templates/receivers/receiver.php")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir+"/www/survey", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/www/survey/receiver.php", body, 0o644); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	cmd := exec.CommandContext(t.Context(), php, "-S", address, "-t", dir+"/www")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for range 200 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	post := func(kind, body string) string {
		got, err := client.Post("http://"+address+"/survey/receiver.php", kind, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer got.Body.Close()
		text, _ := io.ReadAll(got.Body)
		return strings.TrimSpace(fmt.Sprint(got.StatusCode, " ", string(text)))
	}
	bodies, want := delivered()
	for i, b := range bodies {
		if got := post("text/plain", b); got != want[i] {
			t.Errorf("submission %d: %s, want %s", i, got, want[i])
		}
	}
	if got := post("application/x-www-form-urlencoded", "_survey=cafe&osat=5&osat=4"); got != "303" {
		t.Errorf("form: %s", got)
	}
	if got := post("text/plain", strings.Repeat("x", MostBytes+1)); !strings.HasPrefix(got, "413") {
		t.Errorf("too large: %s", got)
	}
	files, _ := filepath.Glob(dir + "/answers/cafe/*")
	sound := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range Parse(data) {
			if !item.Fault {
				sound++
			}
		}
	}
	if len(files) != 3 || sound != 3 {
		t.Errorf("%d files with %d submissions, want 3: an answer, a conflict, a form", len(files), sound)
	}
}

// TestTheWorkerAcknowledgesAsTheCollectorDoes runs the template of the edge worker in Node with a bucket in memory.
func TestTheWorkerAcknowledgesAsTheCollectorDoes(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	body, err := os.ReadFile("../../templates/receivers/worker.js")
	if err != nil {
		t.Fatal(err)
	}
	name := t.TempDir() + "/worker.mjs"
	script := `
const kept = new Map();
const env = { ANSWERS: { put: async (k, v, o) => { if (o && o.onlyIf && kept.has(k)) return null; kept.set(k, v); return {}; }, get: async k => kept.has(k) ? { text: async () => kept.get(k) } : null } };
const { default: worker } = await import(process.argv[1]);
for (const b of JSON.parse(process.argv[2])) { const r = await worker.fetch(new Request("https://x/", { method: "POST", body: b, headers: { "Content-Type": "text/plain" } }), env); console.log(r.status, await r.text()); }
const r = await worker.fetch(new Request("https://x/", { method: "POST", body: "_survey=cafe&osat=5", headers: { "Content-Type": "application/x-www-form-urlencoded" } }), env);
console.log(r.status, kept.size);
console.log((await worker.fetch(new Request("https://x/", { method: "OPTIONS" }), env)).status);`
	if err := os.WriteFile(name, body, 0o644); err != nil {
		t.Fatal(err)
	}
	bodies, want := delivered()
	list, _ := json.Marshal(bodies)
	out, err := exec.CommandContext(t.Context(), node, "--input-type=module", "-e", script, name, string(list)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got := strings.Split(strings.TrimSpace(string(out)), "\n")
	want[3] = `400 {"error":"no envelope"}`
	want = append(want, "303 3", "204")
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
