//go:build !unix

package collect

import "os"

// lock opens the lock file only: this system has no advisory locks in the standard library.
func lock(folder *os.Root) (*os.File, error) {
	return folder.OpenFile(".lock", os.O_RDWR|os.O_CREATE, 0o600)
}
