package collect

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"manyi/internal/inbox"
)

// answer is what a client is told.
type answer struct {
	status  int
	survey  string // for the log; "-" where it is not known
	body    any
	to      string // of a redirect
	seconds int    // Retry-After
}

type receipt struct {
	Receipt   string `json:"receipt"`
	Duplicate bool   `json:"dup"`
}

type problem struct {
	Error string `json:"error"`
}

func refuse(status int, why string) answer {
	return answer{status: status, survey: "-", body: problem{why}}
}

// receive takes a submission.
func (s *Server) receive(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "Retry-After")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	wait, ok := s.limiter.take(r)
	a, size := answer{}, 0
	if ok {
		a, size = s.take(w, r)
	} else {
		a = refuse(http.StatusTooManyRequests, "too many submissions")
		a.seconds = wait
		h.Set("Connection", "close") // the body is not read
	}
	if a.seconds > 0 {
		h.Set("Retry-After", strconv.Itoa(a.seconds))
	}
	s.note(a.survey, a.status, size)
	if a.to != "" {
		h.Set("Location", a.to)
		w.WriteHeader(a.status)
		return
	}
	body, err := json.Marshal(a.body)
	if err != nil {
		panic("collect: " + err.Error()) // two texts and a truth value
	}
	h.Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	_, _ = w.Write(append(body, '\n'))
}

// take reads the body by its type. text/plain needs no preflight from another origin.
func (s *Server) take(w http.ResponseWriter, r *http.Request) (answer, int) {
	if r.Header.Get("Content-Encoding") != "" {
		return refuse(http.StatusUnsupportedMediaType, "send it uncompressed"), 0
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "text/plain" && kind != "application/json" && kind != "application/x-www-form-urlencoded" && kind != "multipart/form-data" {
		return refuse(http.StatusUnsupportedMediaType, "send text/plain, or a form"), 0
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, inbox.MostBytes))
	if err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return refuse(http.StatusRequestEntityTooLarge, "too large"), len(data)
		}
		return refuse(http.StatusBadRequest, "cut off"), len(data)
	}
	switch kind {
	case "text/plain", "application/json":
		e, err := inbox.ParseEnvelope(data)
		if err != nil {
			return refuse(http.StatusBadRequest, err.Error()), len(data)
		}
		return s.keep(e, ""), len(data)
	}
	values, err := fields(kind, params["boundary"], data)
	if err != nil {
		return refuse(http.StatusBadRequest, "no form"), len(data)
	}
	return s.form(values), len(data)
}

// fields are those of a form; files in it are passed over.
func fields(kind, boundary string, data []byte) (url.Values, error) {
	if kind == "application/x-www-form-urlencoded" {
		return url.ParseQuery(string(data))
	}
	form, err := multipart.NewReader(bytes.NewReader(data), boundary).ReadForm(inbox.MostBytes)
	if err != nil {
		return nil, err
	}
	return url.Values(form.Value), form.RemoveAll()
}

// form takes a form: with script one field payload, without one field a column.
func (s *Server) form(values url.Values) answer {
	e, packed, err := inbox.Packed(values)
	if packed {
		if err != nil {
			return refuse(http.StatusBadRequest, err.Error())
		}
		return s.keep(e, "")
	}
	id := values.Get("_survey")
	v, known := s.Surveys[id]
	if !known {
		return refuse(http.StatusBadRequest, inbox.ErrForm.Error())
	}
	e = inbox.Envelope{Survey: id, ID: newID()}
	record, err := inbox.FormRecord(v.Definition, values, e.ID, s.Now().Truncate(time.Minute))
	if err != nil {
		return refuse(http.StatusBadRequest, err.Error())
	}
	e.Payload = string(record)
	if inbox.Trapped(values) {
		e.Trap = "1"
	}
	lang := values.Get("_lang")
	return s.keep(e, "/surveys/"+id+"/thanks?lang="+url.QueryEscape(lang))
}

// newID is a fresh 128-bit id for a form that could make none.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return strings.ToLower(base32ID.EncodeToString(b[:]))
}

// keep writes a submission down and only then acknowledges it. What most likely
// comes from a robot is acknowledged too, and kept apart.
func (s *Server) keep(e inbox.Envelope, thanks string) answer {
	line, folder, to := e.Line(), e.Survey, counted
	v, known := s.Surveys[e.Survey]
	if !known {
		folder = Unmatched
	} else if e.Trap != "" || tooFast(v, e) {
		to = suspect
	}
	outcome, err := s.Store.append(folder, line, to)
	out := answer{status: http.StatusOK, survey: "-", body: receipt{inbox.Receipt(line.Sum), outcome == Duplicate}, to: thanks}
	if known {
		out.survey = e.Survey
	}
	switch {
	case err != nil:
		out.status, out.body, out.to, out.seconds = http.StatusServiceUnavailable, problem{"not kept: try again"}, "", retrySeconds
	case outcome == Conflict:
		out.status, out.body, out.to = http.StatusConflict, problem{"conflict"}, ""
	default:
		s.taken.Add(1)
		if thanks != "" {
			out.status = http.StatusSeeOther
		}
	}
	return out
}

// tooFast reports whether a record says that it was filled in faster than the
// survey's guard allows. A sealed record does not say; a form cannot know.
func tooFast(v Survey, e inbox.Envelope) bool {
	least := v.Definition.Collect.Guard.MinSeconds
	if least == 0 || e.Sealed {
		return false
	}
	return inbox.TooFast([]byte(e.Payload), least)
}
