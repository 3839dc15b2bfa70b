package table

import (
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// format is what kind of file responses stand in.
type format uint8

const (
	unknownFormat format = iota
	csvFormat
	jsonFormat
	yamlFormat
	workbookFormat
	oldWorkbookFormat // .xls, not read
)

// formats are the endings of file names, in lower case and without ".gz".
var formats = [...]struct {
	ending string
	format format
}{
	{".csv", csvFormat},
	{".tsv", csvFormat},
	{".jsonl", jsonFormat},
	{".yaml", yamlFormat},
	{".yml", yamlFormat},
	{".xlsx", workbookFormat},
	{".xls", oldWorkbookFormat},
}

// formatOf says what a file name promises, sealed or not. Only text is read
// compressed: a workbook is a compressed archive itself.
func formatOf(name string) (f format, zipped bool) {
	name, zipped = strings.CutSuffix(strings.TrimSuffix(strings.ToLower(name), ".age"), ".gz")
	for _, known := range formats {
		if strings.HasSuffix(name, known.ending) && (!zipped || known.format < workbookFormat) {
			return known.format, zipped
		}
	}
	return unknownFormat, zipped
}

// Readable reports whether a file of this name is of a kind that Read reads.
func Readable(name string) bool {
	f, _ := formatOf(name)
	return f != unknownFormat && f != oldWorkbookFormat
}

// input is a file that is being read, no further than it was long when it
// was opened: what a program appends meanwhile belongs to the next build.
type input struct {
	file    io.ReadCloser
	at      io.ReaderAt // nil where it can only be read in order
	size    int64       // in bytes, -1 where unknown
	special bool        // a folder, pipe or device
}

func open(source *Source) (*input, error) {
	file, err := source.Open()
	if err != nil {
		return nil, fmt.Errorf("open responses %q: %w", source.Name, err)
	}
	in := &input{file: file, size: -1}
	known, ok := file.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return in, nil
	}
	info, err := known.Stat()
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("open responses %q: %w", source.Name, err)
	}
	in.size, in.special = info.Size(), !info.Mode().IsRegular()
	in.at, _ = file.(io.ReaderAt)
	return in, nil
}

// stream returns the bytes of the file in order, unpacked where it is compressed.
func (in *input) stream(zipped bool) (io.Reader, error) {
	var body io.Reader = in.file
	if in.size >= 0 {
		body = io.LimitReader(body, in.size)
	}
	if zipped {
		return gzip.NewReader(body)
	}
	return body, nil
}
