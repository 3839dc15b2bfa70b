//go:build ignore

package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// writeTickets draws 1,500 orders of repair, installation and delivery.
func writeTickets() {
	random := rand.New(rand.NewPCG(20261122, 12))
	var times []time.Time
	for len(times) < 1500 {
		t := date(2025, 8, 1).Add(time.Duration(random.IntN(474*24*60)) * time.Minute)
		if t.Hour() >= 8 && t.Hour() < 20 && random.Float64() < .55+.25*season(t) {
			times = append(times, t)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	var rows [][]string
	for i, t := range times {
		rows = append(rows, ticket(random, i, t))
	}
	file("ledger/tickets.csv", "id,kind,opened,due,arrived,done,provider,manager,product,fault,asset,visits,first_time,promised,satisfied", rows)
}

func ticket(random *rand.Rand, i int, opened time.Time) []string {
	dealer := dealers[random.IntN(len(dealers))]
	product := products[weighted(random, .8, 1, 1.2+.6*season(opened), .7)]
	kind := []string{"repair", "installation", "delivery"}[weighted(random, .62, .25, .13)]
	manager := map[byte]string{'e': "M1", 's': "M2", 'n': "M3", 'w': "M4"}[dealer[0]]
	slow := 1.0
	if dealer[0] == 'w' {
		slow = 1.5
	}
	if opened.After(date(2026, 6, 1)) {
		slow *= .8
	}
	promised := opened.Add(time.Duration(20+4*random.IntN(8)) * time.Hour).Truncate(time.Hour)
	arrived := opened.Add(time.Duration(14*slow*math.Exp(.75*random.NormFloat64())*60) * time.Minute)
	visits := 1
	for kind == "repair" && visits < 5 && random.Float64() < .2*slow {
		visits++
	}
	done := arrived.Add(time.Duration((1.5+52*float64(visits-1))*math.Exp(.5*random.NormFloat64())*60) * time.Minute)
	when := func(t time.Time) string {
		if t.After(today) {
			return ""
		}
		return t.Format("2006-01-02T15:04")
	}
	fault := ""
	if kind == "repair" {
		fault = defects[product][weighted(random, .45, .25, .18, .12)]
	}
	row := []string{
		fmt.Sprintf("T-%05d", i+1), kind, when(opened), opened.Add(24 * time.Hour).Format("2006-01-02T15:04"), when(arrived), when(done), dealer, manager, product, fault,
		fmt.Sprintf("%s-%04d", product, 1+random.IntN(900)),
	}
	if done.After(today) {
		return append(row, "", "", promised.Format("2006-01-02T15:04"), "")
	}
	satisfied := ""
	if random.Float64() < .58 {
		late := max(0, arrived.Sub(promised).Hours())
		satisfied = grade(4.3 - .5*float64(visits-1) - .03*late + .7*random.NormFloat64())
	}
	return append(row, fmt.Sprint(visits), yes(visits == 1), promised.Format("2006-01-02T15:04"), satisfied)
}

// writeUnits is units sold by month and product.
func writeUnits() {
	random := rand.New(rand.NewPCG(20261122, 13))
	var rows [][]string
	for k := range 15 {
		month := date(2025, 8, 1).AddDate(0, k, 0)
		for i, p := range products {
			sold := []float64{820, 900, 1100, 610}[i] * (1 + .06*random.NormFloat64())
			if p == "aircon" {
				sold *= 1 + .5*season(month)
			}
			rows = append(rows, []string{month.Format("2006-01"), p, fmt.Sprint(int(sold))})
		}
	}
	file("ledger/units.csv", "period,unit,sold", rows)
}

var checklist = []struct {
	id       string
	mean     float64
	critical bool
}{
	{"answer_time", 82, false},
	{"greeting", 91, false},
	{"needs", 76, false},
	{"advice", 79, false},
	{"price_list", 70, true},
	{"licence", 96, true},
	{"tools", 84, false},
	{"tidy", 88, false},
	{"receipt", 90, true},
	{"farewell", 86, false},
}

// writeVisits is four rounds of mystery visits: every unit, ten points each.
func writeVisits() {
	random := rand.New(rand.NewPCG(20261122, 14))
	var rows [][]string
	for round, month := range []time.Time{date(2025, 11, 10), date(2026, 2, 9), date(2026, 5, 11), date(2026, 8, 10)} {
		for i, d := range dealers {
			own := 6 * random.NormFloat64()
			if d[0] == 'w' {
				own -= 9
			}
			day := month.AddDate(0, 0, i).Format(time.DateOnly)
			for _, c := range checklist {
				score := min(100, max(0, math.Round((c.mean+own+1.5*float64(round)+9*random.NormFloat64())/5)*5))
				rows = append(rows, []string{fmt.Sprintf("V-%d%02d", round+1, i+1), day, d, c.id, fmt.Sprint(int(score)), yes(c.critical)})
			}
		}
	}
	file("ledger/visits.csv", "id,date,unit,item,score,critical", rows)
}

func writeSuggestions() {
	random := rand.New(rand.NewPCG(20261122, 15))
	var rows [][]string
	for i := range 64 {
		received := date(2025, 8, 3).AddDate(0, 0, i*7+random.IntN(5))
		adopted, done := "", ""
		if received.Before(date(2026, 9, 15)) {
			ok := random.Float64() < .38
			adopted = yes(ok)
			if day := received.AddDate(0, 0, 20+random.IntN(90)); ok && day.Before(today) && random.Float64() < .8 {
				done = day.Format(time.DateOnly)
			}
		}
		rows = append(rows, []string{
			fmt.Sprintf("S-%03d", i+1), received.Format(time.DateOnly), pick(random, "hotline", "wechat", "desk", "mailbox", "website"),
			[]string{"booking", "parts", "charges", "product", "communication"}[weighted(random, .3, .25, .15, .2, .1)], "模拟建议", adopted, done,
		})
	}
	file("ledger/suggestions.csv", "id,received,channel,category,text,adopted,done", rows)
}

func writeLost() {
	random := rand.New(rand.NewPCG(20261122, 16))
	var rows [][]string
	for i := range 46 {
		rows = append(rows, []string{
			fmt.Sprintf("L-%03d", i+1), date(2025, 8, 5).AddDate(0, 0, i*88/10+9*random.IntN(8)).Format(time.DateOnly), fmt.Sprintf("sim-%04d", 500+random.IntN(400)),
			[]string{"price", "repeat_repair", "parts_wait", "moved", "competitor", "attitude"}[weighted(random, .22, .24, .2, .12, .14, .08)],
			fmt.Sprint(800 + 100*random.IntN(60)),
		})
	}
	file("ledger/lost.csv", "id,date,customer,reason,value", rows)
}
