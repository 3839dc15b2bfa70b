package stat

import (
	"math"
	"strconv"
	"testing"
)

// The simulated survey is our own: data.csv and expected.json of
// testdata/satisfaction are made by make.R there, which holds the R lines and
// versions (R 4.2.2, survey 4.1.1) and a second way for most figures.
func TestSimulatedSurveyAgreesWithR(t *testing.T) {
	s := satisfaction{
		book:  newLedger(t),
		sheet: readCSV(t, "testdata/satisfaction/data.csv"),
		want:  readJSON(t, "testdata/satisfaction/expected.json"),
	}
	s.descriptives()
	s.promoters(s.want.at("nps", "total"), nil)
	for _, column := range []string{"region", "wave"} {
		for _, value := range s.want.at("nps", "by_"+column).keys() {
			s.promoters(s.want.at("nps", "by_"+column, value), s.sheet.in(column, value))
		}
	}
	for _, column := range []string{"overall", "q5", "nps"} {
		s.regions(column)
	}
	s.tables()
	s.shareOfWaves()
	s.waves("overall")
	s.waves("q5")
	s.scoreOfWaves()
	s.weights()
	s.book.print()
}

const simulated = "satisfaction (R)"

type satisfaction struct {
	book  ledger
	sheet sheet
	want  object
}

func (s satisfaction) descriptives() {
	for _, name := range s.want.at("descriptives").keys() {
		want := s.want.at("descriptives", name)
		points := tally(s.sheet.numbers(name), nil, nil)
		got := Mean(points)
		s.book.near("Mean N", simulated, float64(got.N), want.number("n"))
		s.book.near("Mean", simulated, got.Value, want.number("mean"))
		s.book.near("Mean SE", simulated, got.SE, want.number("se"))
		s.book.near("Mean interval", simulated, got.Low, want.number("ci95_t_low"))
		s.book.near("Mean interval", simulated, got.High, want.number("ci95_t_high"))
		s.book.near("SD", simulated, SD(points), want.number("sd"))
		s.book.near("Median", simulated, Median(points), want.number("median"))
		for _, box := range []struct {
			key       string
			low, high float64
		}{{"top2", 6, 7}, {"top3", 5, 7}, {"bottom2", 1, 2}} {
			share := want.at(box.key)
			got := Share(sumOf(points, box.low, box.high).N, got.N)
			s.book.near("Share", simulated, got.Value, share.number("share"))
			s.book.near("Wilson", simulated, got.Low, share.number("wilson_low"))
			s.book.near("Wilson", simulated, got.High, share.number("wilson_high"))
		}
	}
}

// kinds returns promoters, passives and detractors of the column nps.
func (s satisfaction) kinds(weights []float64, keep func(int) bool) (promoters, passives, detractors Point) {
	points := tally(s.sheet.numbers("nps"), weights, keep)
	return sumOf(points, 9, 10), sumOf(points, 7, 8), sumOf(points, 0, 6)
}

func (s satisfaction) score(keep func(int) bool) Estimate {
	promoters, passives, detractors := s.kinds(nil, keep)
	return NPS(promoters.N, passives.N, detractors.N)
}

func (s satisfaction) promoters(want object, keep func(int) bool) {
	got := s.score(keep)
	s.book.near("NPS N", simulated, float64(got.N), want.number("n"))
	s.book.near("NPS", simulated, got.Value, want.number("nps"))
	s.book.near("NPS SE", simulated, got.SE, want.number("se"))
	s.book.near("NPS adjusted Wald", simulated, got.Low, want.at("adjusted_wald").number("low"))
	s.book.near("NPS adjusted Wald", simulated, got.High, want.at("adjusted_wald").number("high"))
	promoters, passives, detractors := s.kinds(nil, keep)
	equal := WeightedNPS(promoters, passives, detractors, 0)
	s.book.near("WeightedNPS, equal weights", simulated, equal.SE, want.number("se_n_minus_1"))
}

func (s satisfaction) regions(column string) {
	want := s.want.at("by_region", column)
	names, groups := s.sheet.split(column, "region")
	for i, name := range names {
		group := want.at("groups", name)
		got := Mean(groups[i])
		s.book.near("Mean", simulated, got.Value, group.number("mean"))
		s.book.near("Mean interval", simulated, got.Low, group.number("ci95_t_low"))
		s.book.near("Mean interval", simulated, got.High, group.number("ci95_t_high"))
		s.book.near("SD", simulated, SD(groups[i]), group.number("sd"))
		s.book.near("Median", simulated, Median(groups[i]), group.number("median"))
	}
	a, r := ANOVA(groups), want.at("anova")
	s.book.near("ANOVA sums of squares", simulated, a.Between, r.number("ss_between"))
	s.book.near("ANOVA sums of squares", simulated, a.Within, r.number("ss_within"))
	s.book.near("ANOVA DF", simulated, float64(a.DF1), r.number("df1"))
	s.book.near("ANOVA DF", simulated, float64(a.DF2), r.number("df2"))
	s.book.near("ANOVA F", simulated, a.F, r.number("F"))
	s.book.near("ANOVA eta2", simulated, a.Eta2, r.number("eta2"))
	s.book.p("ANOVA", simulated, a.P, r.number("p"))
	w, r := WelchANOVA(meansOf(groups)), want.at("welch_anova")
	s.book.near("WelchANOVA F", simulated, w.Statistic, r.number("F"))
	s.book.near("WelchANOVA DF", simulated, w.DF, r.number("df1"))
	s.book.near("WelchANOVA DF", simulated, w.DF2, r.number("df2"))
	s.book.p("WelchANOVA", simulated, w.P, r.number("p"))
	k, r := KruskalWallis(groups), want.at("kruskal_wallis")
	s.book.near("KruskalWallis H", simulated, k.Statistic, r.number("H"))
	s.book.near("KruskalWallis DF", simulated, k.DF, r.number("df"))
	s.book.p("KruskalWallis", simulated, k.P, r.number("p"))
	s.pairs(want.at("pairwise_welch"), names, groups)
}

// pairs checks "first - second", which is Welch(second, first).
func (s satisfaction) pairs(want object, names []string, groups [][]Point) {
	var keys []string
	var p []float64
	for i := range names {
		for j := i + 1; j < len(names); j++ {
			key := names[i] + " - " + names[j]
			got, r := Welch(Mean(groups[j]), Mean(groups[i])), want.at(key)
			s.book.near("Welch difference", simulated, got.Difference, r.number("difference"))
			s.book.near("Welch t", simulated, got.Statistic, r.number("t"))
			s.book.near("Welch DF", simulated, got.DF, r.number("df"))
			s.book.p("Welch", simulated, got.P, r.number("p"))
			keys, p = append(keys, key), append(p, got.P)
		}
	}
	holm, bh := Holm(p), BenjaminiHochberg(p)
	for i, key := range keys {
		s.book.p("Holm", simulated, holm[i], want.at(key).number("p_holm"))
		s.book.p("BenjaminiHochberg", simulated, bh[i], want.at(key).number("p_bh"))
	}
}

func (s satisfaction) tables() {
	_, groups := s.sheet.split("overall", "region")
	top := make([][]float64, len(groups))
	for i, group := range groups {
		hit := sumOf(group, 6, 7).N
		top[i] = []float64{float64(sumOf(group, 1, 7).N - hit), float64(hit)}
	}
	s.table("region_by_top2", top)
	repurchase := make([][]float64, len(groups))
	for i, region := range []string{"East", "North", "South", "West"} {
		for _, answer := range []string{"very_likely", "possible", "unlikely"} {
			count := 0.0
			for row := range s.sheet.rows {
				if s.sheet.in("region", region)(row) && s.sheet.in("repurchase", answer)(row) {
					count++
				}
			}
			repurchase[i] = append(repurchase[i], count)
		}
	}
	s.table("region_by_repurchase", repurchase)
}

func (s satisfaction) table(key string, counts [][]float64) {
	want, got := s.want.at(key), ChiSquared(counts)
	s.book.near("ChiSquared", simulated, got.Statistic, want.number("chisq"))
	s.book.near("ChiSquared DF", simulated, got.DF, want.number("df"))
	s.book.near("Cramér's V", simulated, got.CramersV, want.number("cramers_v"))
	s.book.p("ChiSquared", simulated, got.P, want.number("p"))
	for i, row := range want.matrix("adjusted_residuals") {
		for j := range row {
			s.book.near("observed counts", simulated, counts[i][j], want.matrix("observed")[i][j])
			s.book.near("expected counts", simulated, got.Expected[i][j], want.matrix("expected")[i][j])
			s.book.near("adjusted residuals", simulated, got.Residuals[i][j], row[j])
		}
	}
}

func (s satisfaction) shareOfWaves() {
	want := s.want.at("waves", "top2")
	var x, n [2]int
	for i := range x {
		points := tally(s.sheet.numbers("overall"), nil, s.sheet.in("wave", strconv.Itoa(i+1)))
		x[i], n[i] = sumOf(points, 6, 7).N, sumOf(points, 1, 7).N
	}
	got := Proportions(x[0], n[0], x[1], n[1])
	s.book.near("Proportions difference", simulated, got.Difference, want.number("difference_2_minus_1"))
	s.book.near("Proportions z", simulated, got.Statistic, want.number("z_pooled"))
	s.book.near("Proportions interval", simulated, got.Low, want.number("ci95_unpooled_low"))
	s.book.near("Proportions interval", simulated, got.High, want.number("ci95_unpooled_high"))
	s.book.p("Proportions", simulated, got.P, want.number("p"))
	h := CohenH(Share(x[0], n[0]).Value, Share(x[1], n[1]).Value)
	s.book.near("CohenH", simulated, h, want.number("cohens_h"))
}

func (s satisfaction) waves(column string) {
	want := s.want.at("waves", column)
	first := tally(s.sheet.numbers(column), nil, s.sheet.in("wave", "1"))
	second := tally(s.sheet.numbers(column), nil, s.sheet.in("wave", "2"))
	a, b := Mean(first), Mean(second)
	got, r := Welch(a, b), want.at("welch")
	s.book.near("Welch difference", simulated, got.Difference, r.number("difference_2_minus_1"))
	s.book.near("Welch t", simulated, got.Statistic, r.number("t"))
	s.book.near("Welch DF", simulated, got.DF, r.number("df"))
	s.book.near("Welch interval", simulated, got.Low, r.number("ci95_low"))
	s.book.near("Welch interval", simulated, got.High, r.number("ci95_high"))
	s.book.p("Welch", simulated, got.P, r.number("p"))
	u, r := MannWhitney(first, second), want.at("mann_whitney")
	pairs := float64(a.N) * float64(b.N)
	s.book.near("MannWhitney U", simulated, (u.Difference+.5)*pairs, r.number("u_wave2"))
	s.book.near("MannWhitney z", simulated, -u.Statistic, r.number("z_no_continuity"))
	s.book.p("MannWhitney", simulated, u.P, r.number("p_no_continuity"))
}

func (s satisfaction) scoreOfWaves() {
	want := s.want.at("waves", "nps")
	a, b := s.score(s.sheet.in("wave", "1")), s.score(s.sheet.in("wave", "2"))
	got := Normal(a, b)
	s.book.near("Normal difference", simulated, got.Difference, want.number("difference_2_minus_1"))
	s.book.near("Normal SE", simulated, math.Hypot(a.SE, b.SE), want.number("se"))
	s.book.near("Normal z", simulated, got.Statistic, want.number("z"))
	s.book.near("Normal interval", simulated, got.Low, want.number("ci95_low"))
	s.book.near("Normal interval", simulated, got.High, want.number("ci95_high"))
	s.book.p("Normal", simulated, got.P, want.number("p"))
}

// weights checks the weight column and both rakings. The file gives only the first
// twenty raked weights, so the test rakes itself and checks those first.
func (s satisfaction) weights() {
	column := s.sheet.numbers("weight")
	equal := make([]float64, s.sheet.rows)
	for i := range equal {
		equal[i] = 1
	}
	s.estimates(s.want.at("weighted"), s.want.at("weighted", "summary"), column)
	for _, start := range []struct {
		key     string
		weights []float64
	}{{"raked_from_equal_weights", equal}, {"raked_from_weight_column", column}} {
		raked, want := s.rake(start.weights), s.want.at(start.key)
		for i, w := range want.numbers("weights_mean_1_first_20") {
			s.book.near("raked weights (of the test)", simulated, raked[i], w)
		}
		s.estimates(want.at("estimates_weights_as_given"), want.at("summary"), raked)
	}
}

func (s satisfaction) estimates(want, summary object, weights []float64) {
	overall := tally(s.sheet.numbers("overall"), weights, nil)
	all := sumOf(overall, 1, 7)
	s.book.near("EffectiveN", simulated, EffectiveN(all.W, all.W2), summary.number("n_eff"))
	s.book.near("EffectiveN", simulated, float64(all.N)/EffectiveN(all.W, all.W2), summary.number("deff"))
	s.linearised("WeightedMean", WeightedMean(overall, s.sheet.rows), want.at("overall"))
	s.linearised("WeightedShare", WeightedShare(sumOf(overall, 6, 7), all, s.sheet.rows), want.at("top2_share"))
	promoters, passives, detractors := s.kinds(weights, nil)
	s.linearised("WeightedNPS", WeightedNPS(promoters, passives, detractors, 592), want.at("nps"))
	n := float64(all.N)
	s.book.near("SD weighted", simulated, SD(overall)*math.Sqrt((n-1)/n), want.at("overall").number("sd_weighted_n"))
	for _, region := range want.at("overall_by_region").keys() {
		r := want.at("overall_by_region", region)
		got := WeightedMean(tally(s.sheet.numbers("overall"), weights, s.sheet.in("region", region)), s.sheet.rows)
		s.book.near("domain N", simulated, float64(got.N), r.number("n"))
		s.book.near("domain mean", simulated, got.Value, r.number("mean"))
		s.book.near("domain SE", simulated, got.SE, r.number("se_domain_n_total"))
	}
}

func (s satisfaction) linearised(method string, got Estimate, want object) {
	s.book.near(method+" N", simulated, float64(got.N), want.number("n"))
	s.book.near(method, simulated, got.Value, want.number("mean"))
	s.book.near(method+" SE", simulated, got.SE, want.number("se_linearised"))
	s.book.near(method+" interval", simulated, got.Low, want.number("ci95_t_low"))
	s.book.near(method+" interval", simulated, got.High, want.number("ci95_t_high"))
}

// rake fits the margins of raking_targets by iterative proportional fitting.
func (s satisfaction) rake(start []float64) []float64 {
	w := append([]float64(nil), start...)
	n := float64(s.sheet.rows)
	for range 200 {
		for _, margin := range []string{"region", "tenure"} {
			total := map[string]float64{}
			for i, v := range s.sheet.columns[margin] {
				total[v] += w[i]
			}
			targets := s.want.at("raking_targets", margin)
			for i, v := range s.sheet.columns[margin] {
				w[i] *= targets.number(v) * n / total[v]
			}
		}
	}
	return w
}
