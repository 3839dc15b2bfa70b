// Package templates embeds the theme, the words of each language and the
// starter workspaces. A workspace file templates/<path> replaces the embedded
// file of the same path.
package templates

import "embed"

// Files holds theme/, locales/, packs/ (of indicators), presets/ (path models), receivers/, starters/ (by list.yaml), blocks/ (to add to a starter),
// workspace/ (what every new workspace begins with) and evidence.yaml (clauses of standards with what proves them).
//
//go:embed theme locales packs presets starters blocks workspace receivers facts.yaml evidence.yaml
var Files embed.FS
