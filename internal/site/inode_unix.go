//go:build unix

package site

import (
	"io/fs"
	"syscall"
)

// withoutWaiting makes opening a pipe return at once.
const withoutWaiting = syscall.O_NONBLOCK

// inode is the number that changes when a file is replaced by another of the same name.
func inode(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
