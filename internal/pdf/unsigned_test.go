package pdf

import "testing"

// What the browser says of the machine it runs on, and when, is not in the file.
func TestADocumentDoesNotSayWhereItWasPrinted(t *testing.T) {
	const before = "1 0 obj\n<</Title (Cafe)\n/Creator (Mozilla/5.0 \\(X11; Linux\\))\n/Producer (Skia)\n/CreationDate (D:20260102+00'00')\n/ModDate (D:20260102+00'00')>>\nendobj"
	const after = "1 0 obj\n<</Title (Cafe)\n                                     \n/Producer (Skia)\n                                 \n                            >>\nendobj"
	if got := string(unsigned([]byte(before))); got != after || len(got) != len(before) {
		t.Errorf("got\n%q, want\n%q", got, after)
	}
	if got := string(unsigned([]byte("no document"))); got != "no document" {
		t.Errorf("got %q", got)
	}
}
