package chart

// Count writes a base: whole, with "," from 1,000.
func Count(n int) string { return Column{Role: Base}.text(float64(n)) }

// Span writes an interval as 79.5–82.4%; "" when an end is undefined.
func (f Format) Span(low, high float64) string { return f.span(low, high) }
