// Command gen writes plausible survey responses as CSV: _id, region (4), tenure (3) and forty 1–7 items that share one
// latent satisfaction, 3 % of them missing. The same arguments give the same bytes.
//
//	go run ./bench/gen -n 1000000 > responses.csv
package main

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
)

func main() {
	rows := flag.Int("n", 1000, "rows")
	items := flag.Int("items", 40, "items")
	seed := flag.Uint64("seed", 1, "seed")
	flag.Parse()
	rng := rand.New(rand.NewPCG(*seed, 7))
	w := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer w.Flush()
	fmt.Fprint(w, "_id,region,tenure")
	for i := 1; i <= *items; i++ {
		fmt.Fprintf(w, ",q%d", i)
	}
	w.WriteByte('\n')
	regions := []string{"east", "south", "north", "west"}
	tenures := []string{"lt1", "y1_3", "gt3"}
	for r := 1; r <= *rows; r++ {
		satisfaction := rng.NormFloat64()
		w.WriteString("r" + strconv.Itoa(r))
		w.WriteString("," + regions[rng.IntN(4)] + "," + tenures[rng.IntN(3)])
		for i := 0; i < *items; i++ {
			w.WriteByte(',')
			if rng.Float64() < 0.03 {
				continue
			}
			v := 4.6 + 1.0*satisfaction + 0.9*rng.NormFloat64() + 0.02*float64(i%10)
			w.WriteByte('0' + byte(min(7, max(1, int(v+0.5)))))
		}
		w.WriteByte('\n')
	}
}
