package collect

import (
	"bytes"
	"os"
	"testing"

	"manyi/internal/inbox"
)

// TestFilesWithoutBondsStayReadable starts on a file of an older version: its
// answers count, and what comes goes into a file with bonds beside it.
func TestFilesWithoutBondsStayReadable(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(dir+"/cafe", 0o700); err != nil {
		t.Fatal(err)
	}
	old := line(1, "old").Append(nil)
	if err := os.WriteFile(dir+"/cafe/2026-11.jsonl", old, 0o600); err != nil {
		t.Fatal(err)
	}
	s, findings, err := OpenStore(dir, at)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	for n, want := range map[int]Outcome{1: Duplicate, 2: Stored} {
		if got, err := s.Append("cafe", line(n, map[int]string{1: "old"}[n])); got != want || err != nil {
			t.Errorf("response %d: %v, %v; want %v", n, got, err, want)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if body, _ := os.ReadFile(dir + "/cafe/2026-11.jsonl"); !bytes.Equal(body, old) {
		t.Error("the old file was written to")
	}
	body, err := os.ReadFile(dir + "/cafe/2026-11.2.jsonl")
	if err != nil || !bytes.HasPrefix(body, []byte(`{"segment":"`)) {
		t.Fatalf("no file with a head: %v", err)
	}
	if items := inbox.Parse(body); len(items) != 1 || items[0].Fault {
		t.Errorf("the inbox reads %d lines, want one that is sound", len(items))
	}
	foreign := append(bytes.Clone(body), old...)
	if items := inbox.Parse(foreign); len(items) != 2 || !items[1].Fault {
		t.Error("a whole line of another file was believed")
	}
	twice := append(bytes.Clone(body), body[bytes.IndexByte(body, '\n')+1:]...)
	if items := inbox.Parse(twice); len(items) != 2 || !items[1].Fault {
		t.Error("a line at another place was believed")
	}
}
