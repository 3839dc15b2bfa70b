package site

import (
	"crypto/ed25519"
	"errors"
	"io/fs"
	"path"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/internal/token"
)

// admission gives reading the rules of who may answer and when, and what was withdrawn.
func (b *builder) admission(s *survey.Survey, opt *table.Options, problems *diag.List) {
	home := path.Dir(s.File)
	var keys []ed25519.PublicKey
	name := home + "/" + survey.InviteKeys
	data, err := fs.ReadFile(b.files, name)
	if err == nil {
		keys, err = token.ParsePublic(data)
	}
	switch {
	case err == nil:
	case !errors.Is(err, fs.ErrNotExist):
		problems.Add(diag.Problem{
			Severity: diag.Error, Code: "invite-keys", Place: diag.Place{File: name}, Summary: diag.Say("the public keys of the invitations cannot be read"),
			Cure: diag.Say("it has a line for each key, as manyi invite wrote it"),
		})
	case s.Collect.Access == "token":
		problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "invite-keys", Place: diag.Place{File: s.File}, Summary: diag.Say("only invited people may answer, and there are no invitations"),
			Cure: diag.Say("manyi invite makes them, and the file invite.pub by which their answers are told from others"),
		})
	}
	opt.Admit = s.Admit(b.site.Timezone, keys)
	name = home + "/responses/" + table.TombstoneFile
	if data, err = fs.ReadFile(b.files, name); err != nil {
		return
	}
	forgotten, sound := table.Tombstones(data)
	opt.Forgotten = forgotten
	if !sound {
		problems.Add(diag.Problem{
			Severity: diag.Error, Code: "tombstones", Place: diag.Place{File: name}, Summary: diag.Say("the list of withdrawn responses is damaged, and some might be counted again"),
			Cure: diag.Say("restore the file from the version before"),
		})
	}
}

// tellTurned says how many responses do not count by the rules of collect.
func tellTurned(s *survey.Survey, answers *table.Answers, problems *diag.List) {
	say := func(n int, summary, cure diag.Phrase) {
		if n > 0 {
			problems.Add(diag.Problem{Severity: diag.Note, Code: "not-admitted", Place: diag.Place{File: path.Dir(s.File)}, Summary: summary, Cure: cure})
		}
	}
	c := answers.Count
	say(c.Outside, diag.Say("responses from before the survey opened or after it closed: %d", c.Outside), diag.Say("they are excluded; opens and closes of collect, or the last day of an invitation, say so"))
	say(c.Uninvited, diag.Say("responses without a valid invitation: %d", c.Uninvited), diag.Say("they are rejected, because collect says access: token"))
	say(c.SameToken, diag.Say("responses by an invitation that was used before: %d", c.SameToken), diag.Say("the first of each counts"))
	say(c.Withdrawn, diag.Say("responses that were withdrawn: %d", c.Withdrawn), diag.Say("their answers are gone; %s keeps only that they were", table.TombstoneFile))
}
