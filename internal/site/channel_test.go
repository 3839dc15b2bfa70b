package site_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"manyi/internal/importer"
	"manyi/internal/seal"
	"manyi/templates"
)

// bared is a survey page whose script is as it is written and shows its functions to the test.
func bared(t *testing.T, body []byte) []byte {
	t.Helper()
	var script strings.Builder
	for _, name := range []string{"core", "answers", "language", "check", "steps", "choices", "code", "sha256", "age", "canary", "tabs", "draft", "outbox", "sent", "hand", "send", "receipt", "start"} {
		text, err := fs.ReadFile(templates.Files, "theme/survey/"+name+".js")
		must(t, err)
		script.Write(text)
	}
	script.WriteString("\nwindow.inside = { model, canonical, seal, parcel, textOf, receiptOf, x25519, unhex, bytesOf, sha256 };")
	body = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAll(body, nil)
	at := bytes.LastIndex(body, []byte("<script>"))
	end := bytes.LastIndex(body, []byte("</script>"))
	return []byte(string(body[:at+len("<script>")]) + "(() => {" + script.String() + "})()" + string(body[end:]))
}

// sets makes records as pages do, with texts that break what is careless.
func sets(n int) []map[string]any {
	random := rand.New(rand.NewPCG(6, 200))
	pieces := []string{"好", "é", "𠮷", "👩‍👩‍👧", " ", "\n", "\r\n", "\t", "&", "=", "+", "%0A", "\"", "\\", "'", "<script>", "</script>", "> quoted", "\u2028", "\u202e", "\u0000", ";", ",", "M1.", "-----BEGIN AGE ENCRYPTED FILE-----", "{{.}}", "1E+17", "مرحبا", "a", "0"}
	text := func() string {
		var b strings.Builder
		for range random.IntN(40) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		return b.String()
	}
	out := make([]map[string]any, n)
	for i := range out {
		r := map[string]any{"_id": fmt.Sprintf("%026d", i), "_survey": "every", "_version": "3", "_lang": "zh-CN", "why": text(), "other_text": text(), "visits": random.IntN(1e6), "share": random.NormFloat64(), "none": nil}
		var ticked []any
		for _, code := range []string{"late", "01", "none"} {
			if random.IntN(2) == 0 {
				ticked = append(ticked, code)
			}
		}
		if r["problems"] = ticked; ticked == nil {
			r["problems"] = []any{}
		}
		if random.IntN(20) == 0 {
			r["long"] = strings.Repeat(text(), 60)
		}
		out[i] = r
	}
	return out
}

// passes is one record on every channel, as the page makes it.
type passes struct {
	Text, Receipt    string // the record as canonical JSON; the receipt of its payload
	Payload          string
	Hand             string // as a file and as the text of a mail
	Channels, Kinds  []string
	ContentTypes     []string `json:"types"`
	Bodies           []string
	MultipartPayload string
}

const pass = `(async (records, sealed) => {
	const { model, canonical, seal, parcel, textOf, receiptOf } = inside, out = [];
	for (const record of records) {
		const text = canonical(record), payload = sealed ? seal(text) : text;
		const item = { survey: 'every', version: 3, build: 'abc', id: record._id, payload, sealed, hp: '' };
		const pass = { text, payload, receipt: receiptOf(record._id, payload), hand: await textOf(item), channels: [], types: [], bodies: [] };
		for (const channel of ['collector', 'json', 'urlencoded', 'netlify']) {
			model.channel = channel;
			const { type, body } = parcel(item);
			const request = new Request('http://127.0.0.1/', { method: 'POST', body, headers: { 'Content-Type': type } });
			pass.channels.push(channel); pass.types.push(request.headers.get('Content-Type')); pass.bodies.push(await request.text());
			if (channel === 'urlencoded') {
				const form = new FormData();
				for (const [name, v] of new URLSearchParams(body)) form.append(name, v);
				const many = new Request('http://127.0.0.1/', { method: 'POST', body: form });
				pass.channels.push('multipart'); pass.types.push(many.headers.get('Content-Type')); pass.bodies.push(await many.text());
			}
		}
		out.push(pass);
	}
	return JSON.stringify(out);
})`

// TestEveryChannelIsLossless sends 200 generated records through every channel,
// in clear and sealed, and wants the same bytes at the other end.
func TestEveryChannelIsLossless(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), 2*time.Minute)
	defer cancel()
	keys, backup := &seal.Keys{}, &seal.Keys{}
	a, b := madeKey(t, keys), madeKey(t, backup)
	definition := strings.ReplaceAll(oneText, "{channel: CHANNEL}", "{channel: {type: file}, seal: {recipients: ["+a+", "+b+"]}}")
	dir := t.TempDir()
	put(t, dir, "index.html", string(bared(t, drawn(t, define(t, definition)))))
	open(t, ctx, view{390, "light"}, filepath.Join(dir, "index.html"))
	until(t, ctx, `window.inside`)
	vectors(t, ctx)
	records := sets(200)
	compared := map[string]int{}
	for _, sealed := range []bool{false, true} {
		for from := 0; from < len(records); from += 50 {
			list, err := json.Marshal(records[from : from+50])
			must(t, err)
			var got []passes
			must(t, json.Unmarshal([]byte(evaluate[string](t, ctx, fmt.Sprintf("%s(%s, %v)", pass, list, sealed))), &got))
			for i, p := range got {
				holds(t, p, records[from+i], sealed, keys, backup, compared)
			}
		}
	}
	t.Logf("records that came through byte for byte: %v", compared)
	for _, name := range []string{"file", "mail", "collector", "json", "urlencoded", "netlify", "multipart"} {
		for _, how := range []string{"", " sealed"} {
			if compared[name+how] != 200 {
				t.Errorf("%s%s: %d of 200", name, how, compared[name+how])
			}
		}
	}
}

func madeKey(t *testing.T, keys *seal.Keys) string {
	t.Helper()
	id, err := seal.Generate()
	must(t, err)
	must(t, keys.Add(id.File("a test")))
	return id.Recipient()
}

// holds compares one record on every channel with what it was.
func holds(t *testing.T, p passes, record map[string]any, sealed bool, keys, backup *seal.Keys, compared map[string]int) {
	t.Helper()
	var back, want any
	must(t, json.Unmarshal([]byte(p.Text), &back))
	source, err := json.Marshal(record)
	must(t, err)
	must(t, json.Unmarshal(source, &want))
	if fmt.Sprint(back) != fmt.Sprint(want) {
		t.Fatalf("the record is not what it was:\n%v\n%v", back, want)
	}
	how := map[bool]string{true: " sealed"}[sealed]
	arrived := func(channel, payload string) {
		text := payload
		if sealed {
			plain, err := keys.OpenAll([]byte(payload))
			must(t, err)
			other, err := backup.OpenAll([]byte(payload))
			must(t, err)
			if !bytes.Equal(plain, other) || len(plain)%1024 != 0 || strings.Contains(payload, `"why`) {
				t.Errorf("%s: %d bytes sealed, not in whole KiB, or differently for the backup", channel, len(plain))
			}
			text = strings.TrimRight(string(plain), " \n")
		}
		if text == p.Text {
			compared[channel+how]++
		}
	}
	for i, channel := range p.Channels {
		e := unpack(p.ContentTypes[i], p.Bodies[i])
		arrived(channel, e.Payload)
		if e.ID != record["_id"] || e.Sealed != sealed || e.Survey != "every" || e.Version != 3 || !strings.Contains(string(e.receipt()), `"`+p.Receipt+`"`) {
			t.Errorf("%s: the envelope is of %q, sealed %v, survey %q, version %d, or its receipt differs", channel, e.ID, e.Sealed, e.Survey, e.Version)
		}
	}
	mail := "Hello\r\n> " + strings.ReplaceAll(strings.ReplaceAll(p.Hand, "\n", "\r\n> "), "M1.", "M1.\r\n> ") + "\r\n\r\nBye"
	for channel, text := range map[string]string{"file": p.Hand, "mail": mail} {
		if sealed {
			found := seal.Find([]byte(text))
			if len(found) == 1 {
				arrived(channel, found[0].Armor)
			}
			continue
		}
		codes, _, faults := importer.ParseCodes([]byte(text))
		if len(codes) == 1 && len(faults) == 0 {
			arrived(channel, string(codes[0]))
		}
	}
}

// vectors holds the arithmetic of the page against RFC 7748 and FIPS 180-4.
func vectors(t *testing.T, ctx context.Context) {
	t.Helper()
	got := evaluate[string](t, ctx, `(() => {
		const { x25519, unhex, bytesOf, sha256 } = inside, hex = b => [...b].map(x => x.toString(16).padStart(2, '0')).join('');
		let low = 'taken';
		try { x25519(unhex('01'.repeat(32)), new Uint8Array(32)); } catch { low = 'refused'; }
		let k = bytesOf(9n, 32), u = k;
		for (let i = 0; i < 1000; i++) [k, u] = [x25519(k, u), k];
		return [hex(x25519(unhex('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4'), unhex('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c'))),
			hex(k), hex(sha256(new TextEncoder().encode('abc'))), low].join(' ');
	})()`)
	want := "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552 684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad refused"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestTheStockProgramOpensWhatAPageSeals runs age itself, and tampers.
func TestTheStockProgramOpensWhatAPageSeals(t *testing.T) {
	t.Parallel()
	age, err := exec.LookPath("age")
	if err != nil {
		t.Skip("there is no age on this machine")
	}
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	id, err := seal.Generate()
	must(t, err)
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "key"), id.File("a test"), 0o600))
	definition := strings.ReplaceAll(oneText, "{channel: CHANNEL}", "{channel: {type: collector, url: \"RECEIVER\"}, seal: {one_key: true, recipients: ["+id.Recipient()+"]}}")
	r := receive(t, definition)
	put(t, dir, "index.html", string(drawn(t, r.survey)))
	for _, address := range []string{r.URL + "/?lang=en", strings.Replace(r.URL, "127.0.0.1", "plain.localhost", 1) + "/?lang=en"} {
		before := len(r.take(t, 0))
		open(t, ctx, view{390, "light"}, address)
		until(t, ctx, `document.querySelector('.next') && document.querySelector('[name=why]').checkVisibility()`)
		evaluate[int](t, ctx, writeText("a secret 好"))
		evaluate[int](t, ctx, press)
		posts := r.take(t, before+1)
		p := posts[before]
		if strings.Contains(p.Body, "secret") || strings.Contains(p.Body, "why") {
			t.Error("the receiver sees what was answered")
		}
		e := unpack(p.Kind, p.Body)
		command := exec.Command(age, "-d", "-i", filepath.Join(dir, "key"))
		command.Stdin = strings.NewReader(e.Payload)
		out, err := command.Output()
		if err != nil || !strings.Contains(string(out), `"why":"a secret 好"`) || !e.Sealed {
			t.Errorf("%s: age says %v", address, err)
		}
	}
	open(t, ctx, view{390, "light"}, filepath.Join(dir, "index.html")) // from a disk too
	until(t, ctx, `document.querySelector('.next') && document.querySelector('[name=why]').checkVisibility()`)
	if got := evaluate[bool](t, ctx, `document.getElementById('survey').hasAttribute('action')`); got {
		t.Error("a sealed form has an action, which would send answers in clear without script")
	}
}
