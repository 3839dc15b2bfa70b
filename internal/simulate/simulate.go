// Package simulate writes plausible responses for any survey, so that its
// report can be tried before the first answer arrives. It does not know
// where they are kept and never writes anything that could pass for real: every
// response says _mode: simulated and every text says so too.
//
// A respondent has one latent satisfaction; each page adds a factor of its own
// and each item its noise, so that items hang together, those of one page more.
// What an item is like (its mean, the shares of its options) depends on the
// survey alone; who answers what depends on the seed.
package simulate

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"manyi/internal/survey"
)

// Format is a form of the file.
type Format string

// The formats.
const (
	JSONL Format = "jsonl"
	CSV   Format = "csv"
)

// Options say what to write. Same survey and options, same bytes.
type Options struct {
	N      int            // responses
	Seed   uint64         // who they are
	Wave   string         // the wave of all; "" spreads them evenly over the declared waves
	Format Format         // "" is JSONL
	Zone   *time.Location // of the time stamps; nil is UTC
}

// Write writes the responses of opt to w, one after the other: memory does not
// grow with their number.
func Write(w io.Writer, s *survey.Survey, opt Options) error {
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	p := newPlan(s)
	out := bufio.NewWriterSize(w, 1<<16)
	var line []byte
	if opt.Format == CSV {
		line = p.header(line)
	}
	waves := wavesOf(s, opt.Wave)
	for i, wave := range waves {
		n := (i+1)*opt.N/len(waves) - i*opt.N/len(waves)
		r := newRespondents(p, wave, opt)
		for k := range n {
			r.next(k + 1)
			if opt.Format == CSV {
				line = r.appendCSV(line)
			} else {
				line = r.appendJSON(line)
			}
			if _, err := out.Write(line); err != nil {
				return fmt.Errorf("write simulated responses: %w", err)
			}
			line = line[:0]
		}
	}
	if _, err := out.Write(line); err != nil { // the header of no responses
		return fmt.Errorf("write simulated responses: %w", err)
	}
	return out.Flush()
}
