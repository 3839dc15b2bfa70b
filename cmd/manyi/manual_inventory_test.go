package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"manyi/internal/ledger"
	"manyi/internal/survey"
)

// inventoryTokens are what a cell of the inventory names: a kind and a name.
var inventoryTokens = regexp.MustCompile("(starter|block|method|page|ledger|key|pack|preset|scale|command) `([^`]+)`")

// TestTheInventoryIsTrue holds every name of content/manual/inventory.md to what
// there is, and its rows to A01–A122 and B0–B19.
func TestTheInventoryIsTrue(t *testing.T) {
	english, chinese := content(t, "../../content/manual/inventory.md"), content(t, "../../content/manual/inventory.zh-CN.md")
	for row := range 142 {
		id := fmt.Sprintf("A%02d", row+1)
		if row >= 122 {
			id = fmt.Sprintf("B%d", row-122)
		}
		if strings.Count(english, "\n| "+id+" |") != 1 || strings.Count(chinese, "\n| "+id+" |") != 1 {
			t.Errorf("the inventory has not one row %s in each language", id)
		}
	}
	for _, m := range inventoryTokens.FindAllStringSubmatch(english, -1) {
		if kind, name := m[1], m[2]; !inventoryHas(t, kind, name) {
			t.Errorf("the inventory names the %s %q, which is not there", kind, name)
		}
	}
}

func inventoryHas(t *testing.T, kind, name string) bool {
	there := func(file string) bool { _, err := os.Stat(filepath.Join("../../templates", file)); return err == nil }
	switch kind {
	case "starter":
		return starterListed(t, name)
	case "block":
		return !there("blocks") || there("blocks/"+name+".yaml")
	case "pack", "preset":
		return there(kind + "s/" + name + ".yaml")
	case "method":
		return bytes.Contains(survey.JSONSchema(), []byte(`"const": "`+name+`"`))
	case "key":
		return strings.Contains(content(t, "../../content/manual/keys.md"), "`"+name+"` |")
	case "scale":
		return strings.Contains(content(t, "../../internal/survey/scales.yaml"), "\n  "+name+":")
	case "ledger":
		return slices.Contains(ledger.Names(), name)
	case "command":
		return slices.ContainsFunc(commands, func(c command) bool { return c.name == name })
	}
	return pageOfReports(t, name)
}

// pageOfReports reports whether the code of the reports names a page so.
func pageOfReports(t *testing.T, name string) bool {
	t.Helper()
	files, err := filepath.Glob("../../internal/report/*.go")
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(f string) bool {
		code := content(t, f)
		return strings.Contains(code, `"`+name+`"`) || strings.Contains(code, `"`+name+`-"`)
	})
}

// wholeList is how many starters there are when all of the first two lists are written.
const wholeList = 40

// starterListed reports whether templates/starters/list.yaml has the starter;
// while the list is not whole, a name that is not there yet is let pass.
func starterListed(t *testing.T, name string) bool {
	t.Helper()
	var list struct {
		Groups []struct{ Starters []string }
	}
	if err := yaml.Unmarshal([]byte(content(t, "../../templates/starters/list.yaml")), &list); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, g := range list.Groups {
		all = append(all, g.Starters...)
	}
	return slices.Contains(all, name) || len(all) < wholeList
}
