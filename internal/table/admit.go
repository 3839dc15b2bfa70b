package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Fate is what the rules of a survey say of a response, beside its answers.
type Fate uint8

// The fates.
const (
	Admitted  Fate = iota
	Outside        // submitted before the survey opened or after it or its invitation closed: excluded
	Uninvited      // without a valid invitation, where one is asked for: rejected
	Again          // with an invitation that was used before: a duplicate
)

// Admit judges a response by its metadata. use is what is good for one response
// only, "" where nothing is. It is called concurrently.
type Admit func(Metadata) (use string, fate Fate)

// Metadata is what a response says of how it came.
type Metadata struct{ Token, Invitation, Submitted, Mode string }

// turned is a row that does not count whatever it answers.
type turned struct {
	row  int32
	fate Fate
}

// used is a row whose invitation is good once.
type used struct {
	row  int32
	hash [2]uint64
}

// admit notes what the rules say of the row that is being read.
func (r *reader) admit(rec *record) {
	judge := r.plan.opt.Admit
	if judge == nil {
		return
	}
	meta := func(i int) string { return string(r.meta(rec, r.metas[i])) }
	use, fate := judge(Metadata{meta(metaToken), meta(metaInvitation), meta(metaSubmitted), meta(metaMode)})
	p := r.part
	if fate != Admitted {
		p.turned = append(p.turned, turned{int32(p.rows), fate})
	} else if use != "" {
		p.used = append(p.used, used{int32(p.rows), r.plan.hash([]byte(use))})
	}
}

// Tombstone is what is kept of a response that was withdrawn: half a SHA-256 of
// the survey and the _id, in hexadecimal.
func Tombstone(survey, id string) string {
	sum := sha256.Sum256([]byte("manyi forgotten\n" + survey + "\n" + id))
	return hex.EncodeToString(sum[:16])
}

// forgotten reports whether a row was withdrawn: it is passed over as if its
// file did not hold it, and counted once, by its tombstone.
func (r *reader) forgotten(rec *record) bool {
	if len(r.plan.opt.Forgotten) == 0 {
		return false
	}
	id := r.meta(rec, r.metas[metaID])
	return len(id) > 0 && r.plan.opt.Forgotten[Tombstone(r.plan.schema.Survey, string(id))]
}

// turn counts a row that was judged before its answers were looked at.
func (c *Count) turn(f Fate) {
	switch f {
	case Outside:
		c.Excluded++
		c.Outside++
	case Uninvited:
		c.Rejected++
		c.Uninvited++
	case Again:
		c.Duplicate++
		c.SameToken++
	}
}

// fateOf takes the fate and the use of a row from the lists of its part, which are in its order.
func (p *part) fateOf(row int) (Fate, [2]uint64) {
	fate, hash := Admitted, [2]uint64{}
	if len(p.turned) > 0 && int(p.turned[0].row) == row {
		fate, p.turned = p.turned[0].fate, p.turned[1:]
	}
	if len(p.used) > 0 && int(p.used[0].row) == row {
		hash, p.used = p.used[0].hash, p.used[1:]
	}
	return fate, hash
}

// TombstoneFile is the file of responses/ that holds the tombstones, a line
// each: {"forgotten":"…","day":"2026-11-22"}.
const TombstoneFile = "forgotten.jsonl"

// Tombstones reads the lines of a TombstoneFile; false where one is damaged.
func Tombstones(data []byte) (map[string]bool, bool) {
	out, sound := map[string]bool{}, true
	for line := range bytes.Lines(data) {
		var t struct {
			Forgotten string `json:"forgotten"`
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if json.Unmarshal(line, &t) != nil || len(t.Forgotten) != 32 {
			sound = false
			continue
		}
		out[t.Forgotten] = true
	}
	return out, sound
}
