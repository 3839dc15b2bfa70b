package inbox

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/internal/token"
)

// Tally accounts for the submissions of one run:
// Read = Counted + Duplicate + Conflict + Rejected + Unmatched + Withdrawn.
type Tally struct {
	Read, Counted, Duplicate, Conflict, Rejected, Unmatched, Withdrawn int
	New                                                                int // of the counted, those that were not there before
	Suspects                                                           int // of the rejected, those of robots
	Plain                                                              int // of the rejected, clear answers of a sealed survey
}

// Add sums two tallies.
func (t *Tally) Add(u Tally) {
	t.Read += u.Read
	t.Counted += u.Counted
	t.Duplicate += u.Duplicate
	t.Conflict += u.Conflict
	t.Rejected += u.Rejected
	t.Unmatched += u.Unmatched
	t.Withdrawn += u.Withdrawn
	t.New += u.New
	t.Suspects += u.Suspects
	t.Plain += u.Plain
}

// Target is the survey that answers are delivered to.
type Target struct {
	Root   *os.Root // of the workspace
	Survey *survey.Survey
	Zone   string
	Keys   []ed25519.PublicKey
	Oldest string // day before which answers are no longer kept, "" without
	Plain  bool   // take clear answers of a survey that is sealed
}

// delivery is one run for one survey.
type delivery struct {
	Target
	tally   Tally
	files   map[string]*monthly
	seen    map[string]bool     // ids of this run that were counted
	known   map[string][][]byte // id -> digests of what the files hold, the first counts
	used    map[string]bool     // invitations, where answers are anonymous
	spent   int                 // invitations that this run used
	tombs   map[string]bool
	repeats map[string]int // forms without a time of their own
}

// monthly is one file of responses.
type monthly struct {
	lines   []idLine
	changed bool
}

type idLine struct {
	id   string
	text []byte
}

// Deliver brings submissions into responses/<month>.jsonl, sealed ones into
// <month>.sealed.jsonl. What is there already is not written again, so that the
// same sources may be read any number of times. Lines stand in the order of
// their ids, which are random: the order of arrival is not kept.
func Deliver(target Target, items []Item) (Tally, error) {
	d := &delivery{Target: target, files: map[string]*monthly{}, seen: map[string]bool{}, known: map[string][][]byte{}, repeats: map[string]int{}}
	if err := d.load(); err != nil {
		return d.tally, err
	}
	for _, item := range items {
		d.tally.Read++
		d.take(item)
	}
	return d.tally, d.save()
}

func (d *delivery) home() string { return "surveys/" + d.Survey.ID }

var monthPattern = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}|undated)(\.sealed)?\.jsonl$`)

// load reads what the responses hold, and which invitations were used.
func (d *delivery) load() error {
	entries, err := fs.ReadDir(d.Root.FS(), d.home()+"/responses")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		own := monthPattern.MatchString(e.Name())
		if !e.Type().IsRegular() || !own && e.Name() != "codes.jsonl" {
			continue
		}
		data, err := d.Root.ReadFile(d.home() + "/responses/" + e.Name())
		if err != nil {
			return err
		}
		m := &monthly{}
		for raw := range bytes.Lines(data) {
			if raw = bytes.TrimSpace(raw); len(raw) > 0 {
				id := Field(raw, "_id")
				m.lines = append(m.lines, idLine{id, bytes.Clone(raw)})
				d.known[id] = append(d.known[id], contentOf(raw))
			}
		}
		if own {
			d.files[e.Name()] = m
		}
	}
	d.used = map[string]bool{}
	if data, err := d.Root.ReadFile(d.home() + "/" + usedFile); err == nil {
		for line := range strings.Lines(string(data)) {
			d.used[strings.TrimSpace(line)] = true
		}
	}
	d.tombs = map[string]bool{}
	if data, err := d.Root.ReadFile(d.home() + "/responses/" + table.TombstoneFile); err == nil {
		d.tombs, _ = table.Tombstones(data)
	}
	return nil
}

// usedFile says, where answers are anonymous, which invitations were used: in
// the order of their hashes, so that nothing ties one to an answer.
const usedFile = "invite.used"

// ours are the columns that only this program writes.
var ours = []string{"_invitation", "_token"}

// contentOf is a digest of what a record answers, whatever its metadata of ours.
func contentOf(record []byte) []byte {
	var all map[string]json.RawMessage
	if json.Unmarshal(record, &all) != nil {
		all = map[string]json.RawMessage{"": record}
	}
	for _, name := range ours {
		delete(all, name)
	}
	plain, err := json.Marshal(all)
	if err != nil {
		plain = record
	}
	sum := sha256.Sum256(plain)
	return sum[:]
}

// take decides what becomes of one submission.
func (d *delivery) take(item Item) {
	if item.Fault {
		d.tally.Rejected++
		return
	}
	if item.Survey != "" && item.Survey != d.Survey.ID {
		d.tally.Unmatched++
		return
	}
	id, record, ok := d.record(item)
	guard := d.Survey.Collect.Guard
	switch {
	case !ok:
		d.tally.Rejected++
	case item.Armor == "" && d.Survey.Collect.Sealed() && !d.Plain:
		d.tally.Rejected++
		d.tally.Plain++
	case item.Trap || item.Armor == "" && guard.MinSeconds > 0 && TooFast(record, guard.MinSeconds):
		d.tally.Rejected++
		d.tally.Suspects++
	case d.tombs[table.Tombstone(d.Survey.ID, id)]:
		d.tally.Withdrawn++
	case d.old(record):
		d.tally.Rejected++
	default:
		d.keep(id, record, item)
	}
}

// old reports whether an answer is no longer to be kept.
func (d *delivery) old(record []byte) bool {
	day := survey.Day(d.Zone, Field(record, "_submitted"))
	return d.Oldest != "" && day != "" && day < d.Oldest
}

// record is a submission as a line of responses.
func (d *delivery) record(item Item) (id string, record []byte, ok bool) {
	if item.Armor != "" {
		if id = item.ID; id == "" {
			sum := sha256.Sum256([]byte(item.Armor))
			id = base32Lower.EncodeToString(sum[:])[:26]
		}
		record, err := json.Marshal(map[string]string{"_id": id, "_sealed": item.Armor})
		return id, record, err == nil
	}
	if item.Form != nil {
		id, at := d.formID(item.Form)
		record, err := FormRecord(d.Survey, item.Form, id, at)
		return id, record, err == nil
	}
	var all map[string]json.RawMessage
	if json.Unmarshal(item.Record, &all) != nil || Field(item.Record, "_survey") != d.Survey.ID {
		return "", nil, false
	}
	id = Field(item.Record, "_id")
	delete(all, "_invitation") // nobody else says it
	if mode := Field(item.Record, "_mode"); mode == "paper" || mode == "simulated" {
		all["_mode"] = json.RawMessage(`"web"`)
	}
	record, err := json.Marshal(all)
	return id, record, err == nil && id != ""
}

// formID is the id of a form without script: a hash of what the relay holds of
// it, so that the same export may be read again; the second of two that are
// alike in everything is another one.
func (d *delivery) formID(form map[string][]string) (string, time.Time) {
	var at time.Time
	for _, name := range []string{"created_at", "submitted_at", "Submitted At", "timestamp"} {
		if v := form[name]; len(v) > 0 && at.IsZero() {
			at, _ = time.Parse(time.RFC3339, v[0])
		}
	}
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	h := sha256.New()
	for _, name := range names {
		h.Write([]byte(strconv.Quote(name) + "=" + strconv.Quote(strings.Join(form[name], "\x00")) + "\n"))
	}
	key := string(h.Sum(nil))
	d.repeats[key]++
	h.Write([]byte(strconv.Itoa(d.repeats[key])))
	return base32Lower.EncodeToString(h.Sum(nil))[:26], at
}

// keep counts a record and writes it where it is not there.
func (d *delivery) keep(id string, record []byte, item Item) {
	content := contentOf(record)
	there := slices.IndexFunc(d.known[id], func(c []byte) bool { return bytes.Equal(c, content) })
	switch {
	case there > 0 || there < 0 && len(d.known[id]) > 0:
		d.tally.Conflict++
	case d.seen[id]:
		d.tally.Duplicate++
	default:
		d.tally.Counted++
		d.seen[id] = true
	}
	if there >= 0 {
		return
	}
	if len(d.known[id]) == 0 {
		d.tally.New++
	}
	d.known[id] = append(d.known[id], content)
	month := "undated"
	if day := survey.Day(d.Zone, Field(record, "_submitted")); day != "" {
		month = day[:len("2006-01")]
	}
	name := month + ".jsonl"
	if item.Armor != "" {
		name = month + ".sealed.jsonl"
	} else {
		record = d.unlinked(record, item.Token)
	}
	if d.files[name] == nil {
		d.files[name] = &monthly{}
	}
	d.files[name].lines = append(d.files[name].lines, idLine{id, record})
	d.files[name].changed = true
}

// unlinked puts what became of the token in its place where answers are
// anonymous; elsewhere it notes the token where only the envelope had it.
func (d *delivery) unlinked(record []byte, beside string) []byte {
	var all map[string]json.RawMessage
	if json.Unmarshal(record, &all) != nil {
		return record
	}
	text := Field(record, "_token")
	if text == "" {
		text = beside
	}
	if text == "" {
		return record
	}
	if !d.Survey.Privacy.Anonymous {
		all["_token"], _ = json.Marshal(text)
	} else {
		delete(all, "_token")
		word, t := d.Survey.Invitation(d.Keys, text, survey.Day(d.Zone, Field(record, "_submitted")))
		if used := token.Used(d.Survey.ID, t); word == survey.InviteFirst {
			if d.used[used] {
				word = survey.InviteAgain
			}
			d.used[used] = true
			d.spent++
		}
		all["_invitation"], _ = json.Marshal(word)
	}
	out, err := json.Marshal(all)
	if err != nil {
		return record
	}
	return out
}

// save writes the files that changed, then the invitations that were used.
func (d *delivery) save() error {
	if d.spent > 0 { // first: an invitation is rather lost than good for two
		names := make([]string, 0, len(d.used))
		for u := range d.used {
			names = append(names, u)
		}
		slices.Sort(names)
		if err := Replace(d.Root, d.home()+"/"+usedFile, []byte(strings.Join(names, "\n")+"\n")); err != nil {
			return err
		}
	}
	for name, m := range d.files {
		if !m.changed {
			continue
		}
		slices.SortStableFunc(m.lines, func(a, b idLine) int { return strings.Compare(a.id, b.id) })
		var out bytes.Buffer
		for _, l := range m.lines {
			out.Write(l.text)
			out.WriteByte('\n')
		}
		if err := Replace(d.Root, d.home()+"/responses/"+name, out.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// Replace writes a file under another name, flushes it and puts it in its place.
func Replace(root *os.Root, name string, body []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	hidden := path.Join(path.Dir(name), "."+path.Base(name)+".new")
	f, err := root.OpenFile(hidden, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, root.Remove(hidden))
	}
	return root.Rename(hidden, name)
}
