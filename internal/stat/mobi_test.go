package stat

import (
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// The tests of this file read oracles that may not be redistributed (mobi data
// under the GPL of the R packages seminr and semPLS; figures by R 4.2.2, survey
// 4.1.1, anesrake 0.80). They are skipped where the folder is absent; no figure of
// theirs is copied here. The README of each folder holds the definitions.

// levels are the normal quantiles of the confidence levels of the grids.
var levels = map[float64]float64{.90: 1.6448536269514722, .95: z95, .99: 2.5758293035489004}

func TestIntervalsAndSampleSizesAgreeWithR(t *testing.T) {
	const oracle = "intervals (R)"
	want := readJSON(t, filepath.Join(foreign(t, "intervals"), "expected.json"))
	book := newLedger(t)
	for _, r := range want.list("proportion") {
		low, high := wilson(r.number("x"), r.number("n"), levels[r.number("conf")])
		book.near("Wilson", oracle, low, r.numbers("wilson")[0])
		book.near("Wilson", oracle, high, r.numbers("wilson")[1])
	}
	scores := append(want.list("nps"), want.at("nps_mobi_CUSL3"))
	for _, r := range scores {
		got := NPS(r.integer("promoters"), r.integer("passives"), r.integer("detractors"))
		book.near("NPS", oracle, got.Value, r.number("nps"))
		book.near("NPS SE", oracle, got.SE, r.number("se_z_div_n"))
		adjusted := r.at("adjusted_wald_plus3") // not clamped there
		book.near("NPS adjusted Wald", oracle, got.Low, clip(adjusted.number("low"), -100, 100))
		book.near("NPS adjusted Wald", oracle, got.High, clip(adjusted.number("high"), -100, 100))
	}
	r := want.at("nps_difference") // a minus b
	a, b := r.numbers("a"), r.numbers("b")
	got := Normal(NPS(int(b[0]), int(b[1]), int(b[2])), NPS(int(a[0]), int(a[1]), int(a[2])))
	book.near("Normal difference", oracle, got.Difference, r.number("diff"))
	book.near("Normal z", oracle, got.Statistic, r.number("z"))
	book.p("Normal", oracle, got.P, r.number("p"))
	for _, r := range want.list("t_ci_summary") {
		book.near("t quantile", oracle, quantile95(r.number("n")-1), r.number("t_crit_95"))
	}
	for _, r := range want.list("sample_size_proportion") {
		if r.number("p") != .5 {
			continue
		}
		z := levels[r.number("conf")]
		n := sampleSize(z, r.number("margin"), r.number("population"))
		book.near("SampleSize", oracle, float64(n), r.number("n_ceiling"))
		book.near("Margin", oracle, margin(z, n, r.number("population")), r.number("moe_at_n_ceiling_with_fpc"))
	}
	book.print()
}

func TestDescriptivesOfMobiAgreeWithR(t *testing.T) {
	const oracle = "mobi_descriptives (R)"
	folder := foreign(t, "mobi_descriptives")
	want, data := readJSON(t, filepath.Join(folder, "expected.json")), readCSV(t, filepath.Join(folder, "data.csv"))
	book := newLedger(t)
	for _, name := range want.at("descriptives").keys() {
		r, values := want.at("descriptives", name), data.numbers(name)
		points := tally(values, nil, nil)
		got := Mean(points)
		book.near("Mean", oracle, got.Value, r.number("mean"))
		book.near("Mean SE", oracle, got.SE, r.number("se_mean"))
		book.near("Mean interval", oracle, got.Low, r.number("mean_ci95_low"))
		book.near("Mean interval", oracle, got.High, r.number("mean_ci95_high"))
		book.near("SD", oracle, SD(points), r.number("sd_n_minus_1"))
		book.near("Median", oracle, Median(points), r.number("median"))
		slices.Sort(values)
		book.near("Quantile", oracle, Quantile(values, .25), r.number("q25_type7"))
		book.near("Quantile", oracle, Quantile(values, .5), r.number("median"))
		book.near("Quantile", oracle, Quantile(values, .75), r.number("q75_type7"))
		book.near("Share", oracle, Share(sumOf(points, 9, 10).N, got.N).Value, r.number("top2box_share_9_10"))
		book.near("Share", oracle, Share(sumOf(points, 1, 5).N, got.N).Value, r.number("bottom_share_1_5"))
	}
	book.print()
}

func TestGroupTestsOfMobiAgreeWithR(t *testing.T) {
	folder := foreign(t, "mobi_group_tests")
	want, data := readJSON(t, filepath.Join(folder, "expected.json")), readCSV(t, filepath.Join(folder, "data.csv"))
	m := mobiGroups{newLedger(t), data}
	for _, name := range want.at("sets").keys() {
		set := want.at("sets", name)
		m.two(set)
		m.several(set)
		m.box(set)
	}
	m.association(want.at("region_by_value_band"), m.regionByBand())
	m.book.print()
}

// regionByBand counts the rows of each region and value band.
func (m mobiGroups) regionByBand() [][]float64 {
	counts := make([][]float64, 3)
	for i, region := range []string{"North", "South", "West"} {
		counts[i] = make([]float64, 3)
		for j, band := range []string{"low", "mid", "high"} {
			for row := range m.data.rows {
				if m.data.in("region", region)(row) && m.data.in("value_band", band)(row) {
					counts[i][j]++
				}
			}
		}
	}
	return counts
}

const grouped = "mobi_group_tests (R)"

type mobiGroups struct {
	book ledger
	data sheet
}

// two checks the two-group tests, which R's set takes first minus second.
func (m mobiGroups) two(set object) {
	_, halves := m.data.split(set.text("outcome"), set.text("two_groups"))
	first, second := halves[0], halves[1]
	got, r := Welch(Mean(second), Mean(first)), set.at("welch_t")
	m.book.near("Welch difference", grouped, got.Difference, r.number("diff"))
	m.book.near("Welch t", grouped, got.Statistic, r.number("t"))
	m.book.near("Welch DF", grouped, got.DF, r.number("df"))
	m.book.near("Welch interval", grouped, got.Low, r.number("ci95_low"))
	m.book.near("Welch interval", grouped, got.High, r.number("ci95_high"))
	m.book.p("Welch", grouped, got.P, r.number("p"))
	m.book.near("CohenD", grouped, CohenD(second, first), set.number("cohens_d_pooled"))
	u, r := MannWhitney(second, first), set.at("mann_whitney")
	pairs := float64(Mean(first).N) * float64(Mean(second).N)
	m.book.near("MannWhitney U", grouped, (u.Difference+.5)*pairs, r.number("U1_R_W"))
	m.book.near("MannWhitney z", grouped, u.Statistic, r.number("z_no_cc"))
	m.book.p("MannWhitney", grouped, u.P, r.number("p_no_cc"))
	share := set.at("two_proportions")
	n1, n2 := set.integer("n1"), set.integer("n2")
	z := Proportions(share.integer("x2"), n2, share.integer("x1"), n1)
	m.book.near("Proportions z", grouped, z.Statistic, share.number("z_pooled"))
	m.book.p("Proportions", grouped, z.P, share.number("p_two_sided"))
	m.book.near("Proportions interval", grouped, z.Low, share.number("wald_ci95_low"))
	m.book.near("Proportions interval", grouped, z.High, share.number("wald_ci95_high"))
	h := CohenH(share.number("p2"), share.number("p1"))
	m.book.near("CohenH", grouped, h, share.number("cohens_h"))
}

func (m mobiGroups) several(set object) {
	names, groups := m.data.split(set.text("outcome"), set.text("many_groups"))
	for i, name := range names {
		r := set.at("groups", name)
		m.book.near("Mean", grouped, Mean(groups[i]).Value, r.number("mean"))
		m.book.near("SD", grouped, SD(groups[i]), r.number("sd"))
		m.book.near("Median", grouped, Median(groups[i]), r.number("median"))
	}
	a, r := ANOVA(groups), set.at("anova")
	m.book.near("ANOVA sums of squares", grouped, a.Between, r.number("ss_between"))
	m.book.near("ANOVA sums of squares", grouped, a.Within, r.number("ss_within"))
	m.book.near("ANOVA F", grouped, a.F, r.number("f"))
	m.book.near("ANOVA eta2", grouped, a.Eta2, r.number("eta_squared"))
	m.book.p("ANOVA", grouped, a.P, r.number("p"))
	w, r := WelchANOVA(meansOf(groups)), set.at("welch_anova")
	m.book.near("WelchANOVA F", grouped, w.Statistic, r.number("f"))
	m.book.near("WelchANOVA DF", grouped, w.DF2, r.number("df2"))
	m.book.p("WelchANOVA", grouped, w.P, r.number("p"))
	k, r := KruskalWallis(groups), set.at("kruskal_wallis")
	m.book.near("KruskalWallis H", grouped, k.Statistic, r.number("h_tie_corrected"))
	m.book.p("KruskalWallis", grouped, k.P, r.number("p"))
	var p []float64
	var keys []string
	for i := range names {
		for j := i + 1; j < len(names); j++ {
			p = append(p, Welch(Mean(groups[i]), Mean(groups[j])).P)
			keys = append(keys, names[i]+" - "+names[j])
		}
	}
	holm, bh := Holm(p), BenjaminiHochberg(p)
	for i, key := range keys {
		m.book.p("Welch", grouped, p[i], set.at("pairwise_t_welch", "none").number(key))
		m.book.p("Holm", grouped, holm[i], set.at("pairwise_t_welch", "holm").number(key))
		m.book.p("BenjaminiHochberg", grouped, bh[i], set.at("pairwise_t_welch", "BH").number(key))
	}
}

// box checks the tables of a top box by the groups.
func (m mobiGroups) box(set object) {
	for _, kind := range [][2]string{{"chisq_2x2", "two_groups"}, {"chisq_rx2", "many_groups"}} {
		_, groups := m.data.split(set.text("outcome"), set.text(kind[1]))
		counts := make([][]float64, len(groups))
		for i, group := range groups {
			hit := sumOf(group, set.number("top_box_from"), 10).N
			counts[i] = []float64{float64(sumOf(group, 1, 10).N - hit), float64(hit)}
		}
		m.association(set.at(kind[0]), counts)
	}
}

func (m mobiGroups) association(want object, counts [][]float64) {
	got := ChiSquared(counts)
	m.book.near("ChiSquared", grouped, got.Statistic, want.number("chisq"))
	m.book.near("ChiSquared DF", grouped, got.DF, want.number("df"))
	m.book.p("ChiSquared", grouped, got.P, want.number("p"))
	if _, given := want.value["cramers_v"]; given {
		m.book.near("Cramér's V", grouped, got.CramersV, want.number("cramers_v"))
	}
	m.matrix("observed counts", want, "table", counts)
	m.matrix("expected counts", want, "expected", got.Expected)
	m.matrix("adjusted residuals", want, "std_residuals_adjusted", got.Residuals)
}

// matrix checks a matrix where the oracle gives it.
func (m mobiGroups) matrix(method string, want object, key string, got [][]float64) {
	if _, given := want.value[key]; !given {
		return
	}
	for i, row := range want.matrix(key) {
		for j := range row {
			m.book.near(method, grouped, got[i][j], row[j])
		}
	}
}

func TestWeightedEstimatesOfMobiAgreeWithR(t *testing.T) {
	folder := foreign(t, "weighting_mobi")
	m := mobiWeights{newLedger(t), readCSV(t, filepath.Join(folder, "data.csv"))}
	want := readJSON(t, filepath.Join(folder, "expected.json"))
	equal := slices.Repeat([]float64{1}, m.data.rows)
	for _, set := range []struct {
		key     string
		weights []float64
	}{
		{"raked", want.numbers("raked_weights_mean1")},
		{"raked_from_base", want.numbers("raked_from_base_weights_mean1")},
		{"base_weights_only", m.data.numbers("base_weight")},
		{"unweighted", equal},
	} {
		r := want.at(set.key)
		m.kish(r.at("weights_summary"), set.weights)
		m.estimates(r.at("estimates"), set.weights)
		m.genders(r, set.weights)
		m.distribution(r, set.weights)
	}
	m.kish(want.at("capped"), want.numbers("raked_capped_1.8_mean1"))
	m.book.print()
}

const surveyed = "weighting_mobi (R)"

type mobiWeights struct {
	book ledger
	data sheet
}

func (m mobiWeights) kish(want object, weights []float64) {
	all := sumOf(tally(m.data.numbers("CUSA1"), weights, nil), 1, 10)
	m.book.near("EffectiveN", surveyed, EffectiveN(all.W, all.W2), want.number("n_eff"))
}

func (m mobiWeights) estimates(want object, weights []float64) {
	for _, name := range []string{"CUSA1", "CUSA2", "CUSL3"} {
		points := tally(m.data.numbers(name), weights, nil)
		m.linearised("WeightedMean", WeightedMean(points, m.data.rows), want.at(name))
		m.book.near("SD weighted", surveyed, SD(points), want.at(name).number("weighted_sd_n_minus_1_over_n"))
	}
	points := tally(m.data.numbers("CUSA1"), weights, nil)
	share := WeightedShare(sumOf(points, 9, 10), sumOf(points, 1, 10), m.data.rows)
	m.linearised("WeightedShare", share, want.at("top"))
	points = tally(m.data.numbers("CUSL3"), weights, nil)
	score := WeightedNPS(sumOf(points, 9, 10), sumOf(points, 7, 8), sumOf(points, 1, 6), m.data.rows)
	m.linearised("WeightedNPS", score, want.at("nps"))
}

func (m mobiWeights) linearised(method string, got Estimate, want object) {
	m.book.near(method, surveyed, got.Value, want.number("mean"))
	m.book.near(method+" SE", surveyed, got.SE, want.number("se_linearised"))
	m.book.near(method+" interval", surveyed, got.Low, want.numbers("ci95_t_df_n_minus_1")[0])
	m.book.near(method+" interval", surveyed, got.High, want.numbers("ci95_t_df_n_minus_1")[1])
}

// genders checks two domains and their difference. svyttest has the same t (the
// influences of two domains do not overlap) but takes n-2 degrees of freedom, so
// its p is another.
func (m mobiWeights) genders(want object, weights []float64) {
	var e [2]Estimate
	for i, gender := range []string{"F", "M"} {
		r := want.at("CUSA1_by_gender", gender)
		e[i] = WeightedMean(tally(m.data.numbers("CUSA1"), weights, m.data.in("gender", gender)), m.data.rows)
		m.book.near("domain mean", surveyed, e[i].Value, r.number("mean"))
		m.book.near("domain SE", surveyed, e[i].SE, r.number("se"))
	}
	got, r := Welch(e[0], e[1]), want.at("svyttest_CUSA1_gender")
	m.book.near("Welch weighted difference", surveyed, got.Difference, r.number("diff_M_minus_F"))
	m.book.near("Welch weighted t", surveyed, got.Statistic, r.number("t"))
}

func (m mobiWeights) distribution(want object, weights []float64) {
	points := tally(m.data.numbers("CUSA1"), weights, nil)
	all := sumOf(points, 1, 10)
	for _, code := range want.at("weighted_distribution_CUSA1").keys() {
		value, _ := strconv.ParseFloat(code, 64)
		got := WeightedShare(sumOf(points, value, value), all, m.data.rows)
		m.book.near("WeightedShare", surveyed, got.Value, want.at("weighted_distribution_CUSA1").number(code))
		m.book.near("WeightedShare SE", surveyed, got.SE, want.at("weighted_distribution_CUSA1_se").number(code))
	}
}
