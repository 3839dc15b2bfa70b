package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"
)

// ordered packs the parts of a workbook in the order of their names: the
// library writes its sheets in the order of a map, which differs every time.
type ordered struct {
	to    io.Writer
	parts map[string]*bytes.Buffer
}

func inOrder(to io.Writer) excelize.ZipWriter {
	return &ordered{to, map[string]*bytes.Buffer{}}
}

// Create opens a part.
func (o *ordered) Create(name string) (io.Writer, error) {
	o.parts[name] = &bytes.Buffer{}
	return o.parts[name], nil
}

// AddFS belongs to the interface; the library adds no folders.
func (*ordered) AddFS(fs.FS) error { return nil }

// Close writes the parts.
func (o *ordered) Close() error {
	w := zip.NewWriter(o.to)
	for _, name := range slices.Sorted(maps.Keys(o.parts)) {
		part, err := w.Create(name)
		if err != nil {
			return err
		}
		if _, err := part.Write(o.parts[name].Bytes()); err != nil {
			return err
		}
	}
	return w.Close()
}
