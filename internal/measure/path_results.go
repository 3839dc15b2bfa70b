package measure

import (
	"manyi/internal/pls"
	"manyi/internal/stat"
)

// PathModel is a satisfaction index model: constructs measured by several items
// and the paths between them, by partial least squares (METHODS B1–B3). Indices
// are on 0–100; intervals are percentiles of the bootstrap, se is its standard
// error, p is of coefficient/se on the normal distribution.
type PathModel struct {
	Common
	Preset     string `json:"preset,omitempty"`
	Confirmed  bool   `json:"paths_confirmed"` // the arrows are published, or the author's
	Scheme     string `json:"scheme"`
	Missing    string `json:"missing"`
	Consistent bool   `json:"consistent"`
	// Weights says whose outer weights are used: "own", or in a segment
	// "whole_wave", so that its constructs are those of everyone.
	Weights    string                       `json:"weights"`
	Target     string                       `json:"target"`
	Arrows     int                          `json:"arrows"` // most that point at one construct
	Iterations int                          `json:"iterations"`
	Resamples  int                          `json:"resamples"`
	Failed     int                          `json:"resamples_failed"`
	Blocks     int                          `json:"blocks"` // blocks of rows that a resample draws; 0: rows
	Seed       uint64                       `json:"seed"`
	Why        string                       `json:"why,omitempty"` // why nothing is estimated
	Constructs []*ModelConstruct            `json:"constructs"`
	Paths      []*ModelPath                 `json:"paths"`
	Effects    []*Effect                    `json:"effects"`
	HTMT       []*Likeness                  `json:"htmt"`
	Larcker    map[string]map[string]Number `json:"fornell_larcker"` // correlations; √AVE on the diagonal
	Cross      map[string]map[string]Number `json:"cross_loadings"`  // item → construct
	GoF        Number                       `json:"gof"`
	SRMR       Number                       `json:"srmr"`
	SRMRFull   Number                       `json:"srmr_saturated"`
	IPMA       []*Lever                     `json:"ipma"`
	Checks     []*Check                     `json:"checks"`
	Groups     []*ModelGroups               `json:"groups,omitempty"`

	study *pls.Study // of the whole wave: what its segments take their weights from
}

// ModelConstruct is one construct. What has no meaning for it, such as the
// reliability of a formative block, is null.
type ModelConstruct struct {
	ID           string        `json:"id"`
	Mode         string        `json:"mode"`
	N            int           `json:"n"` // responses that answered any of its questions; the others have its means
	Index        Number        `json:"index"`
	IndexCI95    Interval      `json:"index_ci95"`
	IndexBCa     Interval      `json:"index_ci95_bca"`
	IndexSE      Number        `json:"index_se"`
	IndexSD      Number        `json:"index_sd"`
	Target       *Number       `json:"target,omitempty"`
	Verdict      string        `json:"verdict,omitempty"` // met, not_shown, missed
	Alpha        Number        `json:"alpha"`
	AlphaCI95    Interval      `json:"alpha_ci95"`
	AlphaStd     Number        `json:"alpha_standardised"`
	RhoA         Number        `json:"rho_a"`
	RhoC         Number        `json:"rho_c"`
	AVE          Number        `json:"ave"`
	RSquared     Number        `json:"r_squared"`
	RSquaredCI95 Interval      `json:"r_squared_ci95"`
	Adjusted     Number        `json:"adjusted_r_squared"`
	Indicators   []*Indicator  `json:"indicators"`
	Diagnostics  []*Diagnostic `json:"diagnostics,omitempty"`
}

// Indicator is one item of a construct. Mean is its answers on 0–100; Share is
// its part of the index.
type Indicator struct {
	ID          string   `json:"id"`
	Mean        Number   `json:"mean"`
	Weight      Number   `json:"weight"`
	Share       Number   `json:"index_weight"`
	Loading     Number   `json:"loading"`
	CI95        Interval `json:"ci95"` // of the loading
	Communality Number   `json:"communality"`
	Redundancy  Number   `json:"redundancy"`
	VIF         Number   `json:"vif"`
}

// ModelPath is one arrow.
type ModelPath struct {
	From        string     `json:"from"`
	To          string     `json:"to"`
	Coefficient Number     `json:"coefficient"`
	SE          Number     `json:"se"`
	CI95        Interval   `json:"ci95"`
	BCa         Interval   `json:"ci95_bca"`
	P           Number     `json:"p"`
	FSquared    Number     `json:"f_squared"`
	VIF         Number     `json:"vif"`
	OLS         *Regressed `json:"ols"`
}

// Significant reports whether the interval leaves out 0.
func (p *ModelPath) Significant() bool { return p.CI95[0] > 0 || p.CI95[1] < 0 }

// Regressed is what least squares on the scores says of a path.
type Regressed struct {
	SE Number `json:"se"`
	T  Number `json:"t"`
	DF Number `json:"df"`
	P  Number `json:"p"`
}

// Effect is what one construct does to another, straight and by others. Points
// is the total effect in points of To for one point of From.
type Effect struct {
	From       string   `json:"from"`
	To         string   `json:"to"`
	Direct     Number   `json:"direct"`
	Indirect   Number   `json:"indirect"`
	Total      Number   `json:"total"`
	CI95       Interval `json:"ci95"`
	Points     Number   `json:"points"`
	PointsCI95 Interval `json:"points_ci95"`
}

// Likeness is the heterotrait–monotrait ratio of two constructs: near 1
// respondents do not tell them apart.
type Likeness struct {
	A     string   `json:"a"`
	B     string   `json:"b"`
	Value Number   `json:"value"`
	CI95  Interval `json:"ci95"`
}

// Lever is one construct of the importance–performance map: Importance is the
// total effect on the target in points for one point, Performance the index.
type Lever struct {
	Construct   string       `json:"construct"`
	Importance  Number       `json:"importance"`
	CI95        Interval     `json:"ci95"`
	Performance Number       `json:"performance"`
	PerfCI95    Interval     `json:"performance_ci95"`
	Indicators  []*LeverItem `json:"indicators"`
}

// LeverItem is one item of the map.
type LeverItem struct {
	ID          string   `json:"id"`
	Importance  Number   `json:"importance"`
	CI95        Interval `json:"ci95"`
	Performance Number   `json:"performance"`
	PerfCI95    Interval `json:"performance_ci95"`
}

// Check is one test of the quality of measurement, by the thresholds that path
// modelling programs print: good, fair or poor.
type Check struct {
	Check     string `json:"check"` // loading, alpha, rho_a, rho_c, ave, htmt, fornell_larcker, vif, weight, srmr
	Construct string `json:"construct,omitempty"`
	Other     string `json:"other,omitempty"` // the other construct, or the item
	Value     Number `json:"value"`
	Bound     Number `json:"bound"` // of good
	Verdict   string `json:"verdict"`
}

// Diagnostic is one question that explains a construct: its correlation with
// the score, and its coefficient beside the other questions, standardised.
type Diagnostic struct {
	ID       string   `json:"id"`
	N        int      `json:"n"`
	Mean     Number   `json:"mean"`
	R        Number   `json:"r"`
	RCI95    Interval `json:"r_ci95"`
	Beta     Number   `json:"beta"`
	BetaCI95 Interval `json:"beta_ci95"`
	VIF      Number   `json:"vif"`
}

// ModelGroups compares the model in two groups of a segment, or in the last
// two waves, by permutation; Holm over all paths, or indices, of all pairs of
// the segment.
type ModelGroups struct {
	Segment      string        `json:"segment,omitempty"` // "" between waves
	A            string        `json:"a"`
	B            string        `json:"b"`
	Permutations int           `json:"permutations"` // 0: p is of bootstrap standard errors
	Paths        []*GroupPath  `json:"paths"`
	Index        []*GroupIndex `json:"index"`
}

// GroupPath is one path in two groups; Difference is B less A.
type GroupPath struct {
	From string `json:"from"`
	To   string `json:"to"`
	Contrast
}

// GroupIndex is one index in two groups.
type GroupIndex struct {
	Construct string `json:"construct"`
	Contrast
}

// Contrast is one figure in two groups.
type Contrast struct {
	InA        Number `json:"in_a"`
	InB        Number `json:"in_b"`
	Difference Number `json:"difference"`
	P          Number `json:"p"`
	Holm       Number `json:"p_holm"`
}

// Construct returns the construct of that id, nil where there is none.
func (r *PathModel) Construct(id string) *ModelConstruct {
	for _, c := range r.Constructs {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// figures are the indices.
func (r *PathModel) figures() []figure {
	var out []figure
	for _, c := range r.Constructs {
		out = append(out, figure{
			path: "constructs." + c.ID + ".index", kind: "index",
			estimate: stat.Estimate{
				N: r.N, Value: float64(c.Index), SE: float64(c.IndexSE), DF: float64(r.N - 1),
				Low: float64(c.IndexCI95[0]), High: float64(c.IndexCI95[1]),
			},
		})
	}
	return out
}
