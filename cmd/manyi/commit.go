package main

import "manyi/internal/git"

// commitOf is the commit that a workspace stands at, with + where files differ
// from it; "" where it is in no repository or there is no git command.
func commitOf(dir string) string {
	repository, err := git.Open(dir)
	if err != nil {
		return ""
	}
	commit, changed, err := repository.Built("site", ".manyi")
	if err != nil {
		return ""
	}
	if changed {
		commit += "+"
	}
	return commit
}
