package chart

import (
	"math"
	"testing"
)

// blind are the matrices of full colour blindness on linear RGB: Machado,
// Oliveira and Fernandes 2009, severity 1.
var blind = map[string][3][3]float64{
	"normal":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
	"deuteranopia": {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
	"tritanopia":   {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}},
}

// seen returns a colour in CIELAB (D65) as a reader of that sight sees it.
func seen(t *testing.T, hex, sight string) [3]float64 {
	t.Helper()
	rgb, c := linear(t, hex), [3]float64{}
	for i, row := range blind[sight] {
		c[i] = min(1, max(0, row[0]*rgb[0]+row[1]*rgb[1]+row[2]*rgb[2]))
	}
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((.4124564*c[0] + .3575761*c[1] + .1804375*c[2]) / .95047)
	y := f(.2126729*c[0] + .7151522*c[1] + .0721750*c[2])
	z := f((.0193339*c[0] + .1191920*c[1] + .9503041*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// difference is CIEDE2000 (Sharma, Wu and Dalal 2005).
func difference(p, q [3]float64) float64 {
	rad := math.Pi / 180
	mean := (math.Hypot(p[1], p[2]) + math.Hypot(q[1], q[2])) / 2
	g := 1 + .5*(1-math.Sqrt(math.Pow(mean, 7)/(math.Pow(mean, 7)+math.Pow(25, 7))))
	c1, c2 := math.Hypot(g*p[1], p[2]), math.Hypot(g*q[1], q[2])
	h1, h2 := angle(g*p[1], p[2]), angle(g*q[1], q[2])
	turn, hue := h2-h1, (h1+h2)/2
	if c1*c2 == 0 {
		turn, hue = 0, h1+h2
	} else if math.Abs(turn) > 180 {
		turn -= math.Copysign(360, turn)
		hue += math.Copysign(180, 360-h1-h2)
	}
	l, c := (p[0]+q[0])/2, (c1+c2)/2
	t := 1 - .17*math.Cos((hue-30)*rad) + .24*math.Cos(2*hue*rad) + .32*math.Cos((3*hue+6)*rad) - .2*math.Cos((4*hue-63)*rad)
	sl := 1 + .015*(l-50)*(l-50)/math.Sqrt(20+(l-50)*(l-50))
	rt := -math.Sin(60*math.Exp(-math.Pow((hue-275)/25, 2))*rad) * 2 * math.Sqrt(math.Pow(c, 7)/(math.Pow(c, 7)+math.Pow(25, 7)))
	dl, dc, dh := (q[0]-p[0])/sl, (c2-c1)/(1+.045*c), 2*math.Sqrt(c1*c2)*math.Sin(turn/2*rad)/(1+.015*c*t)
	return math.Sqrt(dl*dl + dc*dc + dh*dh + rt*dc*dh)
}

func angle(a, b float64) float64 {
	h := math.Atan2(b, a) * 180 / math.Pi
	if h < 0 {
		h += 360
	}
	return h
}

// TestDifferenceAgreesWithThePaper checks pairs 1, 4, 7 and 17 of its table of data.
func TestDifferenceAgreesWithThePaper(t *testing.T) {
	for _, c := range []struct {
		p, q [3]float64
		want float64
	}{
		{[3]float64{50, 2.6772, -79.7751}, [3]float64{50, 0, -82.7485}, 2.0425},
		{[3]float64{50, -1.3802, -84.2814}, [3]float64{50, 0, -82.7485}, 1.0000},
		{[3]float64{50, 0, 0}, [3]float64{50, -1, 2}, 2.3669},
		{[3]float64{50, 2.5, 0}, [3]float64{73, 25, -18}, 27.1492},
	} {
		if got := difference(c.p, c.q); math.Abs(got-c.want) > 5e-5 {
			t.Errorf("%v %v: got %.4f, want %.4f", c.p, c.q, got, c.want)
		}
	}
}
