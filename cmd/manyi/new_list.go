package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// listed is a starter as --list shows it.
type listed struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Surveys []string `json:"surveys"`
	Items   int      `json:"items"`
	Minutes int      `json:"minutes"`
	Methods []string `json:"methods"`
}

// listedGroup is a group of them.
type listedGroup struct {
	Title    string   `json:"title"`
	Starters []listed `json:"starters"`
}

// listedBlock is a block as --list shows it.
type listedBlock struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Note  string `json:"note"`
}

// starterList is all of them in one language.
func starterList(lang string) (groups []listedGroup, blocks []listedBlock) {
	var problems diag.List
	for _, g := range survey.StarterGroups(&problems) {
		group := listedGroup{Title: g.Title.In(lang, "en")}
		for _, name := range g.Starters {
			s := survey.OpenStarter(name, &problems)
			items, minutes := s.Length()
			l := listed{Name: name, Items: items, Minutes: minutes, Methods: s.Methods()}
			var titles []string
			for _, x := range s.Surveys {
				l.Surveys, titles = append(l.Surveys, x.ID), append(titles, x.Title.In(lang, x.Languages...))
			}
			l.Title = strings.Join(titles, " + ")
			group.Starters = append(group.Starters, l)
		}
		groups = append(groups, group)
	}
	for _, b := range survey.Blocks(&problems) {
		blocks = append(blocks, listedBlock{b.Name, b.Title.In(lang, "en"), b.Note.In(lang, "en")})
	}
	return groups, blocks
}

// listStarters prints the starters by group, then the blocks.
func (c *context) listStarters(asJSON bool) error {
	lang := "en"
	if diag.Chinese(c.lang) {
		lang = "zh-CN"
	}
	groups, blocks := starterList(lang)
	if asJSON {
		e := json.NewEncoder(c.out)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{"groups": groups, "blocks": blocks})
	}
	for _, g := range groups {
		fmt.Fprintln(c.out, g.Title)
		for _, s := range g.Starters {
			size := diag.Say("%d items, %d min", s.Items, s.Minutes).In(c.lang)
			fmt.Fprintf(c.out, "  %-24s %s  %s%s\n", s.Name, padded(size, 17), s.Title, methodsIn(c.lang, s.Methods))
		}
		fmt.Fprintln(c.out)
	}
	fmt.Fprintln(c.out, diag.Say("Blocks: --with NAME,NAME adds them to a starter").In(c.lang))
	for _, b := range blocks {
		fmt.Fprintf(c.out, "  %-24s %s\n", b.Name, b.Note)
	}
	return nil
}

// methodsIn names methods, in brackets; "" of none.
func methodsIn(lang string, methods []string) string {
	var words []string
	for _, m := range methods {
		words = append(words, survey.MethodName(m).In(lang))
	}
	switch {
	case len(words) == 0:
		return ""
	case diag.Chinese(lang):
		return "（" + strings.Join(words, "、") + "）"
	}
	return " (" + strings.Join(words, ", ") + ")"
}

// padded fills a text up to a width, where a Chinese character takes two places.
func padded(s string, width int) string {
	for _, r := range s {
		width--
		if r > 0x2E7F {
			width--
		}
	}
	return s + strings.Repeat(" ", max(width, 0))
}
