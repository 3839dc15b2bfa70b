// Package templates embeds the theme, the words of each language and the
// starter workspaces. A workspace file templates/<path> replaces the embedded
// file of the same path.
package templates

import "embed"

// Files holds theme/, locales/, starters/ and packs/.
//
//go:embed theme locales starters packs
var Files embed.FS
