//go:build ignore

// Generate writes the simulated responses of this survey: go run generate.go in
// this folder. Constructs follow the arrows of the model with errors of their
// own, items follow their construct; then everything is cut to 1–10.
package main

import (
	"bufio"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"strings"
)

// person is the constructs of one respondent, in standard deviations.
type person struct{ image, expectation, product, service, value, satisfaction, loyalty float64 }

// item is how a question depends on what it measures.
type item struct {
	id         string
	mean, load float64
	of         func(*person) float64
}

var items = []item{
	{"sat_overall", 7.3, .88, func(p *person) float64 { return p.satisfaction }},
	{"sat_confirm", 6.6, .80, func(p *person) float64 { return p.satisfaction }},
	{"sat_ideal", 6.2, .82, func(p *person) float64 { return p.satisfaction }},
	{"sat_rivals", 6.8, .78, func(p *person) float64 { return p.satisfaction }},
	{"image_overall", 7.4, .86, func(p *person) float64 { return p.image }},
	{"image_distinct", 6.4, .62, func(p *person) float64 { return p.image }},
	{"exp_overall", 7.2, .82, func(p *person) float64 { return p.expectation }},
	{"exp_fit", 6.9, .78, func(p *person) float64 { return p.expectation }},
	{"exp_faults", 6.5, .42, func(p *person) float64 { return p.expectation }},
	{"exp_service", 6.8, .74, func(p *person) float64 { return p.expectation }},
	{"net_overall", 7.0, .87, func(p *person) float64 { return p.product }},
	{"net_fit", 6.9, .74, func(p *person) float64 { return p.product }},
	{"net_faults", 6.4, .80, func(p *person) float64 { return p.product }},
	{"net_indoor", 6.0, .72, func(p *person) float64 { return p.product }},
	{"net_speed", 7.1, .55, func(p *person) float64 { return p.product }},
	{"net_calls", 7.5, .40, func(p *person) float64 { return p.product }},
	{"srv_overall", 6.9, .88, func(p *person) float64 { return p.service }},
	{"srv_fit", 6.6, .82, func(p *person) float64 { return p.service }},
	{"srv_faults", 6.7, .76, func(p *person) float64 { return p.service }},
	{"srv_hotline", 5.7, .68, func(p *person) float64 { return p.service }},
	{"srv_staff", 7.2, .60, func(p *person) float64 { return p.service }},
	{"srv_bill", 6.8, .35, func(p *person) float64 { return p.service }},
	{"value_quality", 6.6, .84, func(p *person) float64 { return p.value }},
	{"value_price", 5.9, .86, func(p *person) float64 { return p.value }},
	{"value_rivals", 6.1, .70, func(p *person) float64 { return p.value }},
	{"again", 6.9, .86, func(p *person) float64 { return p.loyalty }},
	{"recommend", 6.5, .84, func(p *person) float64 { return p.loyalty }},
}

var regions = []string{"east", "central", "west"}

func main() {
	for k, wave := range []string{"2025", "2026"} {
		if err := write("responses/"+wave+".csv", wave, k, 600); err != nil {
			log.Fatal(err)
		}
	}
}

func write(name, wave string, later, n int) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	head := []string{"_id", "_survey", "_version", "_wave", "_lang", "_mode", "_submitted", "region"}
	for _, i := range items {
		head = append(head, i.id)
	}
	fmt.Fprintln(w, strings.Join(append(head, "price_rise", "price_cut"), ","))
	random := rand.New(rand.NewPCG(20261122, uint64(later)))
	for i := range n {
		fmt.Fprintln(w, strings.Join(response(random, wave, later, i), ","))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}

func response(random *rand.Rand, wave string, later, i int) []string {
	region := random.IntN(3)
	p := someone(random, region, later)
	row := []string{
		fmt.Sprintf("sim-%s-%04d", wave, i+1), "telecom", "1", wave, "zh-CN", "simulated",
		fmt.Sprintf("%s-09-%02dT%02d:%02d:00+08:00", wave, 1+random.IntN(28), 8+random.IntN(13), random.IntN(60)), regions[region],
	}
	again := 0.0
	for _, it := range items {
		x := answer(it.mean + 1.7*(it.load*it.of(&p)+math.Sqrt(1-it.load*it.load)*random.NormFloat64()))
		if it.id == "again" {
			again = x
		}
		if random.Float64() < .02 {
			row = append(row, "")
			continue
		}
		row = append(row, fmt.Sprint(x))
	}
	percent := math.Round(max(0, 12+6*math.Abs(p.loyalty)+12*random.NormFloat64())/5) * 5
	switch {
	case random.Float64() < .08:
		return append(row, "", "")
	case again >= 6:
		return append(row, fmt.Sprint(min(percent, 100)), "")
	}
	return append(row, "", fmt.Sprint(min(percent, 100)))
}

// someone draws the constructs: the west has the weaker network, the later
// wave the better service, and in the west price matters more.
func someone(random *rand.Rand, region, later int) person {
	var p person
	west := 0.0
	if region == 2 {
		west = 1
	}
	e := random.NormFloat64
	p.image = e()
	p.expectation = .55*p.image + .8*e()
	p.product = .25*p.image + .35*p.expectation + .8*e() - .35*west
	p.service = .20*p.image + .30*p.expectation + .8*e() + .30*float64(later)
	p.value = .15*p.expectation + .35*p.product + .25*p.service + .7*e()
	p.satisfaction = .15*p.image - .06*p.expectation + (.42-.15*west)*p.product + .30*p.service + (.18+.25*west)*p.value + .5*e()
	p.loyalty = .20*p.image + .60*p.satisfaction + .6*e()
	return p
}

func answer(x float64) float64 { return min(10, max(1, math.Round(x))) }
