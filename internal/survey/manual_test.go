package survey

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/ledger"
)

// TestTheManualHasEveryKey holds content/manual/keys.md and keys.zh-CN.md to the
// tables of keys; UPDATE=1 writes them.
func TestTheManualHasEveryKey(t *testing.T) {
	for lang, name := range map[string]string{"en": "keys.md", "zh-CN": "keys.zh-CN.md"} {
		file := filepath.Join("../../content/manual", name)
		got := manualOfKeys(lang)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(file); err != nil || string(want) != got {
			t.Errorf("%s lags behind the keys (UPDATE=1 writes it): %v", file, err)
		}
	}
	blocks := manualBlocks()
	for path := range manualDefaults {
		block, key, _ := strings.Cut(path, "#")
		i := slices.IndexFunc(blocks, func(b manualBlock) bool { return slices.Contains(b.paths, block) })
		if i < 0 || !slices.ContainsFunc(blocks[i].keys, func(k outline) bool { return k.name == key }) {
			t.Errorf("there is no key %q to have a default", path)
		}
	}
}

// manualBlock is one mapping of the format and where it may stand.
type manualBlock struct {
	file  string
	paths []string
	keys  []outline
	below map[string]string // key -> path of its own block
}

// signature tells blocks apart that have other keys.
func (b manualBlock) signature() string {
	var s strings.Builder
	for _, k := range b.keys {
		fmt.Fprintf(&s, "%s|%s;", k.name, k.title)
	}
	return s.String()
}

// manualBlocks are the mappings of manyi.yaml and survey.yaml, each once, in
// the order in which a reader of the file meets them.
func manualBlocks() []manualBlock {
	w := &walker{known: map[string]int{}}
	w.block("manyi.yaml", "manyi.yaml", outlines(workspaceKeys))
	w.block("survey.yaml", "survey.yaml", outlines(surveyKeys))
	return w.blocks
}

type walker struct {
	blocks []manualBlock
	known  map[string]int // signature -> place in blocks
}

// block adds a mapping; one that is there gets another path.
func (w *walker) block(file, path string, keys []outline) {
	b := manualBlock{file: file, paths: []string{path}, keys: keys, below: map[string]string{}}
	if at, ok := w.known[b.signature()]; ok {
		if !slices.Contains(w.blocks[at].paths, path) {
			w.blocks[at].paths = append(w.blocks[at].paths, path)
		}
		return
	}
	at := len(w.blocks)
	w.known[b.signature()] = at
	w.blocks = append(w.blocks, b)
	for _, k := range keys {
		below := path + "." + k.name
		switch path {
		case "survey.yaml":
			below = k.name
		case "manyi.yaml":
			below = "manyi.yaml: " + k.name
		}
		before := len(w.blocks)
		w.shape(file, below, k.shape)
		if first := w.first(below); first >= 0 || len(w.blocks) > before {
			w.blocks[at].below[k.name] = below
		}
	}
}

// first is the block that stands at the path or begins with it.
func (w *walker) first(path string) int {
	return slices.IndexFunc(w.blocks, func(b manualBlock) bool {
		return slices.ContainsFunc(b.paths, func(p string) bool { return p == path || strings.TrimRight(p, "[]*.") == path })
	})
}

func (w *walker) shape(file, path string, s shape) {
	switch s.kind {
	case "mapping":
		w.block(file, path, s.keys)
	case "list":
		w.shape(file, path+"[]", *s.of)
	case "map":
		w.shape(file, path+".*", *s.of)
	case "facets":
		w.block(file, path+"[]", outlines(facetKeys()))
	case "branches":
		w.block(file, path+"[]", outlines(branchKeys()))
	case "choice":
		w.block(file, path, s.keys)
		common := map[string]bool{}
		for _, k := range s.keys {
			common[k.name] = true
		}
		for _, v := range s.variants {
			own := slices.DeleteFunc(slices.Clone(v.keys), func(k outline) bool { return common[k.name] })
			w.block(file, path+" "+v.by+": "+v.word, own)
		}
	}
	for _, e := range s.either {
		w.shape(file, path, e)
	}
}

var manualWords = map[string]map[string]string{
	"en": {
		"string": "text on one line", "text": "text, or texts by language", "boolean": "true or false", "integer": "whole number", "number": "number",
		"any": "any value", "band": "range, like 0..29", "code": "code", "column": "id of a column", "date": "day, like 2026-11-22", "expression": "expression",
		"facets": "list of facets", "branches": "list of choices", "format": "1", "id": "id", "language": "language, like zh-CN", "pair": "pair of ids", "path": "path of a file",
		"pattern": "regular expression", "period": "period, like 2026-01-01..2026-12-31", "range": "whole numbers, like 1..10", "scale": "name of a scale", "timezone": "time zone, like Asia/Shanghai",
		"url": "address", "mapping": "keys", "choice": "keys", "list": "list of ", "map": "name → ", "or": " or ", "key": "key", "type": "value", "default": "default", "about": "what it says",
		"required": "required", "title": "Every key", "only": "of types", "also": "Also at", "private": "private",
		"intro": "What stands in `manyi.yaml` and in `surveys/ID/survey.yaml`, block by block, and the columns of the ledgers. `[]` is an entry of a list, `*` a name of your own.\n" +
			"This page is made from the tables by which the program reads the files; `manyi schema` gives the same to editors. A key that must be there is **bold**.\n",
		"ledgers": "Columns of ledgers", "column name": "column", "kind": "cells",
		"ledgersIntro": "The records of `surveys/ID/ledger/NAME.csv` (also `.jsonl`, `.yaml`, `.xlsx`, each also `.gz`). Columns in **bold** must be filled. “Private” columns never reach a page, a message or a file of results.\n",
		"k0":           "key of a record", "k1": "code", "k2": "one of", "k3": "day", "k4": "day or time", "k5": "number", "k6": "yes or no", "k7": "text", "k8": "list, separated by ;",
	},
	"zh-CN": {
		"string": "单行文字", "text": "文字，或按语言分写", "boolean": "true 或 false", "integer": "整数", "number": "数字",
		"any": "任意值", "band": "范围，如 0..29", "code": "代码", "column": "列名", "date": "日期，如 2026-11-22", "expression": "表达式",
		"facets": "因素列表", "branches": "选项列表", "format": "1", "id": "标识", "language": "语言，如 zh-CN", "pair": "一对标识", "path": "文件路径",
		"pattern": "正则表达式", "period": "时段，如 2026-01-01..2026-12-31", "range": "整数范围，如 1..10", "scale": "量表名", "timezone": "时区，如 Asia/Shanghai",
		"url": "网址", "mapping": "下级键", "choice": "下级键", "list": "列表：", "map": "名称 → ", "or": " 或 ", "key": "键", "type": "取值", "default": "默认", "about": "含义",
		"required": "必填", "title": "全部键", "only": "仅用于题型", "also": "同样用于", "private": "保密",
		"intro": "`manyi.yaml` 和 `surveys/ID/survey.yaml` 里能写的全部键，以及各台账的列。`[]` 表示列表中的一项，`*` 表示自定的名称。\n" +
			"本页由程序读取文件时所用的键表生成；`manyi schema` 把同样的内容提供给编辑器。**粗体**的键必须写。\n",
		"ledgers": "台账的列", "column name": "列", "kind": "单元格",
		"ledgersIntro": "`surveys/ID/ledger/名称.csv`（也可以是 `.jsonl`、`.yaml`、`.xlsx`，均可加 `.gz`）中的记录。**粗体**的列必须有值。标有“保密”的列不会出现在任何页面、提示或结果文件里。\n",
		"k0":           "记录的编号", "k1": "代码", "k2": "其中之一", "k3": "日期", "k4": "日期或时间", "k5": "数字", "k6": "是或否", "k7": "文字", "k8": "列表，用 ; 分隔",
	},
}

// kinds is the value of a shape in words.
func (s shape) inWords(words map[string]string) string {
	switch s.kind {
	case "word":
		return "`" + strings.Join(s.words, "` `") + "`"
	case "list":
		entry, _, _ := strings.Cut(strings.ReplaceAll(s.of.inWords(words), "，", ","), ",")
		return words["list"] + entry
	case "map":
		return words["map"] + s.of.inWords(words)
	case "either":
		var all []string
		for _, e := range s.either {
			if w := e.inWords(words); !slices.Contains(all, w) {
				all = append(all, w)
			}
		}
		return strings.Join(all, words["or"])
	case "integer", "number":
		if s.high >= maxWhole && s.low >= 0 {
			return fmt.Sprintf("%s ≥ %s", words[s.kind], manualNumber(s.low))
		}
		if (s.low != 0 || s.high != 0) && s.high < maxWhole {
			return fmt.Sprintf("%s %s–%s", words[s.kind], manualNumber(s.low), manualNumber(s.high))
		}
	}
	return words[s.kind]
}

func manualNumber(f float64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.4f", f), "0"), ".")
}

// manualOfKeys is the page of every key in a language.
func manualOfKeys(lang string) string {
	words := manualWords[lang]
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s", words["title"], words["intro"])
	blocks := manualBlocks()
	manualContents(&b, blocks, words)
	for _, block := range blocks {
		head := "###"
		if block.paths[0] == block.file {
			head = "##"
		}
		fmt.Fprintf(&b, "\n%s `%s`\n\n", head, block.paths[0])
		if len(block.paths) > 1 {
			fmt.Fprintf(&b, "%s `%s`\n\n", words["also"], strings.Join(block.paths[1:], "` `"))
		}
		if len(block.keys) == 0 {
			b.WriteString("–\n")
			continue
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n|---|---|---|---|\n", words["key"], words["type"], words["default"], words["about"])
		for _, k := range block.keys {
			block.row(&b, blocks, k, lang)
		}
	}
	manualOfLedgers(&b, lang)
	return b.String()
}

// manualContents is a line of links for each file, and one for the ledgers.
func manualContents(b *strings.Builder, blocks []manualBlock, words map[string]string) {
	file := ""
	for _, block := range blocks {
		path := block.paths[0]
		switch {
		case path == block.file:
			if file != "" {
				b.WriteString("\n")
			}
			fmt.Fprintf(b, "\n[%s](#%s):", path, manualAnchor(path))
			file = block.file
		case strings.Contains(strings.TrimSuffix(strings.TrimPrefix(path, file+": "), ".*"), "."): // inside of another block
		default:
			fmt.Fprintf(b, " [`%s`](#%s)", strings.TrimPrefix(path, file+": "), manualAnchor(path))
		}
	}
	fmt.Fprintf(b, "\n\n[%s](#%s):", words["ledgers"], strings.ReplaceAll(strings.ToLower(words["ledgers"]), " ", "-"))
	for _, s := range ledger.Schemas {
		fmt.Fprintf(b, " [%s](#%s)", s.Name, s.Name)
	}
	b.WriteString("\n")
}

// row is the line of one key; its value links to the block it has.
func (b manualBlock) row(out *strings.Builder, blocks []manualBlock, k outline, lang string) {
	words := manualWords[lang]
	name := "`" + k.name + "`"
	if k.rule&required != 0 {
		name = "**" + name + "**"
	}
	value := k.shape.inWords(words)
	if below := b.below[k.name]; below != "" {
		w := walker{blocks: blocks}
		if i := w.first(below); i >= 0 {
			value = fmt.Sprintf("[%s](#%s)", value, manualAnchor(blocks[i].paths[0]))
		}
	}
	if types := typesWith(b, k.name); len(types) > 0 {
		value += fmt.Sprintf("; %s `%s`", words["only"], strings.Join(types, "` `"))
	}
	standard := "–"
	if k.shape.kind == "boolean" {
		standard = "`false`"
	}
	for _, p := range b.paths {
		if d, ok := manualDefaults[p+"#"+k.name]; ok {
			standard = "`" + d + "`"
		}
	}
	cell := strings.NewReplacer("|", `\|`)
	fmt.Fprintf(out, "| %s | %s | %s | %s |\n", name, cell.Replace(value), standard, cell.Replace(diag.Say(k.title).In(lang)))
}

// typesWith are the types of question that a key of questions is limited to.
func typesWith(b manualBlock, key string) []string {
	if b.paths[0] != "pages[].questions[]" || slices.Contains(anyType, key) {
		return nil
	}
	var out []string
	for _, t := range slices.Sorted(maps.Keys(typeKeys)) {
		if slices.Contains(typeKeys[t], key) {
			out = append(out, string(t))
		}
	}
	return out
}

// manualAnchor is the address that Git hosts give a heading.
func manualAnchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case r == ' ':
			b.WriteRune('-')
		case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// manualOfLedgers writes a table for each ledger.
func manualOfLedgers(b *strings.Builder, lang string) {
	words := manualWords[lang]
	fmt.Fprintf(b, "\n## %s\n\n%s", words["ledgers"], words["ledgersIntro"])
	for _, s := range ledger.Schemas {
		fmt.Fprintf(b, "\n### %s\n\n| %s | %s | %s |\n|---|---|---|\n", s.Name, words["column name"], words["kind"], words["about"])
		for _, c := range s.Columns {
			name, kind := "`"+c.Name+"`", words[fmt.Sprintf("k%d", c.Kind)]
			if c.Required {
				name = "**" + name + "**"
			}
			if len(c.Words) > 0 {
				kind += " `" + strings.Join(c.Words, "` `") + "`"
			}
			if c.Private {
				kind += "; " + words["private"]
			}
			fmt.Fprintf(b, "| %s | %s | %s |\n", name, kind, ledger.About(s.Name, c.Name).In(lang))
		}
	}
}

// manualDefaults is what holds where a key is left out, by "path#key".
var manualDefaults = map[string]string{
	"manyi.yaml#timezone": "Asia/Shanghai", "manyi.yaml: theme#name": "plain",
	"manyi.yaml: privacy#min_cell": "5", "manyi.yaml: privacy#min_cell_text": "10",
	"survey.yaml#version": "1", "survey.yaml#kind": "survey",
	"privacy#consent": "none", "accounts#weights": "1",
	"pages[].questions[]#score": "1", "pages[].questions[]#look": "number",
	"pages[].questions[]#per_task": "4", "quality#speed": "0.333", "report#practical": "0.2",
	"analyses[] method: csi#min_answered": "0.5", "analyses[] method: csi#mapping": "minmax",
	"analyses[] method: customers#period": "quarter", "analyses[] method: customers#min_periods": "4", "analyses[] method: customers#discount": "0.1",
	"analyses[] method: drivers#weights": "johnson", "analyses[] method: drivers#top": "3", "analyses[] method: drivers.bootstrap#seed": "1",
	"analyses[] method: importance_performance#thresholds": "mean", "analyses[] method: kano#table": "standard",
	"analyses[] method: path_model#scheme": "path", "analyses[] method: path_model#missing": "mean", "analyses[] method: path_model.constructs.*#mode": "A",
	"analyses[] method: penalty_reward#cut": "0.2", "analyses[] method: penalty_reward#regression": "each",
	"analyses[] method: two_factor#cut": "0.2", "analyses[] method: two_factor#regression": "each",
	"analyses[] method: service_evaluation.items[]#involved": "true", "analyses[] method: loyalty.weights#satisfaction": "1",
	"analyses[] method: loyalty.weights#repurchase": "1", "analyses[] method: loyalty.weights#recommend": "1",
	"collect#access": "open", "analyses[] method: loyalty#loyal": "repurchase", "service.desk#promise": "arrived", "analyses[] method: loyalty.economics#discount": "0.1", "analyses[] method: loyalty.economics#lift": "0.05", "service.complaints#acknowledge": "48 hours", "service.complaints#close": "15 days", "service.complaints#recurrence": "90 days",
	"service.complaints#vital_few": "0.8", "service.complaints#satisfaction": "sat5", "service.desk#repeat_days": "30", "service.desk#satisfied_from": "4",
	"service.desk#recorded": "1", "service.desk.visits#critical_rule": "fail", "service.desk.visits#critical_below": "60", "service.desk.visits#cap": "59",
	"service.desk.visits#pass": "80", "service.desk.visits#min_visits": "3", "service.desk.visits.items[]#weight": "1",
}
