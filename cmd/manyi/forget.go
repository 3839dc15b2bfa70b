package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"manyi/internal/collect"
	"manyi/internal/diag"
	"manyi/internal/inbox"
	"manyi/internal/survey"
)

// runForget takes responses out of the files and leaves a tombstone of each.
func runForget(c *context, args []string) error {
	flags := flag.NewFlagSet("forget", flag.ContinueOnError)
	code := flags.String("code", "", "the withdrawal code that the respondent has")
	older := flags.Bool("older", false, "all responses older than privacy: retain_months")
	dir := flags.String("workspace", ".", "the workspace")
	data := flags.String("data", "", "folder of the collector; else inbox in the workspace")
	rest, err := c.parse(flags, args)
	switch {
	case err != nil:
		return err
	case len(rest) == 0:
		return useError{diag.Say("name the survey")}
	case len(rest) == 1 && *code == "" && !*older:
		return useError{diag.Say("name the responses by their _id, or give --code or --older")}
	case *older && (len(rest) > 1 || *code != ""):
		return useError{diag.Say("--older stands alone")}
	}
	root, err := os.OpenRoot(*dir)
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	s, zone, err := c.definition(root.FS(), rest[0])
	if err != nil {
		return err
	}
	f := inbox.Forget{Root: root, Survey: s, IDs: rest[1:], Code: *code, Zone: zone.String()}
	if f.Day, err = c.today(); err != nil {
		return err
	}
	if *older {
		if f.Before, err = c.oldest(s); err != nil {
			return err
		}
		if f.Before == "" {
			return useError{diag.Say("the survey has no privacy: retain_months")}
		}
	}
	if *data == "" {
		*data = filepath.Join(*dir, "inbox")
	}
	var problems diag.List
	gone, err := f.Run(&problems)
	if err != nil {
		return err
	}
	also, err := forgetCollected(*data, f, gone.IDs)
	if err != nil {
		return err
	}
	c.say(c.out, diag.Say("%s: %s removed from %s of the workspace and %d of the collector", s.ID, plural(gone.Responses, diag.Say("1 response"), diag.Say("%d responses", gone.Responses)),
		plural(gone.Files, diag.Say("1 file"), diag.Say("%d files", gone.Files)), also))
	if gone.Responses == 0 && also == 0 && len(f.IDs) == 0 && !*older {
		return useError{diag.Say("no response has this code")}
	}
	return c.tell(&problems)
}

// forgetCollected takes responses out of a collector's files. A collector that
// runs holds its folder: it has to be stopped first.
func forgetCollected(data string, f inbox.Forget, ids []string) (int, error) {
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	release, err := collect.Lock(data)
	if errors.Is(err, collect.ErrLocked) {
		return 0, useError{diag.Say("a collector writes into %s: stop it, forget again, and start it", data)}
	}
	if err != nil {
		return 0, err
	}
	defer release()
	folder, err := os.OpenRoot(data)
	if err != nil {
		return 0, err
	}
	defer folder.Close()
	return f.Collected(folder, ids)
}

// today is the day of SOURCE_DATE_EPOCH, else that of the clock.
func (c *context) today() (string, error) {
	opt, err := c.options()
	if err != nil || opt.Today != "" {
		return opt.Today, err
	}
	return time.Now().Format(time.DateOnly), nil
}

// oldest is the first day whose answers are still kept, "" where all are.
func (c *context) oldest(s *survey.Survey) (string, error) {
	if s.Privacy.RetainMonths == 0 {
		return "", nil
	}
	today, err := c.today()
	if err != nil {
		return "", err
	}
	day, err := time.Parse(time.DateOnly, today)
	return day.AddDate(0, -s.Privacy.RetainMonths, 0).Format(time.DateOnly), err
}

// runFollowUp writes the list of those who asked to be called.
func runFollowUp(c *context, args []string) error {
	flags := flag.NewFlagSet("follow-up", flag.ContinueOnError)
	out := flags.String("out", "", "file of the list; else standard output")
	id, dir, err := c.ofSurvey(flags, args)
	if err != nil {
		return err
	}
	if inside(dir, *out) {
		return useError{diag.Say("%s is below site/, which is published: choose another place", *out)}
	}
	root, s, _, err := c.openSurvey(dir, id)
	if err != nil {
		return err
	}
	defer root.Close()
	list, n, err := inbox.FollowUp(root, s)
	if errors.Is(err, inbox.ErrNoContact) {
		return useError{diag.Say("no question of the survey says contact: true")}
	}
	if err != nil {
		return err
	}
	if *out == "" {
		_, err = io.WriteString(c.out, list)
		return err
	}
	if err := os.WriteFile(*out, []byte(list), 0o600); err != nil {
		return err
	}
	c.say(c.out, diag.Say("%s: %s asked to be called", *out, plural(n, diag.Say("1 respondent"), diag.Say("%d respondents", n))))
	return nil
}
