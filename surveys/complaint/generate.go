//go:build ignore

// Generate writes the simulated answers to the complaint form and what the desk
// adds to them: go run generate.go in this folder.
package main

import (
	"bufio"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"
)

var (
	zone  = time.FixedZone("Asia/Shanghai", 8*3600)
	today = time.Date(2026, 11, 20, 18, 0, 0, 0, zone)
)

const (
	formHead = "_id,_survey,_version,_lang,_mode,_submitted,region,kind,happened,product,batch,usage,years_used,service,staff,aspect,description,loss,demand,name,contact,received_by"
	deskHead = "id,received,received_by,kind,product,service,region,channel,level,category,department,severity,acknowledged,analysed,countermeasure,answered,method,cost,closed,called_back,called_by,reached,satisfied_result,satisfied_process,satisfied_manner"
)

func main() {
	random := rand.New(rand.NewPCG(20261122, 21))
	var times []time.Time
	for range 60 {
		times = append(times, time.Date(2026, 7, 1, 0, 0, 0, 0, zone).Add(time.Duration(random.IntN(138*24*60))*time.Minute))
	}
	slices.SortFunc(times, time.Time.Compare)
	var forms, desks [][]string
	for i, t := range times {
		id := fmt.Sprintf("K-%s-%02d", t.Format("0601"), i+1)
		phone := i%10 == 9 // told on the telephone: the desk alone has it
		kind := []string{"goods", "service"}[weighted(random, .4, .6)]
		if !phone {
			forms = append(forms, form(random, id, kind, t))
		}
		if random.Float64() < .92 || phone {
			desks = append(desks, desk(random, id, kind, t, phone))
		}
	}
	write("responses/2026.csv", formHead, forms)
	write("ledger/complaints.csv", deskHead, desks)
}

func form(random *rand.Rand, id, kind string, t time.Time) []string {
	row := map[string]string{
		"_id": id, "_survey": "complaint", "_version": "1", "_lang": "zh-CN", "_mode": "simulated", "_submitted": t.Format(time.RFC3339),
		"region": pick(random, "east", "south", "north", "west", "west"), "kind": kind, "happened": t.AddDate(0, 0, -random.IntN(6)).Format(time.DateOnly),
		"description": "模拟记录，无真实内容", "loss": "模拟", "demand": pick(random, "repair", "replace", "refund", "compensation", "apology", "explanation"),
		"name": "模拟", "contact": "simulated@example.com",
	}
	if kind == "goods" {
		row["product"], row["batch"] = pick(random, "fridge", "washer", "aircon", "heater"), fmt.Sprintf("2026Q%d", 1+random.IntN(3))
		row["usage"], row["years_used"] = pick(random, "normal", "normal", "heavy", "first"), fmt.Sprint(random.IntN(5))
	} else {
		row["service"], row["staff"] = pick(random, "repair", "repair", "installation", "delivery"), fmt.Sprintf("w1-%02d", 1+random.IntN(6))
		row["aspect"] = pick(random, "quality", "quality", "attitude", "price", "facilities")
	}
	return cells(formHead, row)
}

func desk(random *rand.Rand, id, kind string, t time.Time, phone bool) []string {
	row := map[string]string{"id": id, "channel": "website", "level": "firm", "severity": fmt.Sprint(1 + weighted(random, .5, .35, .15))}
	if phone {
		row["received"], row["received_by"], row["kind"], row["channel"], row["region"] = t.Format("2006-01-02T15:04"), "A02", kind, "hotline", pick(random, "east", "south", "north", "west")
	}
	row["category"], row["department"] = "product_fault", "quality"
	if kind == "service" {
		row["category"] = []string{"parts_wait", "late_visit", "repeat_repair", "attitude"}[weighted(random, .2, .35, .3, .15)]
		row["department"] = map[string]string{"parts_wait": "parts", "repeat_repair": "engineering"}[row["category"]]
		if row["department"] == "" {
			row["department"] = "dispatch"
		}
	}
	at := t
	next := func(name string, hours float64) bool {
		at = at.Add(time.Duration(hours*math.Exp(.7*random.NormFloat64())*60) * time.Minute)
		if at.Before(today) {
			row[name] = at.Format("2006-01-02T15:04")
		}
		return at.Before(today)
	}
	if next("acknowledged", 8) && next("analysed", 40) && next("countermeasure", 40) && next("answered", 20) {
		row["method"], row["cost"] = pick(random, "repair", "repair", "apology", "refund", "explanation"), fmt.Sprintf("%.2f", 60*math.Exp(.7*random.NormFloat64()))
		if random.Float64() < .9 && next("closed", 50) && random.Float64() < .8 && next("called_back", 40) {
			row["called_by"], row["reached"] = "B01", "no"
			if random.Float64() < .75 {
				row["reached"] = "yes"
				for _, q := range []string{"satisfied_result", "satisfied_process", "satisfied_manner"} {
					row[q] = fmt.Sprint(int(min(5, max(1, math.Round(3.7+random.NormFloat64())))))
				}
			}
		}
	}
	return cells(deskHead, row)
}

func cells(head string, row map[string]string) []string {
	var out []string
	for name := range strings.SplitSeq(head, ",") {
		out = append(out, row[name])
	}
	return out
}

func pick(random *rand.Rand, from ...string) string { return from[random.IntN(len(from))] }

func weighted(random *rand.Rand, weights ...float64) int {
	x := random.Float64()
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

func write(name, head string, rows [][]string) {
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
