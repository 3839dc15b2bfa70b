//go:build unix

package site_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"manyi/internal/site"
)

// hostile are texts that try to become more than text.
var hostile = []string{
	`<script>window.ran=1</script>`, `<img src=x onerror="window.ran=1">`, `<svg onload=window.ran=1>`, `</textarea></select><xmp>`, `</title></style><b>`,
	`"><i data-evil>`, `' onfocus=window.ran=1 autofocus x='`, "`${7*7}`", `{{.Title <%= 7*7 %> #{7*7}`, `</script><!--<script>`, "line\u2028end",
	"\u202eevil\u202c", "\u2066open", "zero\u200bwidth", "z" + strings.Repeat("\u0301", 64), `javascript:window.ran=1`, `&lt;b&gt; &amp;amp;`, `constructor __proto__`,
}

// texts are the nodes of all texts by language in the tree, and whether the
// page shows them as they are written: not what only reports show, nor Markdown.
func texts(n *yaml.Node, shown bool, each func(n *yaml.Node, shown bool)) {
	kind := ""
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "type" {
			kind = n.Content[i+1].Value
		}
	}
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		switch name, value := n.Content[i].Value, n.Content[i+1]; {
		case name == "zh-CN" || name == "en":
			each(value, shown)
		case name == "text":
			texts(value, kind != "" && kind != "note", each)
		default:
			texts(value, name != "intro" && (name != "label" || kind == ""), each)
		}
	}
	for i := 0; n.Kind == yaml.SequenceNode && i < len(n.Content); i++ {
		texts(n.Content[i], true, each)
	}
}

func TestHostileTextsOfEveryTypeStayText(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../surveys/every_type/survey.yaml")
	must(t, err)
	var doc yaml.Node
	must(t, yaml.Unmarshal(source, &doc))
	var want []string
	n := 0
	texts(doc.Content[0], true, func(node *yaml.Node, shown bool) {
		n++
		node.Value, node.Style = fmt.Sprintf("T%dT %s", n, hostile[n%len(hostile)]), yaml.DoubleQuotedStyle
		if shown {
			want = append(want, node.Value)
		}
	})
	out, err := yaml.Marshal(&doc)
	must(t, err)
	dir := t.TempDir()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: \"T <script>window.ran=1</script>\"\nlanguages: [zh-CN, en]\n")
	must(t, os.CopyFS(filepath.Join(dir, "surveys", "every_type"), os.DirFS("../../surveys/every_type")))
	put(t, dir, "surveys/every_type/survey.yaml", string(out))
	build(t, dir, site.Options{Program: "test"})
	file := filepath.Join(dir, "site", "surveys", "every_type", "index.html")
	ctx := browser(t)
	var seen visit
	seen.listen(t, ctx)
	open(t, ctx, view{320, "light"}, file)
	if ran := evaluate[bool](t, ctx, `typeof window.ran !== 'undefined' || ({}).polluted !== undefined`); ran {
		t.Error("a text of the definition ran as script")
	}
	if strays := evaluate[int](t, ctx, `document.querySelectorAll('xmp, i[data-evil], form script, img:not([src^="data:image/"]), [onerror], [onload], [onfocus], [autofocus]').length`); strays > 0 {
		t.Errorf("%d elements or handlers were made of texts", strays)
	}
	seenTexts := evaluate[string](t, ctx, `JSON.stringify([...document.querySelectorAll('span, legend, option, optgroup, title, h1, h2')].map(e => e.label || e.textContent))`)
	var shown []string
	must(t, json.Unmarshal([]byte(seenTexts), &shown))
	all := strings.Join(shown, "\n")
	missing := 0
	for _, text := range want {
		if !strings.Contains(all, text) {
			missing++
			t.Logf("not shown as written: %q", text)
		}
	}
	if len(want) < 150 {
		t.Errorf("only %d texts were put in", len(want))
	}
	if missing > 0 {
		t.Errorf("%d of %d texts are not shown as they are written", missing, len(want))
	}
	messages, _ := seen.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
	if wider := evaluate[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wider > 0 {
		t.Errorf("a text makes the page %d px wider than the screen", wider)
	}
}
