package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/invite"
	"manyi/internal/survey"
	"manyi/internal/token"
)

// inviteFlags are the options of the command line.
type inviteFlags struct {
	url, until, from, out, codes, sheet, key string
	n                                        int
	many, open                               bool
	values                                   map[string]string
	each                                     []string
}

func runInvite(c *context, args []string) error {
	f := inviteFlags{values: map[string]string{}}
	flags := flag.NewFlagSet("invite", flag.ContinueOnError)
	flags.IntVar(&f.n, "n", 0, "how many links")
	flags.StringVar(&f.url, "url", "", "address of the survey page; else base_url of manyi.yaml")
	flags.StringVar(&f.until, "until", "", "last day on which the links are good")
	flags.StringVar(&f.from, "from", "", "CSV with a row for each person")
	flags.StringVar(&f.out, "out", "", "file of the list; else standard output")
	flags.StringVar(&f.codes, "qr", "", "folder for a QR code of each link, as SVG")
	flags.StringVar(&f.sheet, "sheet", "", "sheets for print: NAME.png or NAME.html")
	flags.StringVar(&f.key, "key", "", "private key; else .manyi/keys/SURVEY.key, made where there is none")
	flags.BoolVar(&f.many, "many", false, "a link may be used any number of times: for counters, posters, channels")
	flags.BoolVar(&f.open, "no-token", false, "links without tokens")
	flags.Func("set", "hidden column and value in every link, like region=east", func(s string) error {
		id, v, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("write COLUMN=VALUE")
		}
		f.values[id] = v
		return nil
	})
	flags.Func("each", "hidden column: a link for each value it allows", func(s string) error { f.each = append(f.each, s); return nil })
	id, dir, err := c.ofSurvey(flags, args)
	if err != nil {
		return err
	}
	for _, name := range []string{f.out, f.codes, f.sheet, f.key} {
		if inside(dir, name) {
			return useError{diag.Say("%s is below site/, which is published: choose another place", name)}
		}
	}
	root, s, _, err := c.openSurvey(dir, id)
	if err != nil {
		return err
	}
	defer root.Close()
	return c.invite(root, dir, s, f)
}

// inside reports whether a path is below the site of a workspace.
func inside(dir, name string) bool {
	if name == "" {
		return false
	}
	site, err := filepath.Abs(filepath.Join(dir, "site"))
	if err != nil {
		return true
	}
	at, err := filepath.Abs(name)
	if err != nil {
		return true
	}
	if to, err := filepath.EvalSymlinks(filepath.Dir(at)); err == nil {
		at = filepath.Join(to, filepath.Base(at))
	}
	if to, err := filepath.EvalSymlinks(site); err == nil {
		site = to
	}
	rel, err := filepath.Rel(site, at)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func (c *context) invite(root *os.Root, dir string, s *survey.Survey, f inviteFlags) error {
	order := invite.Order{Survey: s, Page: f.url, Kind: token.Once, Until: f.until, N: f.n, Values: f.values, Each: f.each}
	if f.many || len(f.each) > 0 {
		order.Kind = token.Many
	}
	if order.Page == "" {
		if ws := survey.ParseWorkspace(root.FS(), &diag.List{}); ws != nil && ws.BaseURL != "" {
			order.Page = strings.TrimSuffix(ws.BaseURL, "/") + "/surveys/" + s.ID + "/"
		}
	}
	if f.from != "" {
		data, err := imported(f.from)
		if err != nil {
			return err
		}
		if order.People, err = invite.ReadPeople(data); err != nil {
			return mended(err)
		}
	}
	if !f.open {
		key, made, err := signingKey(root, s, f.key)
		if err != nil {
			return err
		}
		if made {
			c.say(c.err, diag.Say("made .manyi/keys/%s.key: keep it to yourself, and a copy of it; surveys/%[1]s/invite.pub belongs to the survey", s.ID))
		}
		if order.Key, err = token.ParsePrivate(key); err != nil {
			return useError{diag.Say("the key cannot be used: %s", err)}
		}
	}
	links, err := invite.Make(order)
	if err != nil {
		return mended(err)
	}
	return c.deliver(order, links, f)
}

// mended turns what the user can mend into wrong use.
func mended(err error) error {
	if f, ok := errors.AsType[invite.Fault](err); ok {
		return useError{diag.Say("the links cannot be made: %s", f)}
	}
	return err
}

// signingKey reads the private key, or makes a pair: .manyi/ is ignored by git,
// the public key goes with the survey, where the answers are read.
func signingKey(root *os.Root, s *survey.Survey, name string) (key []byte, made bool, err error) {
	if name != "" {
		key, err = os.ReadFile(name)
		return key, false, err
	}
	own := ".manyi/keys/" + s.ID + ".key"
	key, err = root.ReadFile(own)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	private, public := token.Generate()
	pubFile := "surveys/" + s.ID + "/" + survey.InviteKeys
	old, err := root.ReadFile(pubFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, false, err
	}
	if len(old) > 0 && old[len(old)-1] != '\n' {
		old = append(old, '\n')
	}
	if err := root.MkdirAll(".manyi/keys", 0o700); err != nil {
		return nil, false, err
	}
	if err := root.WriteFile(own, private, 0o600); err != nil {
		return nil, false, err
	}
	return private, true, root.WriteFile(pubFile, append(old, public+"\n"...), 0o644)
}

// deliver writes the list, the codes and the sheets.
func (c *context) deliver(order invite.Order, links []invite.Link, f inviteFlags) error {
	var list bytes.Buffer
	if err := invite.WriteCSV(&list, order, links); err != nil {
		return err
	}
	if f.codes != "" {
		if err := os.MkdirAll(f.codes, 0o700); err != nil {
			return err
		}
		for _, l := range links {
			picture, err := invite.Code(l)
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(f.codes, fmt.Sprintf("%04d.svg", l.Number)), picture, 0o600); err != nil {
				return err
			}
		}
	}
	if f.sheet != "" {
		if err := sheets(order, links, f.sheet); err != nil {
			return err
		}
	}
	if f.out == "" {
		_, err := c.out.Write(list.Bytes())
		return err
	}
	if err := os.WriteFile(f.out, list.Bytes(), 0o600); err != nil {
		return err
	}
	c.say(c.out, diag.Say("%s: %s", f.out, plural(len(links), diag.Say("1 link"), diag.Say("%d links", len(links)))))
	return nil
}

func sheets(order invite.Order, links []invite.Link, name string) error {
	s := order.Survey
	switch ext := filepath.Ext(name); ext {
	case ".html":
		body, err := invite.SheetHTML(s.Title.In(s.Languages[0]), s.Languages[0], links)
		if err != nil {
			return err
		}
		return os.WriteFile(name, body, 0o600)
	case ".png":
		for n := range invite.Sheets(len(links)) {
			body, err := invite.SheetPNG(invite.Sheet(links, n))
			if err != nil {
				return err
			}
			file := name
			if n > 0 {
				file = strings.TrimSuffix(name, ext) + fmt.Sprintf("-%d", n+1) + ext
			}
			if err := os.WriteFile(file, body, 0o600); err != nil {
				return err
			}
		}
		return nil
	}
	return useError{diag.Say("--sheet takes a file name that ends in .png or .html")}
}
