package report

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// complaintsFile writes a ledger of n complaints over three years, as a call
// centre keeps it: times to the minute, codes, money and one call in three.
func complaintsFile(t testing.TB, n int) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "complaints.csv")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriterSize(file, 1<<20)
	defer w.Flush()
	fmt.Fprintln(w, "id,received,acknowledged,analysed,countermeasure,answered,closed,reopened,called_back,reached,channel,kind,category,defect,product,region,department,staff,severity,claimed,recovered,cost,method,satisfied_result,satisfied_process,satisfied_manner,customer,contact,description")
	r := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2023, 11, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		at := start.Add(time.Duration(i) * 1095 * 24 * time.Hour / time.Duration(n))
		stage := func() string {
			if at = at.Add(time.Duration(r.ExpFloat64() * 40 * float64(time.Hour))); r.IntN(20) == 0 {
				return ""
			}
			return at.Format("2006-01-02T15:04")
		}
		fmt.Fprintf(w, "C%07d,%s,%s,%s,%s,%s,%s,", i, at.Format("2006-01-02T15:04"), stage(), stage(), stage(), stage(), stage())
		again, called, reached := "", "", ""
		if r.IntN(12) == 0 {
			again = at.AddDate(0, 0, 9).Format(time.DateOnly)
		}
		if r.IntN(3) == 0 {
			called, reached = at.AddDate(0, 0, 3).Format(time.DateOnly), []string{"yes", "no"}[r.IntN(2)]
		}
		fmt.Fprintf(w, "%s,%s,%s,ch%d,service,cat%d,d%d,p%d,r%d,dep%d,s%03d,sev%d,", again, called, reached, r.IntN(5), r.IntN(9), r.IntN(30), r.IntN(40), r.IntN(12), r.IntN(8), r.IntN(400), r.IntN(3))
		fmt.Fprintf(w, "%d.50,%d,%d,m%d,%d,%d,%d,K%06d,customer@example.com,\"It came late, and nobody called.\"\n", r.IntN(900), r.IntN(300), r.IntN(200), r.IntN(4), 1+r.IntN(5), 1+r.IntN(5), 1+r.IntN(5), r.IntN(n/2+1))
	}
	return name
}
