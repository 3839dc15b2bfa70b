package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/site"
)

// runActions prints the actions that the figures propose, as records for the
// ledger of actions. What is to be done, by whom, is left to people.
func runActions(c *context, args []string) error {
	flags := flag.NewFlagSet("actions", flag.ContinueOnError)
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) == 0 || rest[0] != "propose" {
		return useError{diag.Say("say what to do with the actions: propose")}
	}
	id, dir, err := surveyAndWorkspace(rest[1:])
	if err != nil {
		return err
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	var problems diag.List
	loops, known, err := site.Loops(dir, id, opt, &problems)
	if err != nil {
		return err
	}
	if told := c.tell(&problems); told != nil {
		return told
	}
	if id != "" && !slices.Contains(known, id) {
		return noSurvey(id, known)
	}
	n := 0
	for _, l := range loops {
		n += len(l.Proposals)
		c.propose(c.out, l)
	}
	if n == 0 {
		fmt.Fprintln(c.err, diag.Say("nothing to propose: no item is clearly weak and no cluster of complaints stands out, or each has an open action").In(c.lang))
	}
	return nil
}

// surveyAndWorkspace reads [SURVEY] [DIR]; one argument that is a workspace is DIR.
func surveyAndWorkspace(rest []string) (id, dir string, err error) {
	switch len(rest) {
	case 0:
		return "", ".", nil
	case 1:
		if _, err := os.Stat(rest[0] + "/manyi.yaml"); err == nil {
			return "", rest[0], nil
		}
		return rest[0], ".", nil
	case 2:
		return rest[0], rest[1], nil
	}
	return "", "", useError{diag.Say("one survey and one folder at a time: %s", strings.Join(rest, " "))}
}

// propose writes the proposals of one survey as YAML.
func (c *context) propose(w io.Writer, l site.Loop) {
	if len(l.Proposals) == 0 {
		return
	}
	say := func(p diag.Phrase) string { return p.In(c.lang) }
	fmt.Fprintf(w, "# %s\n# %s\n", say(diag.Say("actions that the figures of survey %q propose, as of %s", l.Survey.ID, l.AsOf)), say(diag.Say("add them to %s and fill in what is left empty", path.Dir(l.Survey.File)+"/ledger/actions.yaml")))
	for _, p := range l.Proposals {
		fmt.Fprintf(w, "- id: %s\n", yamlWord(p.ID))
		for _, hint := range c.hints(p) {
			fmt.Fprintf(w, "  # %s\n", hint)
		}
		fmt.Fprintf(w, "  kind: \"\" # %s\n", say(diag.Say("product, process or training")))
		fmt.Fprintf(w, "  source: %s\n  metric: %s\n", p.Source, yamlWord(p.Metric))
		switch v := float64(p.Target); {
		case math.IsNaN(v) && p.Source != "complaint":
			fmt.Fprintln(w, "  target:")
		case math.IsNaN(v):
			fmt.Fprintf(w, "  target: # %s\n", say(nowAt(p)))
		default:
			fmt.Fprintf(w, "  target: %s\n", rounded(p.Target))
		}
		fmt.Fprintf(w, "  cause: [] # %s\n  countermeasure: \"\"\n", say(diag.Say("causes, or cause < parent")))
		if p.Owner != "" {
			fmt.Fprintf(w, "  owner: %s\n", yamlWord(p.Owner))
		} else {
			fmt.Fprintln(w, "  owner: \"\"")
		}
		fmt.Fprintf(w, "  department: \"\"\n  opened: %s\n  due: %s\n", p.Opened, p.Due)
	}
}

// nowAt says where a figure stands that has no target yet.
func nowAt(p *service.LoopProposal) diag.Phrase {
	if p.Per == service.PerUnits {
		return diag.Say("the figure to reach; now %s per 1,000 units", rounded(p.Value))
	}
	return diag.Say("the figure to reach; now %s per month", rounded(p.Value))
}

// hints say why an action is proposed.
func (c *context) hints(p *service.LoopProposal) []string {
	var out []string
	for _, r := range p.Reasons {
		line := diag.Say("%s: %s, line %s", reasonOf(r), rounded(r.Value), rounded(r.Line))
		if r.Analysis != "" {
			line = diag.Say("%s (%s): %s, line %s", reasonOf(r), r.Analysis, rounded(r.Value), rounded(r.Line))
		}
		out = append(out, line.In(c.lang))
	}
	if p.Source == "complaint" {
		out = append(out, diag.Say("%d complaints in twelve months, %s%% of all", p.N, rounded(100*p.Share)).In(c.lang))
	}
	for _, x := range p.Together {
		out = append(out, diag.Say("%d of them have %s %s", x.N, x.Column, yamlWord(x.Code)).In(c.lang))
	}
	return out
}

func reasonOf(r *measure.WeakReason) string { return strings.ReplaceAll(r.Why, "_", " ") }

// rounded writes a figure with one decimal.
func rounded(n measure.Number) string { return strconv.FormatFloat(float64(n), 'f', 1, 64) }

var plainYAML = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.@-]*(:[A-Za-z][A-Za-z0-9_.-]*)?$`)

// reservedYAML are words that mean something else without quotes.
var reservedYAML = regexp.MustCompile(`^(?i:y|n|yes|no|true|false|on|off|null)$`)

// yamlWord writes a text as a YAML scalar: in quotes where it needs them. The
// escapes of Go are those of YAML.
func yamlWord(s string) string {
	if plainYAML.MatchString(s) && !reservedYAML.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}
