package pdf

import (
	"bytes"
	"regexp"
)

// aSignature is what a browser says of itself in the information of a document:
// its version, the system it runs on, and when it printed.
var aSignature = regexp.MustCompile(`/(?:Creator|CreationDate|ModDate)\s*\((?:[^()\\]|\\.)*\)`)

// unsigned blanks it, byte for byte, as the places of all objects are counted
// from the start of the file.
func unsigned(body []byte) []byte {
	at := bytes.Index(body, []byte("/CreationDate"))
	if at < 0 {
		return body
	}
	from, to := bytes.LastIndex(body[:at], []byte("<<")), bytes.Index(body[at:], []byte(">>"))
	if from < 0 || to < 0 {
		return body
	}
	out := bytes.Clone(body)
	for _, place := range aSignature.FindAllIndex(out[from:at+to], -1) {
		for i := from + place[0]; i < from+place[1]; i++ {
			out[i] = ' '
		}
	}
	return out
}
