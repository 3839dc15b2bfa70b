package survey

import "manyi/internal/diag"

// Service is what the author says about the ledgers of service life: limits,
// targets and the questions that ask about problems.
type Service struct {
	Complaints ComplaintRules
	Desk       DeskRules
	Loop       LoopRules
}

var serviceKeys = []key[Service]{
	{"complaints", "limits and reading of the ledger of complaints", object(diag.Say("complaints"), func(s *Service) *ComplaintRules { return &s.Complaints }, complaintRuleKeys), optional},
	{"desk", "tickets, visits and what people do after a problem", object(diag.Say("desk"), func(s *Service) *DeskRules { return &s.Desk }, deskRuleKeys), optional},
	{"loop", "actions, topics and units of the improvement loop", object(diag.Say("loop"), func(s *Service) *LoopRules { return &s.Loop }, loopRuleKeys), optional},
}
