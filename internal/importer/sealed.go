package importer

import (
	"bytes"
	"encoding/json"
	"os"

	"manyi/internal/diag"
	"manyi/internal/seal"
)

// Sealed appends the sealed responses of data, the text of the file named
// source, to surveys/<id>/responses/codes.sealed.jsonl as they are: no key is
// needed, and none is asked for. One that is there already is not appended again.
func Sealed(root *os.Root, id, source string, data []byte, problems *diag.List) (Tally, error) {
	t := Tally{File: "surveys/" + id + "/responses/codes.sealed.jsonl"}
	found := seal.Find(data)
	if t.Read = len(found); t.Read == 0 {
		return t, nil
	}
	old, err := known(root, t.File)
	if err != nil {
		return t, err
	}
	out, have := bytes.NewBuffer(old), map[string]bool{}
	for line := range bytes.Lines(old) {
		have[string(bytes.TrimSpace(line))] = true
	}
	for _, f := range found {
		if f.Armor == "" {
			t.refuse(problems, source, f.Line, diag.Say("the sealed response is cut off or damaged"), diag.Say("ask for it again, whole, from BEGIN to END, or as a file"))
			continue
		}
		line, err := json.Marshal(map[string]string{"_sealed": f.Armor})
		if err != nil {
			return t, err
		}
		if have[string(line)] {
			t.Known++
			continue
		}
		have[string(line)] = true
		t.New++
		out.Write(line)
		out.WriteByte('\n')
	}
	if t.New == 0 {
		return t, nil
	}
	return t, replace(root, t.File, out.Bytes())
}
