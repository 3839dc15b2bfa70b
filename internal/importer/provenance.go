package importer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"manyi/internal/importer/draft"
)

// Sum is the SHA-256 of the export.
func (f *Frame) Sum() (string, error) {
	body, err := f.file.opened()
	if err != nil {
		return "", err
	}
	defer body.Close()
	h := sha256.New()
	if _, err := io.Copy(h, body); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Record adds to surveys/<id>/imports/<name>.yaml what was imported: which
// file, by its hash, how many rows, which column went where. A file that is
// recorded and brought nothing new is not recorded again. Its date is that of
// the latest response, not of the clock.
func (p *Plan) Record(root *os.Root, w Written) error {
	sum, err := p.Frame.Sum()
	if err != nil {
		return err
	}
	old, err := root.ReadFile(w.Record)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if bytes.Contains(old, []byte(sum)) && w.New+w.Finished+w.Replaced == 0 {
		return nil
	}
	var b bytes.Buffer
	b.Write(old)
	if len(old) == 0 {
		b.WriteString("# What was imported into this survey, from where. Written by manyi import.\nmanyi: 1\nimports:\n")
	}
	c := w.Counts
	fmt.Fprintf(&b, "  - file: %s\n    sha256: %s\n    tool: %s\n", draft.Scalar(path.Base(p.Frame.file.source.Name)), sum, p.Frame.Tool.Name)
	if w.Last != "" {
		fmt.Fprintf(&b, "    date: %s\n    period: %s..%s\n", w.Last, w.First, w.Last)
	}
	fmt.Fprintf(&b, "    responses: %s\n    rows: {read: %d, counted: %d, duplicate: %d, conflict: %d, rejected: %d}\n",
		draft.Scalar(w.File), c.Read, c.New+c.Finished+c.Replaced, c.Known+c.Twice, c.Conflict, c.Rejected)
	fmt.Fprintf(&b, "    partial: %d\n    columns:\n", c.Partial)
	for i := range p.Fates {
		fate := &p.Fates[i]
		to := fate.Way.String()
		switch {
		case len(fate.To) > 0:
			to = strings.Join(fate.To, ", ")
		case fate.Column.Role == Empty:
			continue
		case fate.Way == Unmapped && fate.Column.Role != Answer:
			to = fate.Column.Role.String()
		}
		fmt.Fprintf(&b, "      %s: %s\n", quoted(fate.Column.Key), draft.Scalar(to))
	}
	return put(root, w.Record, b.Bytes())
}

// put writes a file under another name and puts it in its place.
func put(root *os.Root, name string, body []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	hidden := path.Join(path.Dir(name), "."+path.Base(name)+".new")
	if err := root.WriteFile(hidden, body, 0o644); err != nil {
		return errors.Join(err, ignoreMissing(root.Remove(hidden)))
	}
	return root.Rename(hidden, name)
}

// Put writes a file of the workspace whole or not at all.
func Put(root *os.Root, name string, body []byte) error { return put(root, name, body) }
