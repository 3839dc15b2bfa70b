package service

// Loop is the improvement loop: actions, their effect, topics, weak items.
type Loop struct{}

func loop(Input, *Results) *Loop { return nil }
