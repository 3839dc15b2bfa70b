//go:build !unix

package site

import "io/fs"

// inode is unknown here; size and time decide alone.
func inode(fs.FileInfo) uint64 { return 0 }
