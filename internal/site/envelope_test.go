package site_test

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// envelope is what a page with script sends, on every channel.
type envelope struct {
	Survey, Build, ID, Payload, Token, HP string
	Version                               int
	Sealed                                bool
}

// unpack reads an envelope from the body of a request.
func unpack(kind, body string) envelope {
	var e envelope
	media, parameters, _ := mime.ParseMediaType(kind)
	switch media {
	case "text/plain", "application/json":
		json.Unmarshal([]byte(body), &e)
		return e
	case "application/x-www-form-urlencoded":
		v, _ := url.ParseQuery(body)
		return ofForm(v)
	case "multipart/form-data":
		form, err := multipart.NewReader(strings.NewReader(body), parameters["boundary"]).ReadForm(1 << 20)
		if err == nil {
			e := ofForm(form.Value)
			e.Payload = strings.ReplaceAll(e.Payload, "\r\n", "\n") // the encoding makes every line end so; a payload in clear has none
			return e
		}
	}
	return e
}

func ofForm(v url.Values) envelope {
	version, _ := strconv.Atoi(v.Get("version"))
	return envelope{Survey: v.Get("survey"), Version: version, Build: v.Get("build"), ID: v.Get("id"), Payload: v.Get("payload"), Sealed: v.Get("sealed") == "true", Token: v.Get("token"), HP: v.Get("hp")}
}

// receipt is what a receiver answers that has the payload.
func (e envelope) receipt() []byte {
	sum := sha256.Sum256([]byte(e.ID + "\n" + e.Payload))
	text := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:20]
	return fmt.Appendf(nil, `{"receipt":%q,"dup":false}`, text)
}

// flat is a record as a form without script would send it: texts, a column a tick.
func flat(t *testing.T, s *survey.Survey, payload string) map[string]string {
	t.Helper()
	var record map[string]any
	must(t, json.Unmarshal([]byte(payload), &record))
	out := map[string]string{}
	for name, v := range record {
		switch v := v.(type) {
		case nil:
			out[name] = ""
		case string:
			out[name] = v
		case float64:
			out[name] = strconv.FormatFloat(v, 'f', -1, 64)
		case bool:
			out[name] = strconv.FormatBool(v)
		case []any:
			for _, f := range s.Schema().Fields {
				if f.Kind == table.Tick && f.Question == name {
					out[f.ID] = map[bool]string{true: "1", false: "0"}[slices.Contains(v, any(f.Option))]
				}
			}
		}
	}
	return out
}
