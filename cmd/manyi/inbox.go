package main

import (
	"crypto/ed25519"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/inbox"
	"manyi/internal/survey"
	"manyi/internal/token"
)

// runInbox brings what was collected into the responses.
func runInbox(c *context, args []string) error {
	flags := flag.NewFlagSet("inbox", flag.ContinueOnError)
	only := flags.String("survey", "", "the survey; else as each submission says")
	dir := flags.String("workspace", ".", "the workspace")
	data := flags.String("data", "", "folder of the collector; else inbox in the workspace")
	plain := flags.Bool("allow-plain", false, "take answers in clear for a survey that seals them")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(*dir)
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	var items []inbox.Item
	if *data == "" {
		*data = filepath.Join(*dir, "inbox")
	}
	if len(rest) == 0 {
		if items, err = fromCollector(*data); err != nil {
			return err
		}
	}
	for _, name := range rest {
		body, err := imported(name)
		if err != nil {
			return err
		}
		items = append(items, inbox.Parse(body)...)
	}
	return c.distribute(root, items, *only, *plain)
}

// fromCollector reads the files of a collector: months first, then what it kept apart.
func fromCollector(data string) ([]inbox.Item, error) {
	files, err := filepath.Glob(filepath.Join(data, "*", "*.jsonl"))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(files, func(a, b string) int {
		return strings.Compare(filepath.Base(a), filepath.Base(b)) // digits before letters
	})
	var items []inbox.Item
	for _, name := range files {
		base := filepath.Base(name)
		if base == "quarantine.jsonl" { // copies of lines that are read where they stand
			continue
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if i := strings.LastIndexByte(string(body), '\n'); i+1 < len(body) { // what is being written now
			body = body[:i+1]
		}
		folder := filepath.Base(filepath.Dir(name))
		for _, item := range inbox.Parse(body) {
			if item.Survey == "" && inbox.IsSurvey(folder) {
				item.Survey = folder
			}
			item.Trap = item.Trap || base == "suspects.jsonl"
			items = append(items, item)
		}
	}
	return items, nil
}

// distribute gives every survey its submissions, and counts all of them.
func (c *context) distribute(root *os.Root, items []inbox.Item, only string, plain bool) error {
	by := map[string][]inbox.Item{}
	all, sole, ids := inbox.Tally{}, only, []string(nil)
	if names, err := fs.Glob(root.FS(), "surveys/*/survey.yaml"); err == nil && len(names) == 1 && sole == "" {
		sole = strings.Split(names[0], "/")[1] // a sealed answer does not say of which survey it is
	}
	for _, item := range items {
		id := item.Survey
		if id == "" {
			id = sole
		}
		info, err := fs.Stat(root.FS(), "surveys/"+id+"/survey.yaml")
		if item.Fault && only == "" {
			all.Add(inbox.Tally{Read: 1, Rejected: 1})
			continue
		}
		if !inbox.IsSurvey(id) || err != nil || !info.Mode().IsRegular() || only != "" && id != only {
			all.Add(inbox.Tally{Read: 1, Unmatched: 1})
			continue
		}
		if by[id] == nil {
			ids = append(ids, id)
		}
		by[id] = append(by[id], item)
	}
	slices.Sort(ids)
	for _, id := range ids {
		target, err := c.target(root, id)
		if err != nil {
			return err
		}
		target.Plain = plain
		t, err := inbox.Deliver(target, by[id])
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s: %s\n", id, c.said(t))
		all.Add(t)
	}
	if len(ids) != 1 || all.Read != len(by[ids[0]]) {
		c.say(c.out, diag.Say("all: %s", c.said(all)))
	}
	return nil
}

func (c *context) said(t inbox.Tally) string {
	text := diag.Say("%d read = %d counted (%d new) + %d duplicate + %d conflict + %d rejected + %d unmatched + %d withdrawn",
		t.Read, t.Counted, t.New, t.Duplicate, t.Conflict, t.Rejected, t.Unmatched, t.Withdrawn).In(c.lang)
	if t.Suspects > 0 {
		text += diag.Say("; of the rejected, %d look like robots", t.Suspects).In(c.lang)
	}
	if t.Plain > 0 {
		text += diag.Say("; of the rejected, %d are in clear though the survey seals its answers: --allow-plain takes them", t.Plain).In(c.lang)
	}
	return text
}

// target is a survey to deliver to.
func (c *context) target(root *os.Root, id string) (inbox.Target, error) {
	s, zone, err := c.definition(root.FS(), id)
	if err != nil {
		return inbox.Target{}, err
	}
	var keys []ed25519.PublicKey
	if data, err := root.ReadFile("surveys/" + id + "/" + survey.InviteKeys); err == nil {
		if keys, err = token.ParsePublic(data); err != nil {
			return inbox.Target{}, useError{diag.Say("surveys/%s/%s: %s", id, survey.InviteKeys, err)}
		}
	}
	oldest, err := c.oldest(s)
	return inbox.Target{Root: root, Survey: s, Zone: zone.String(), Keys: keys, Oldest: oldest}, err
}
