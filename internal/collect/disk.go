package collect

import (
	"errors"
	"os"
	"runtime"

	"manyi/internal/inbox"
)

// disk is a file that is appended to. Tests put one in its place that fails, or
// that forgets what was not flushed.
type disk interface {
	Write(p []byte) (int, error)
	Sync() error
	Truncate(size int64) error
	Close() error
}

// opener opens a file of a folder for appending; it returns its size too.
type opener func(folder *os.Root, name string) (disk, int64, error)

// openDisk opens a real file. A new one is in its folder after a crash too.
func openDisk(folder *os.Root, name string) (disk, int64, error) {
	_, err := folder.Lstat(name)
	made := errors.Is(err, os.ErrNotExist)
	f, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && made {
		err = syncFolder(folder)
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

// born makes a file with its head, which is on the disk before the file has its
// name: a file that a crash leaves without a head is none of ours.
func born(folder *os.Root, name string, in *inbox.Segment) error {
	return errors.Join(inbox.Replace(folder, name, in.Head(nil)), syncFolder(folder))
}

// syncFolder flushes the names in a folder. Windows has no such thing.
func syncFolder(folder *os.Root) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := folder.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// segment is one file of lines with the length up to which it is sound.
type segment struct {
	disk disk
	good int64
	in   *inbox.Segment // nil: a file from before there were bonds
	buf  []byte
}

// lines puts requests one after the other, each bound to this file. The buffer
// is used again.
func (s *segment) lines(all []*request) []byte {
	s.buf = s.buf[:0]
	for _, r := range all {
		s.buf = append(s.buf, r.line...)
		if s.in == nil {
			s.buf = append(s.buf, "}\n"...)
		} else {
			s.buf = s.in.Close(s.buf, r.whole)
		}
	}
	return s.buf
}

// errPoisoned says that the disk failed in a way after which nobody can know
// what is on it: nothing is acknowledged until the program starts anew and
// looks. Source: PostgreSQL, "PANIC on fsync() failure", 2018.
var errPoisoned = errors.New("the disk failed: nothing is taken until the collector is started anew")

// append writes lines and flushes them. A write that fails leaves the file as
// it was; where even that fails, or flushing does, it returns errPoisoned.
func (s *segment) append(lines []byte) error {
	if n, err := s.disk.Write(lines); err != nil || n < len(lines) {
		if s.disk.Truncate(s.good) != nil {
			return errPoisoned
		}
		return errors.Join(errors.New("not written"), err)
	}
	if s.disk.Sync() != nil {
		return errPoisoned
	}
	s.good += int64(len(lines))
	return nil
}
