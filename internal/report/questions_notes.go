package report

import "manyi/internal/survey"

// tellFew says, at the first question of which an answer was given by fewer
// people than a group must have, why their number is shown all the same.
func (b *builder) tellFew(page *Page) {
	for i := range page.Sections {
		s := &page.Sections[i]
		for _, item := range b.survey.Items() {
			q := b.questionOf(b.latest(), item.ID)
			if item.Question == nil || slug(item.Question.ID) != s.ID || item.Type != survey.SingleChoice || q == nil || q.Suppressed {
				continue
			}
			for _, n := range q.Counts {
				if n > 0 && n < b.results.MinCell {
					s.Blocks = append(s.Blocks, Block{Note: b.say("questions.counts_of_all", "min", b.results.MinCell)})
					return
				}
			}
		}
	}
}

// tellNotAsked says how many of the respondents were not asked a question, at the
// first of those that as many were not asked: why its base is smaller.
func (b *builder) tellNotAsked(page *Page) {
	last := 0
	for i := range page.Sections {
		for _, item := range b.survey.Items() {
			if item.Question == nil || slug(item.Question.ID) != page.Sections[i].ID {
				continue
			}
			q := b.questionOf(b.latest(), item.ID)
			if q == nil || q.Suppressed || !q.Asked {
				break
			}
			if n := q.Missing["not_shown"]; n > 0 && n != last {
				page.Sections[i].Blocks = append(page.Sections[i].Blocks, Block{Note: b.say("questions.not_asked", "n", n, "count", count(n), "all", count(b.latest().block.Base.Responses))})
				last = n
			}
			break
		}
	}
}
