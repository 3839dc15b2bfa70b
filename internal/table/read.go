package table

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"manyi/internal/diag"
	"manyi/internal/seal"
)

// Source is one file of responses.
type Source struct {
	// Name is workspace-relative, for diagnostics. Its ending tells the format:
	// .csv, .tsv, .jsonl, .yaml or .yml, each also .gz, or .xlsx; each also
	// .age; .sealed.jsonl holds records that are sealed one by one.
	Name string
	// Open opens the file. What has Stat is read no further than its size then;
	// what also is an io.ReaderAt is read in parallel.
	Open     func() (io.ReadCloser, error)
	Encoding string                       // of a text that neither is UTF-8 nor has a byte order mark, "" where it is to be guessed
	Wave     string                       // the wave all its rows belong to: claimed by waves.files or the folder; "" = by row
	Columns  map[string]string            // file column -> field id or _meta name; others keep their name
	Codes    map[string]map[string]Recode // field id -> code in the file -> what it stands for
	Whole    bool                         // named by waves.files: a row without a _submitted column is complete
}

// Recode is what a code in a file stands for: a code of the scale, or a missing reason.
type Recode struct {
	Code    string
	Missing Reason // Answered: Code holds
}

// Options say how rows become waves.
type Options struct {
	Waves      []string                      // declared waves, in order
	WaveOf     func(submitted string) string // wave of a time stamp by period; "" = none; nil without periods; called concurrently
	Weight     string                        // column of weights after mapping, "" without
	WeightRule diag.Place
	Partials   bool             // partial responses count
	Days       bool             // Wave.Days is wanted
	Field      bool             // Wave.Field is wanted
	Questions  int              // how many fields, the first of the schema, are of pages; with Field
	Zone       *time.Location   // of the days of Field, nil: as written
	Keys       *seal.Keys       // open what is sealed; nil: it is counted and stays sealed
	Admit      Admit            // who may answer, and when; nil: everybody, always
	Forgotten  map[string]bool  // tombstones of withdrawn responses
	Named      map[string]int32 // _id -> its number from 1 in a list that somebody keeps, such as codes by hand
	Panel      string           // column whose value tells a respondent in every wave, after mapping; "" keeps none
}

// Answers is everything read for one survey.
type Answers struct {
	Waves   []*Wave // declared order; without declared waves, the waves found, sorted; "" alone where there are none
	Count   Count   // over all waves and unmatched rows
	Unknown []UnknownColumn
}

// UnknownColumn is a file column that the definition does not name.
type UnknownColumn struct{ File, Column string }

// Read reads the answers of a survey. Its error is the system's: a file that
// cannot be opened or read. Faults in the files go to problems, which never
// show an answer. Files are read in parallel, large ones in chunks, and joined
// in the order of sources, so that result and problems depend on the input alone.
func Read(schema *Schema, sources []Source, opt Options, problems *diag.List) (*Answers, error) {
	return newPlan(schema, opt).read(sources, problems)
}

func (p *plan) read(sources []Source, problems *diag.List) (*Answers, error) {
	parts := make([][]*part, len(sources))
	errs := make([]error, len(sources))
	each(len(sources), func(i int) {
		parts[i], errs[i] = readSource(p, &sources[i])
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return join(p, slices.Concat(parts...), problems), nil
}

// readSource reads one file into parts, in the order of its rows.
func readSource(p *plan, source *Source) ([]*part, error) {
	in, err := open(source)
	if err != nil {
		return nil, err
	}
	defer func() { in.file.Close() }()
	r := newReader(p, source)
	if sealingOf(source.Name) == sealedFile && !in.special {
		ok, err := r.unsealed(in, source)
		if err != nil {
			return nil, fmt.Errorf("read responses %q: %w", source.Name, err)
		}
		if !ok {
			return []*part{r.part}, nil
		}
	}
	parts, err := r.read(in)
	if err != nil {
		return nil, fmt.Errorf("read responses %q: %w", source.Name, err)
	}
	return parts, nil
}

// each calls do for 0 to n-1 on as many goroutines as there are processors.
func each(n int, do func(int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}
