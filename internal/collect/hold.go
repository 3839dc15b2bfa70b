package collect

import (
	"errors"
	"os"
)

// Lock claims a data folder, so that no collector writes into it; release lets
// go of it. It returns ErrLocked where a collector runs.
func Lock(dir string) (release func(), err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	held, err := lock(root)
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return func() { _ = held.Close(); _ = root.Close() }, nil
}
