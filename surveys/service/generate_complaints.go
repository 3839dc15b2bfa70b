//go:build ignore

package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// category is what a complaint is about. From fades on, an action of the firm
// makes it rarer.
type category struct {
	id         string
	share      float64
	kind       string
	department string
	cost       float64
	fades      time.Time
	by         float64 // what is left of its share
}

var categories = []category{
	{"parts_wait", .27, "service", "parts", 60, date(2026, 4, 1), .45},
	{"late_visit", .19, "service", "dispatch", 30, date(2026, 6, 1), .6},
	{"repeat_repair", .14, "service", "engineering", 140, time.Time{}, 1},
	{"product_fault", .15, "goods", "quality", 260, time.Time{}, 1},
	{"charge", .08, "service", "finance", 80, time.Time{}, 1},
	{"attitude", .06, "service", "dispatch", 15, time.Time{}, 1},
	{"installation", .06, "goods", "engineering", 120, time.Time{}, 1},
	{"information", .03, "service", "marketing", 10, time.Time{}, 1},
	{"other", .02, "goods", "quality", 20, time.Time{}, 1},
}

var shares = func() (out []float64) {
	for _, c := range categories {
		out = append(out, c.share)
	}
	return out
}()

var defects = map[string][]string{
	"fridge": {"not_cooling", "noise", "door", "leak"},
	"washer": {"leak", "noise", "not_starting", "door"},
	"aircon": {"not_cooling", "noise", "leak", "display"},
	"heater": {"not_heating", "leak", "display", "not_starting"},
}

const complaintHead = "id,received,received_by,forwarded,acknowledged,analysed,countermeasure,answered,closed,reopened,called_back,called_by,reached,channel,level,kind,category,defect,aspect,product,batch,usage,years_used,service,staff,region,department,severity,description,loss,demand,party,claimed,claimed_on,recovered,cost,method,satisfied_result,satisfied_process,satisfied_manner,customer,contact"

// writeComplaints draws 500 complaints of August 2025 to October 2026.
func writeComplaints() {
	random := rand.New(rand.NewPCG(20261122, 11))
	var times []time.Time
	for len(times) < 500 {
		t := date(2025, 8, 1).Add(time.Duration(random.IntN(457*24*60)) * time.Minute)
		if random.Float64() < .55+.25*season(t) && (t.Hour() >= 8 || random.Float64() < .15) {
			times = append(times, t)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	var rows [][]string
	for i, t := range times {
		rows = append(rows, complaint(random, i, t))
	}
	file("ledger/complaints.csv", complaintHead, rows)
}

// season is 1 at the height of summer and −1 in winter: air conditioners.
func season(t time.Time) float64 {
	return math.Cos(2 * math.Pi * float64(t.YearDay()-205) / 365)
}

func drawCategory(random *rand.Rand, t time.Time) category {
	weights := slices.Clone(shares)
	for i, c := range categories {
		if !c.fades.IsZero() && t.After(c.fades) {
			weights[i] *= c.by
		}
	}
	return categories[weighted(random, weights...)]
}

func complaint(random *rand.Rand, i int, received time.Time) []string {
	c := drawCategory(random, received)
	dealer := dealers[weighted(random, 1, .9, .8, .9, 1, .9, 1.5, 1.7)]
	product := products[weighted(random, .8, 1, 1.2+season(received)*.6, .7)]
	row := map[string]string{
		"id": fmt.Sprintf("C-%s-%03d", received.Format("0601"), i+1), "kind": c.kind, "category": c.id, "product": product, "region": regionOf[dealer[:1]],
		"department": c.department, "severity": fmt.Sprint(1 + weighted(random, .5, .34, .16)), "customer": fmt.Sprintf("sim-%04d", 1+random.IntN(430)),
		"received_by": pick(random, "A01", "A02", "A03", "A04"), "contact": "simulated@example.com", "description": "模拟记录，无真实内容",
		"channel": []string{"hotline", "wechat", "website", "email", "desk", "engineer", "mailbox", "association"}[weighted(random, .46, .2, .08, .04, .09, .08, .02, .03)],
		"level":   []string{"firm", "agency", "media", "claim", "arbitration"}[weighted(random, .88, .045, .015, .05, .01)],
		"loss":    "模拟", "demand": pick(random, "维修", "换货", "退货", "道歉", "赔偿", "说明"),
	}
	if c.kind == "goods" {
		row["defect"] = defects[product][weighted(random, .45, .25, .18, .12)]
		row["batch"] = received.AddDate(0, -6-random.IntN(30), 0).Format("2006") + fmt.Sprintf("Q%d", 1+random.IntN(4))
		row["usage"] = []string{"normal", "heavy", "wrong"}[weighted(random, .8, .15, .05)]
		row["years_used"] = fmt.Sprint(random.IntN(7))
	} else {
		row["service"] = []string{"repair", "installation", "delivery", "advice"}[weighted(random, .7, .14, .1, .06)]
		row["staff"] = fmt.Sprintf("%s-%02d", dealer, 1+random.IntN(6))
		row["aspect"] = map[string]string{"attitude": "attitude", "charge": "price"}[c.id]
		if row["aspect"] == "" {
			row["aspect"] = []string{"quality", "facilities", "environment"}[weighted(random, .85, .1, .05)]
		}
	}
	stages(random, row, c, received)
	var out []string
	for name := range strings.SplitSeq(complaintHead, ",") {
		out = append(out, row[name])
	}
	return out
}

func pick(random *rand.Rand, from ...string) string { return from[random.IntN(len(from))] }

// stages walks a complaint through its handling as far as today.
func stages(random *rand.Rand, row map[string]string, c category, received time.Time) {
	slow := 1.0
	if row["region"] == "west" {
		slow = 1.35
	}
	if received.After(date(2026, 5, 1)) {
		slow *= .8
	}
	at := received
	row["received"] = at.Format("2006-01-02T15:04")
	next := func(name string, hours float64) bool {
		at = at.Add(time.Duration(hours*slow*math.Exp(.8*random.NormFloat64())*60) * time.Minute)
		if at.After(today) {
			return false
		}
		row[name] = at.Format("2006-01-02T15:04")
		return true
	}
	stuck := random.Float64() < .006
	if received.After(date(2026, 6, 1)) {
		stuck = stuck || random.Float64() < .07
	}
	if !next("acknowledged", 9) || !next("forwarded", 7) || !next("analysed", 40) || stuck || !next("countermeasure", 40) || !next("answered", 24) {
		return
	}
	row["method"] = method(random, c)
	row["cost"] = fmt.Sprintf("%.2f", c.cost*math.Exp(.7*random.NormFloat64()))
	if random.Float64() < .055 && !next("reopened", 60) || !next("closed", 45) {
		return
	}
	claim(random, row, c, at)
	closing(random, row, at, next)
}

func method(random *rand.Rand, c category) string {
	if c.kind == "goods" {
		return []string{"repair", "replace", "refund", "compensation", "explanation"}[weighted(random, .5, .2, .1, .08, .12)]
	}
	return []string{"repair", "apology", "compensation", "refund", "explanation"}[weighted(random, .4, .22, .12, .08, .18)]
}

// claim asks a supplier or a carrier to pay for what was their fault.
func claim(random *rand.Rand, row map[string]string, c category, closed time.Time) {
	if c.kind != "goods" && c.id != "parts_wait" || random.Float64() > .4 {
		return
	}
	on := closed.AddDate(0, 0, 2+random.IntN(12))
	if on.After(today) {
		return
	}
	amount := c.cost * (.6 + .8*random.Float64())
	row["party"], row["claimed"], row["claimed_on"] = pick(random, "compressor_supplier", "board_supplier", "carrier"), fmt.Sprintf("%.2f", amount), on.Format(time.DateOnly)
	if random.Float64() < .7 {
		row["recovered"] = fmt.Sprintf("%.2f", amount*[]float64{1, .8, .5}[random.IntN(3)])
	} else if random.Float64() < .6 {
		row["recovered"] = "0"
	}
}

// closing is the call after the closure: who is reached, how satisfied they are,
// and what is taken up again.
func closing(random *rand.Rand, row map[string]string, closed time.Time, next func(string, float64) bool) {
	days := closed.Sub(parse(row["received"])).Hours() / 24
	mood := 3.9 - .06*days + .8*random.NormFloat64()
	if random.Float64() < .82 && next("called_back", 40) {
		row["called_by"] = pick(random, "B01", "B02")
		reached := random.Float64() < .76
		row["reached"] = yes(reached)
		if reached {
			row["satisfied_result"], row["satisfied_process"], row["satisfied_manner"] = grade(mood+.5*random.NormFloat64()), grade(mood-.1+.5*random.NormFloat64()), grade(mood+.6+.5*random.NormFloat64())
		}
	}
	if row["reopened"] == "" && mood < 2.6 && random.Float64() < .08 {
		next("reopened", 60)
	}
}

func parse(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04", s, zone)
	if err != nil {
		panic(err)
	}
	return t
}
