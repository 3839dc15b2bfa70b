//go:build ignore

// Generate writes the simulated responses and ledgers of this survey, in this folder:
// go run generate.go generate_comments.go generate_complaints.go generate_ledgers.go
// Every file has a seed of its own.
package main

import (
	"bufio"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

var zone = time.FixedZone("Asia/Shanghai", 8*3600)

// today is when the records were drawn; nothing has happened after it.
var today = time.Date(2026, 11, 20, 18, 0, 0, 0, zone)

var (
	dealers  = []string{"e1", "e2", "s1", "s2", "n1", "n2", "w1", "w2"}
	regionOf = map[string]string{"e": "east", "s": "south", "n": "north", "w": "west"}
	products = []string{"fridge", "washer", "aircon", "heater"}
)

func main() {
	waves := []struct {
		id  string
		day time.Time
	}{
		{"2025-2", date(2025, 9, 1)},
		{"2026-1", date(2026, 3, 2)},
		{"2026-2", date(2026, 9, 1)},
	}
	for k, w := range waves {
		writeResponses(w.id, w.day, k)
	}
	writeComplaints()
	writeTickets()
	writeUnits()
	writeVisits()
	writeSuggestions()
	writeLost()
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, zone) }

// file writes rows under a head.
func file(name string, head string, rows [][]string) {
	f, err := os.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, head)
	for _, r := range rows {
		fmt.Fprintln(w, strings.Join(r, ","))
	}
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

// aspects with their mean on 1–5 in the first wave, what is gained by the third,
// and how much the west has less.
var aspects = []struct {
	id               string
	mean, gain, west float64
}{
	{"booking", 4.1, .05, 0},
	{"punctual", 3.8, .25, .5},
	{"fixed", 3.7, .15, .2},
	{"skill", 4.0, .05, .1},
	{"parts", 3.1, .55, .3},
	{"manner", 4.3, 0, .1},
	{"explained", 3.9, 0, 0},
	{"charge", 3.5, .05, .1},
	{"tidy", 4.2, 0, 0},
}

func writeResponses(wave string, from time.Time, later int) {
	random := rand.New(rand.NewPCG(20261122, uint64(later)))
	head := "_id,_survey,_version,_wave,_lang,_mode,_submitted,region,dealer,product,osat,recommend,again"
	for _, a := range aspects {
		head += ",aspects_" + a.id
	}
	head += ",problem,category,severity,reaction_none,reaction_leave,reaction_tell,reaction_voice,reaction_legal,voiced,channel,resolved,handling_result,handling_process,handling_manner,comment"
	words := rand.New(rand.NewPCG(20261123, uint64(later))) // apart, so that the other columns do not depend on it
	var rows [][]string
	for i := range 420 {
		row, marks, overall := response(random, wave, from, later, i)
		rows = append(rows, append(row, remark(words, marks, overall)))
	}
	file("responses/"+wave+".csv", head, rows)
	if later == 2 {
		writeTopics(rows)
	}
}

func response(random *rand.Rand, wave string, from time.Time, later, i int) (row, marks []string, overall float64) {
	dealer := dealers[random.IntN(len(dealers))]
	product := products[random.IntN(len(products))]
	mood, west := .75*random.NormFloat64(), 0.0
	if dealer[0] == 'w' {
		west = 1
	}
	met := random.Float64() < .34-.04*float64(later)+.06*west
	if met {
		mood -= .55
	}
	sum, weights := 0.0, map[string]float64{"parts": 2, "fixed": 2, "punctual": 1.5, "charge": 1.2, "manner": 1}
	for _, a := range aspects {
		x := a.mean + a.gain*float64(later)/2 - a.west*west + mood + .7*random.NormFloat64()
		w := weights[a.id] + .3
		sum += w * (x - 3.8)
		m := grade(x)
		if random.Float64() < .02 {
			m = ""
		}
		marks = append(marks, m)
	}
	overall = 3.85 + sum/10.4 + .45*random.NormFloat64()
	loyal := overall + .5*random.NormFloat64()
	submitted := from.AddDate(0, 0, random.IntN(27)).Add(time.Duration(8*60+random.IntN(13*60)) * time.Minute)
	row = []string{
		fmt.Sprintf("sim-%s-%04d", wave, i+1), "service", "1", wave, "zh-CN", "simulated", submitted.Format(time.RFC3339),
		regionOf[dealer[:1]], dealer, product, grade(overall), fmt.Sprint(int(min(10, max(0, math.Round(7.3+2*(loyal-3.9)))))), grade(loyal - .1),
	}
	return append(append(row, marks...), problem(random, met, overall)...), marks, overall
}

func grade(x float64) string { return fmt.Sprint(int(min(5, max(1, math.Round(x))))) }

// problem is the block of questions about problems: who meets one, what they do
// about it, and how those who speak up are treated.
func problem(random *rand.Rand, met bool, overall float64) []string {
	if !met {
		return append([]string{"no"}, make([]string, 13)...)
	}
	severity := 1 + weighted(random, .45, .35, .2)
	voiced := random.Float64() < .22+.16*float64(severity)
	leave, tell := random.Float64() < .1+.08*float64(severity), random.Float64() < .25+.1*float64(severity)
	legal := severity == 3 && random.Float64() < .06
	none := !voiced && !leave && !tell && !legal
	out := []string{
		"yes", categories[weighted(random, shares...)].id, fmt.Sprint(severity),
		flag(none), flag(leave), flag(tell), flag(voiced), flag(legal),
	}
	if !voiced {
		return append(out, "no", "", "", "", "", "")
	}
	outcome := weighted(random, .5, .3, .2)
	base := overall - .3 - .7*float64(outcome)
	channel := []string{"hotline", "wechat", "website", "email", "desk", "engineer", "mailbox", "association"}[weighted(random, .38, .17, .07, .03, .08, .22, .02, .03)]
	return append(out, "yes", channel, []string{"full", "partly", "no"}[outcome],
		grade(base+.7*random.NormFloat64()), grade(base+.1+.7*random.NormFloat64()), grade(base+.9+.6*random.NormFloat64()))
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// weighted draws an index by its weight.
func weighted(random *rand.Rand, weights ...float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	x := random.Float64() * total
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}
