package page

import (
	"cmp"
	"regexp"
	"strings"

	"manyi/internal/survey"
)

// The two papers of tokens.css, on which the accent must be legible.
const lightPaper, darkPaper = "#ffffff", "#0f1622"

// darkContrast is more than is needed: what glows is easier to read than what glimmers.
const darkContrast = 7

// accentStyle replaces the theme's accent by one that is legible on both
// papers, and the wash that goes with it; the definition has checked the value.
func accentStyle(accent string) string {
	if accent == "" {
		return ""
	}
	light := survey.Legible(accent, lightPaper, survey.LeastContrast)
	dark := survey.Legible(accent, darkPaper, darkContrast)
	lightRule := "--accent:" + light + ";--accent-wash:" + survey.Mixed(light, lightPaper, 0.1)
	darkRule := "--accent:" + dark + ";--accent-wash:" + survey.Mixed(dark, darkPaper, 0.16)
	return ":root:not([data-theme=\"dark\"]){" + lightRule + "}@media screen and (prefers-color-scheme:dark){:root:not([data-theme=\"light\"]){" + darkRule + "}}"
}

// fontStyle puts the site's own fonts before those of the theme.
func fontStyle(font string) string {
	if font == "" {
		return ""
	}
	return ":root{--font:" + font + "}"
}

// ofTheSystem is a rule for readers whose system is dark and who have not chosen light.
var ofTheSystem = regexp.MustCompile(`@media ((?:[^{]*?) and )?\(prefers-color-scheme: ?dark\)\s*\{\s*:root:not\(\[data-theme="?light"?\]\)\s*(\{[^}]*\})\s*\}`)

// switched adds to every such rule the same for readers who have chosen dark by
// the switch of a report, so that the theme says its dark colours once.
func switched(css string) string {
	return ofTheSystem.ReplaceAllStringFunc(css, func(rule string) string {
		m := ofTheSystem.FindStringSubmatch(rule)
		where := cmp.Or(strings.TrimSuffix(m[1], " and "), "all")
		return rule + "\n@media " + where + `{:root[data-theme="dark"]` + m[2] + "}"
	})
}
