package diag

import "encoding/json"

// kept is a List as a state file holds it: phrases keep their format and
// arguments, so that the language of a later run decides.
type kept struct {
	Problems []Problem `json:"problems"`
	More     []beyond  `json:"more,omitempty"`
}

// beyond counts the problems of one kind that were not kept.
type beyond struct {
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`
	Rule     Place    `json:"rule"`
	File     string   `json:"file"`
	Count    int      `json:"count"`
}

// MarshalJSON writes the list for UnmarshalJSON of a later run.
func (l List) MarshalJSON() ([]byte, error) {
	return json.Marshal(kept{l.Problems(), l.beyond()})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (l *List) UnmarshalJSON(b []byte) error {
	var in kept
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*l = List{}
	for _, p := range in.Problems {
		l.Add(p)
	}
	for _, m := range in.More {
		if l.more == nil {
			l.count, l.more = map[kind]int{}, map[kind]int{}
		}
		l.more[kind{m.Severity, m.Code, m.Rule, m.File}] += m.Count
	}
	return nil
}
