package diag

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// Phrase is a message that is put into words in the language of whoever reads
// it. The English format is its key; a translation may order the arguments
// with %[n]. The zero Phrase says nothing.
type Phrase struct {
	Format string
	Args   []any // string, int or Phrase
}

// Say makes a phrase of a constant format with %s, %q, %d, %c and %%. An
// argument that is itself a Phrase is said in the same language. Every format
// has its translation in zh-CN.txt; a test looks for each call of Say.
func Say(format string, args ...any) Phrase {
	for i, a := range args {
		args[i] = plain(a)
	}
	return Phrase{format, args}
}

// plain reduces an argument to what a state file can hold.
func plain(a any) any {
	switch a := a.(type) {
	case string, int, Phrase:
		return a
	case []string:
		return strings.Join(a, ", ")
	case []byte:
		return string(a)
	}
	return fmt.Sprint(a)
}

// In says the phrase in a language; in English where it has no translation.
func (p Phrase) In(lang string) string {
	if p.Format == "" {
		return ""
	}
	format, zh := p.Format, Chinese(lang)
	if f, ok := catalogue()[format]; zh && ok {
		format = f
	}
	args := make([]any, len(p.Args))
	for i, a := range p.Args {
		if inner, ok := a.(Phrase); ok {
			said := inner.In(lang)
			if zh {
				said = spaced(said)
			}
			a = said
		}
		args[i] = a
	}
	if zh {
		return strings.TrimSpace(fmt.Sprintf(format, args...))
	}
	return fmt.Sprintf(format, args...)
}

// spaced sets Latin letters, digits and quotes at the ends of s off from the
// Chinese characters beside them.
func spaced(s string) string {
	if s == "" {
		return s
	}
	if s[0] < utf8.RuneSelf {
		s = " " + s
	}
	if s[len(s)-1] < utf8.RuneSelf {
		s += " "
	}
	return s
}

// String says the phrase in English.
func (p Phrase) String() string { return p.In("en") }

// Empty reports whether the phrase says nothing.
func (p Phrase) Empty() bool { return p.Format == "" }

// Chinese reports whether lang, a language tag or a locale such as
// zh_CN.UTF-8, is a Chinese one.
func Chinese(lang string) bool {
	return strings.HasPrefix(strings.ToLower(lang), "zh")
}

// MarshalJSON keeps format and arguments, so that a later reader chooses the language.
func (p Phrase) MarshalJSON() ([]byte, error) {
	if p.Format == "" {
		return []byte("null"), nil
	}
	return json.Marshal(struct {
		Format string `json:"format"`
		Args   []any  `json:"args,omitempty"`
	}{p.Format, p.Args})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Phrase) UnmarshalJSON(b []byte) error {
	var kept struct {
		Format string            `json:"format"`
		Args   []json.RawMessage `json:"args"`
	}
	if err := json.Unmarshal(b, &kept); err != nil {
		return err
	}
	*p = Phrase{Format: kept.Format}
	for _, raw := range kept.Args {
		arg, err := argument(raw)
		if err != nil {
			return fmt.Errorf("argument of %q: %w", kept.Format, err)
		}
		p.Args = append(p.Args, arg)
	}
	return nil
}

func argument(raw json.RawMessage) (any, error) {
	switch raw[0] {
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case '{', 'n':
		var p Phrase
		err := json.Unmarshal(raw, &p)
		return p, err
	}
	var i int
	err := json.Unmarshal(raw, &i)
	return i, err
}

//go:embed zh-CN.txt
var chinese string

// catalogue is English format -> Chinese format: in the file each English line
// is followed by its translation, indented by a tab; \n stands for a line end, ## begins a comment.
var catalogue = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	english := ""
	unescape := strings.NewReplacer(`\n`, "\n")
	for line := range strings.Lines(chinese) {
		line = strings.TrimSuffix(line, "\n")
		if translated, ok := strings.CutPrefix(line, "\t"); ok {
			out[unescape.Replace(english)] = unescape.Replace(translated)
		} else if !strings.HasPrefix(line, "##") {
			english = line
		}
	}
	return out
})
