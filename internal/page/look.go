package page

import "manyi/internal/survey"

// The two papers of tokens.css, on which the accent must be legible.
const lightPaper, darkPaper = "#ffffff", "#0f1622"

// accentStyle replaces the theme's accent by one that is legible on both
// papers, and the wash that goes with it; the definition has checked the value.
func accentStyle(accent string) string {
	if accent == "" {
		return ""
	}
	light := survey.Legible(accent, lightPaper)
	dark := survey.Legible(survey.Mixed(accent, lightPaper, 0.45), darkPaper)
	lightRule := "--accent:" + light + ";--accent-wash:" + survey.Mixed(light, lightPaper, 0.1)
	darkRule := "--accent:" + dark + ";--accent-wash:" + survey.Mixed(dark, darkPaper, 0.16)
	return ":root:not([data-theme=\"dark\"]){" + lightRule + "}@media screen and (prefers-color-scheme:dark){:root:not([data-theme=\"light\"]){" + darkRule + "}}" +
		"@media screen{:root[data-theme=\"dark\"]{" + darkRule + "}}"
}

// fontStyle puts the site's own fonts before those of the theme.
func fontStyle(font string) string {
	if font == "" {
		return ""
	}
	return ":root{--font:" + font + "}"
}
