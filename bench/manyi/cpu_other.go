//go:build !unix

package main

import "time"

// cpuTime is how long processors have worked for this program; not known here.
func cpuTime() time.Duration { return 0 }
