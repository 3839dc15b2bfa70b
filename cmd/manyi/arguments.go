package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// ofSurvey are the arguments SURVEY [DIR] of a command about one survey.
func (c *context) ofSurvey(flags *flag.FlagSet, args []string) (id, dir string, err error) {
	rest, err := c.parse(flags, args)
	switch {
	case err != nil:
		return "", "", err
	case len(rest) == 0:
		return "", "", useError{diag.Say("name the survey")}
	}
	dir, err = workspace(rest[1:])
	return rest[0], dir, err
}

// openSurvey opens a workspace and reads a definition in it; the root is to be
// closed where there is no error.
func (c *context) openSurvey(dir, id string) (*os.Root, *survey.Survey, *time.Location, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("open workspace: %w", err)
	}
	s, zone, err := c.definition(root.FS(), id)
	if err != nil {
		root.Close()
		return nil, nil, nil, err
	}
	return root, s, zone, nil
}

// noSurvey says that there is no survey of this id, and which was probably meant.
func noSurvey(id string, known []string) error {
	if near := diag.Nearest(id, known); near != "" {
		return useError{diag.Say("there is no survey %q in surveys/; did you mean %q?", id, near)}
	}
	return useError{diag.Say("there is no survey %q in surveys/", id)}
}
