package inbox

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/token"
)

const definition = `manyi: 1
id: cafe
languages: [en]
title: Cafe
privacy: {anonymous: %t, recipients: [Netlify]}
pages:
  - id: main
    questions:
      - {id: osat, type: rating, scale: sat5, text: Overall}
      - {id: why, type: long_text, text: Why}
collect: {channel: {type: netlify}, access: token, guard: {min_seconds: 5}}
`

func workspace(t *testing.T, anonymous bool) Target {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	if err := root.MkdirAll("surveys/cafe", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{"manyi.yaml": "manyi: 1\ntitle: T\nlanguages: [en]\n", "surveys/cafe/survey.yaml": fmt.Sprintf(definition, anonymous)} {
		if err := root.WriteFile(name, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var problems diag.List
	s := survey.Parse(root.FS(), "surveys/cafe", survey.ParseWorkspace(root.FS(), &problems), &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal("the definition has faults")
	}
	return Target{Root: root, Survey: s, Zone: "Asia/Shanghai"}
}

func id(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprintf("%026d", n))
}

func record(n int, why string, more ...string) string {
	var extra strings.Builder
	for i := 0; i+1 < len(more); i += 2 {
		extra.WriteString(fmt.Sprintf(",%q:%q", more[i], more[i+1]))
	}
	return fmt.Sprintf(`{"_id":%q,"_survey":"cafe","_submitted":"2026-11-22T10:00:00+08:00","osat":"4","why":%q%s}`, id(n), why, extra.String())
}

// TestCountsAddUp is P5: whatever a file holds, every submission of it is counted once.
func TestCountsAddUp(t *testing.T) {
	for seed := range uint64(60) {
		target := workspace(t, seed%2 == 0)
		r := rand.New(rand.NewPCG(5, seed))
		var lines []string
		for range 5 + r.IntN(40) {
			n := r.IntN(12)
			e := Envelope{Survey: "cafe", ID: id(n), Payload: record(n, "w")}
			switch r.IntN(7) {
			case 0:
				e.Payload = record(n, "other")
			case 1:
				lines = append(lines, `{"torn`)
				continue
			case 2:
				e.Survey, e.Payload = "gone", strings.ReplaceAll(e.Payload, "cafe", "gone")
			case 3:
				e.Trap = "spam"
			case 4:
				e.Payload = record(n, "w", "_started", "2026-11-22T10:00:00+08:00")
			}
			body, _ := json.Marshal(e)
			lines = append(lines, string(body))
		}
		items := Parse([]byte(strings.Join(lines, "\n")))
		for again := range 2 {
			got, err := Deliver(target, items)
			if err != nil {
				t.Fatal(err)
			}
			if got.Read != len(lines) || got.Read != got.Counted+got.Duplicate+got.Conflict+got.Rejected+got.Unmatched+got.Withdrawn || again == 1 && got.New != 0 {
				t.Errorf("seed %d, time %d: %d lines, %+v", seed, again+1, len(lines), got)
			}
		}
	}
}

// TestEveryChannelIsLossless sends the same answers through every form of delivery.
func TestEveryChannelIsLossless(t *testing.T) {
	hard := []string{"好\n\"quoted\" & = ; , \t", "＝1+1", "<b>", "", strings.Repeat("长", 500), "a=b&payload=c", "emoji 😀 \u2028"}
	for n, why := range hard {
		payload, _ := json.Marshal(map[string]string{"_id": id(n), "_survey": "cafe", "why": why})
		e := Envelope{Survey: "cafe", ID: id(n), Payload: string(payload)}
		envelope, _ := json.Marshal(e)
		form := url.Values{"payload": {e.Payload}, "survey": {"cafe"}, "id": {e.ID}, "form-name": {"cafe"}}
		hook, _ := json.Marshal(map[string]any{"id": 77, "data": json.RawMessage(envelope), "ip": "203.0.113.4"})
		csv := "payload,ip\n\"" + strings.ReplaceAll(e.Payload, `"`, `""`) + "\",203.0.113.4\n"
		for name, body := range map[string]string{
			"collector": string(e.Line().Append(nil)), "json": string(envelope), "urlencoded": form.Encode(), "webhook": string(hook), "csv": csv, "list": "[" + string(hook) + "]", "record": string(payload),
		} {
			items := Parse([]byte(body))
			if len(items) != 1 || items[0].Fault || Field(items[0].Record, "why") != why || items[0].ID != e.ID {
				t.Errorf("%s of answer %d: %+v", name, n, items)
			}
		}
	}
}

func TestAnonymousKeepsOnlyThatATokenWasUsed(t *testing.T) {
	private, public := token.Generate()
	key, err := token.ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	for _, anonymous := range []bool{true, false} {
		target := workspace(t, anonymous)
		if target.Keys, err = token.ParsePublic([]byte(public)); err != nil {
			t.Fatal(err)
		}
		first, _, _ := token.New(key, "cafe", token.Once, "")
		late, _, _ := token.New(key, "cafe", token.Once, "2026-11-21")
		many, _, _ := token.New(key, "cafe", token.Many, "")
		var items []Item
		for n, text := range []string{first, first, late, many, "forged"} {
			items = append(items, itemOf([]byte(record(n, "w", "_token", text, "_invitation", "first")), n+1))
		}
		if got, err := Deliver(target, items); err != nil || got.Counted != 5 {
			t.Fatal(got, err)
		}
		body, err := target.Root.ReadFile("surveys/cafe/responses/2026-11.jsonl")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(body), first) == anonymous {
			t.Errorf("anonymous %t: the token is kept: %t", anonymous, !anonymous)
		}
		if !anonymous {
			if strings.Contains(string(body), "_invitation") {
				t.Error("what a stranger said of an invitation was believed")
			}
			continue
		}
		lines := strings.Split(strings.TrimSpace(string(body)), "\n")
		for i, want := range []string{survey.InviteFirst, survey.InviteAgain, survey.InviteLate, survey.InviteMany, survey.InviteForged} {
			if got := Field([]byte(lines[i]), "_invitation"); got != want {
				t.Errorf("response %d is %q, want %q", i, got, want)
			}
		}
	}
}

func TestSealedAnswersAreFoundInMails(t *testing.T) {
	armor := armorBegin + "\n" + strings.Repeat("YWdl", 16) + "\nYWdl\n" + armorEnd + "\n"
	quoted := "> " + strings.ReplaceAll(strings.TrimSpace(armor), "\n", "\n> ")
	oneLine := strings.ReplaceAll(strings.TrimSpace(armor), "\n", " ")
	for name, body := range map[string]string{
		"plain": armor, "quoted": "Hello,\n\n" + quoted + "\nbye", "CRLF": strings.ReplaceAll(armor, "\n", "\r\n"), "one line": "text " + oneLine + " text",
		"mail":      "From: a@b.c\nContent-Type: text/plain\n\n" + armor,
		"HTML mail": "From: a@b.c\nContent-Type: text/html\n\n<p>" + strings.ReplaceAll(armor, "\n", "<br>\n") + "</p>",
	} {
		items := Parse([]byte(body))
		if len(items) != 1 || items[0].Armor != armor {
			t.Errorf("%s: %+v", name, items)
		}
	}
	if items := Parse([]byte(armor + "\nand\n" + armor)); len(items) != 2 {
		t.Errorf("two in one file: %d", len(items))
	}
}

// TestTheFunctionReceiverAcknowledgesAsTheCollectorDoes runs the template of the cloud functions in Node.
func TestTheFunctionReceiverAcknowledgesAsTheCollectorDoes(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	script := `const f = require(require("path").resolve(process.argv[1])), kept = new Map();
f.store = { put: async (k, v) => !kept.has(k) && !!kept.set(k, v), get: async (k) => kept.get(k) };
const post = (body) => f.handler({ httpMethod: "POST", headers: { "Content-Type": "text/plain" }, body }, {});
(async () => { for (const b of JSON.parse(process.argv[2])) { const r = await post(b); console.log(r.statusCode, r.body); } console.log([...kept.keys()].join(" ")); })();`
	e := Envelope{Survey: "cafe", ID: id(1), Payload: record(1, "好")}
	body, _ := json.Marshal(e)
	other, _ := json.Marshal(Envelope{Survey: "cafe", ID: id(1), Payload: record(1, "坏")})
	bodies, _ := json.Marshal([]string{string(body), string(body), string(other), "{}"})
	out, err := exec.CommandContext(t.Context(), node, "-e", script, "../../templates/receivers/function.js", string(bodies)).CombinedOutput()
	if err != nil {
		out2, _ := exec.CommandContext(t.Context(), node, "-e", script, "--", "../../templates/receivers/function.js", string(bodies)).CombinedOutput()
		t.Fatalf("%v %s %s", err, out, out2)
	}
	r := Receipt(Sum(e.ID, e.Payload))
	want := fmt.Sprintf("200 {\"receipt\":%q,\"dup\":false}\n200 {\"receipt\":%[1]q,\"dup\":true}\n409 {\"error\":\"conflict\"}\n400 {\"error\":\"no envelope\"}\n", r)
	if !strings.HasPrefix(string(out), want) {
		t.Errorf("got %s\nwant %s", out, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"survey":"cafe","id":"a","payload":"{}"}`))
	f.Add([]byte("payload,ip\n\"{}\",1\n"))
	f.Add([]byte("From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nM1.AAAA\n--b--"))
	f.Add([]byte("_survey=cafe&osat=1"))
	f.Fuzz(func(_ *testing.T, data []byte) { Parse(data) })
}
