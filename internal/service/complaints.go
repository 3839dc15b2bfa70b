package service

// Complaints is how complaints come in, are handled and closed.
type Complaints struct{}

func complaints(Input) *Complaints { return nil }
