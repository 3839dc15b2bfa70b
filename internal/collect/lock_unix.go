//go:build unix

package collect

import (
	"errors"
	"os"
	"syscall"
)

// lock claims a data folder for this process; the system lets go of it when the process ends.
func lock(folder *os.Root) (*os.File, error) {
	f, err := folder.OpenFile(".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errors.Join(ErrLocked, f.Close())
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
