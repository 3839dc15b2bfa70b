package chart_test

import (
	"manyi/internal/chart"
	"manyi/internal/chart/gallery"
)

var _ = chart.AddSamples(
	gallery.Of, gallery.Figures,
	chart.Grouped, chart.Stacked, chart.Dumbbell, chart.Multiples, chart.Heat, chart.Histogram, chart.Box,
	chart.Waterfall, chart.Slope, chart.Funnel, chart.Pyramid,
)
