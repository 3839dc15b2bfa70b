package main

import (
	"bufio"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"manyi/internal/diag"
	"manyi/internal/simulate"
	"manyi/internal/survey"
)

// mostSimulated is the most responses of one run.
const mostSimulated = 100_000_000

// waveName is what a wave may be called where the survey declares none: it becomes a file name.
var waveName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$`)

func runSimulate(c *context, args []string) error {
	flags := flag.NewFlagSet("simulate", flag.ContinueOnError)
	n := flags.Int("n", 0, "how many responses")
	seed := flags.Uint64("seed", 1, "seed of the random numbers: same seed, same answers")
	wave := flags.String("wave", "", "the wave they belong to")
	format := flags.String("format", string(simulate.JSONL), "jsonl or csv")
	force := flags.Bool("force", false, "overwrite, and write beside real responses")
	id, dir, err := c.ofSurvey(flags, args)
	switch {
	case err != nil:
		return err
	case *n < 1 || *n > mostSimulated:
		return useError{diag.Say("-n takes a number from 1 to %d", mostSimulated)}
	case *format != string(simulate.JSONL) && *format != string(simulate.CSV):
		return useError{diag.Say("--format takes jsonl or csv, not %q", *format)}
	}
	root, s, zone, err := c.openSurvey(dir, id)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := knownWave(s, *wave); err != nil {
		return err
	}
	opt := simulate.Options{N: *n, Seed: *seed, Wave: *wave, Format: simulate.Format(*format), Zone: zone}
	return c.simulate(root, s, opt, *force)
}

// definition reads the survey named id, whose faults are told.
func (c *context) definition(files fs.FS, id string) (*survey.Survey, *time.Location, error) {
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	if ws == nil {
		return nil, nil, c.tell(&problems)
	}
	var ids []string
	entries, _ := fs.ReadDir(files, "surveys") // none, if there is no such folder
	for _, e := range entries {
		ids = append(ids, e.Name())
	}
	if !slices.Contains(ids, id) {
		return nil, nil, noSurvey(id, ids)
	}
	s := survey.Parse(files, "surveys/"+id, ws, &problems)
	if s == nil || problems.Has(diag.Error) {
		return nil, nil, c.tell(&problems)
	}
	zone, err := time.LoadLocation(ws.Timezone)
	return s, zone, err
}

func knownWave(s *survey.Survey, wave string) error {
	if wave == "" {
		return nil
	}
	var ids []string
	for _, w := range s.Waves {
		ids = append(ids, w.ID)
	}
	switch {
	case len(ids) > 0 && !slices.Contains(ids, wave):
		return useError{diag.Say("survey %q has no wave %q; its waves are %s", s.ID, wave, strings.Join(ids, ", "))}
	case !waveName.MatchString(wave):
		return useError{diag.Say("a wave is called like 2026 or 2026-spring, not %q", wave)}
	}
	return nil
}

// simulate writes the file: whole under another name first, then in its place.
func (c *context) simulate(root *os.Root, s *survey.Survey, opt simulate.Options, force bool) error {
	folder := path.Dir(s.File) + "/responses"
	stem := opt.Wave
	if stem == "" {
		stem = "simulated"
	}
	name := folder + "/" + stem + "." + string(opt.Format)
	if !force {
		if _, err := root.Lstat(name); err == nil {
			return useError{diag.Say("%s is there already; --force overwrites it", name)}
		}
		if real, err := realResponses(root.FS(), folder); err != nil {
			return err
		} else if real != "" {
			return useError{diag.Say("%s holds real responses, and simulated ones would be counted among them; --force writes nevertheless", real)}
		}
	}
	if err := root.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	hidden := folder + "/." + stem + ".new" // of a kind that no build reads
	if err := writeSimulated(root, hidden, s, opt); err != nil {
		return errors.Join(err, root.Remove(hidden))
	}
	if err := root.Rename(hidden, name); err != nil {
		return err
	}
	c.say(c.out, diag.Say("%s: %s simulated", name, plural(opt.N, diag.Say("1 response"), diag.Say("%d responses", opt.N))))
	return nil
}

func writeSimulated(root *os.Root, name string, s *survey.Survey, opt simulate.Options) error {
	f, err := root.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(simulate.Write(f, s, opt), f.Close())
}

// realResponses returns a file of responses that no simulation wrote, "" if there is none.
func realResponses(files fs.FS, folder string) (string, error) {
	found := ""
	err := fs.WalkDir(files, folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			return err
		}
		simulated, err := isSimulated(files, name)
		if err == nil && !simulated {
			found = name
			return fs.SkipAll
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return found, err
}

// isSimulated reports whether the first response of a file says that it is simulated.
func isSimulated(files fs.FS, name string) (bool, error) {
	f, err := files.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	lines := bufio.NewScanner(io.LimitReader(f, 1<<20))
	lines.Buffer(nil, 1<<20)
	for row := 0; row < 2 && lines.Scan(); row++ {
		text := lines.Text()
		if strings.HasPrefix(text, `{"_id":"sim-`) && strings.Contains(text, `"_mode":"simulated"`) || row == 1 && strings.HasPrefix(text, "sim-") && strings.Contains(text, ",simulated,") {
			return true, nil
		}
	}
	return false, nil
}
