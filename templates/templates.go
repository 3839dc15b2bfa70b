// Package templates embeds the theme, the words of each language and the
// starter workspaces. A workspace file templates/<path> replaces the embedded
// file of the same path.
package templates

import "embed"

// Files holds theme/, locales/, packs/ (of indicators), presets/ (path models), receivers/ and starters/.
//
//go:embed theme locales packs presets starters receivers
var Files embed.FS
