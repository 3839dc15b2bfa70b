package report

import (
	"strings"

	"manyi/internal/measure"
)

// fewest is the least base that may lead a title.
const fewest = 30

// telling are the pairs of groups that a title may name: those of large enough a
// base, or all where only small groups differ.
func (b *builder) telling(c *measure.Compared) []*measure.Pair {
	var large []*measure.Pair
	for _, pair := range c.Pairs {
		if pair.Holm < 0.05 && b.groupBase(c, pair.A) >= fewest && b.groupBase(c, pair.B) >= fewest {
			large = append(large, pair)
		}
	}
	if len(large) == 0 {
		return c.Pairs
	}
	return large
}

// groupBase is the base of what is compared in one group.
func (b *builder) groupBase(c *measure.Compared, code string) int {
	block := b.latest().block.BySegment[c.Segment][code]
	if block == nil || block.Suppressed {
		return 0
	}
	if path, of := strings.CutPrefix(c.Figure, "analyses."+c.Item+"."); of {
		v, _ := block.Figure(c.Item, path)
		return v.N
	}
	if q := block.Questions[c.Item]; q != nil {
		return q.N
	}
	return 0
}
