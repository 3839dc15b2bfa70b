package audit

// divisionsOf are the divisions of an analysis, by what it is of everyone.
// Weighted shares stand for no counts: they are passed over.
func divisionsOf(b node, id string) []division {
	whole := b.of("analyses").of(id)
	in := func(x node) node { return x.of("analyses").of(id) }
	weighted := false
	for _, q := range b.of("questions").keys() {
		weighted = weighted || b.of("questions").of(q).of("unweighted").there()
	}
	switch whole.text("method") {
	case "kano":
		return listed(whole, in, "features", countsBy("counts", "A", "O", "M", "I", "R", "Q"))
	case "penalty_reward":
		return listed(whole, in, "items", keyed("n", "n_low", "n_middle", "n_high"))
	case "two_factor":
		return listed(whole, in, "items", below("evidence", keyed("n", "n_low", "n_middle", "n_high")))
	case "max_diff":
		return listed(whole, in, "items", picked())
	case "competitors":
		return []division{brands(whole, in)}
	case "loyalty":
		return loyalty(whole, in, weighted)
	case "verbatim":
		return mentions(whole, in)
	case "gap":
		if weighted {
			return nil
		}
		out := []division{bands().in("", in)}
		for i, d := range whole.of("dimensions").list() {
			dimension := func(x node) node { return at(in(x).of("dimensions"), i) }
			out = append(out, gapLevel(dimension, " · "+d.text("id"))...)
			for j, item := range d.of("items").list() {
				out = append(out, gapLevel(func(x node) node { return at(dimension(x).of("items"), j) }, " · "+item.text("id"))...)
			}
		}
		return out
	}
	return nil
}

// at is a place of a list, nothing beyond it.
func at(list node, i int) node {
	if l := list.list(); i < len(l) {
		return l[i]
	}
	return node{}
}

// in makes a division of what lies somewhere in a block.
func (d division) in(name string, where func(node) node) division {
	of, n, sums := d.of, d.n, d.sums
	d.name = name + d.name
	d.of = func(x node) []float64 { return of(where(x)) }
	if n != nil {
		d.n = func(x node) float64 { return n(where(x)) }
	}
	if sums != nil {
		d.sums = func(x node) []known { return sums(where(x)) }
	}
	return d
}

// listed is a division of every entry of a list.
func listed(whole node, in func(node) node, list string, d division) []division {
	var out []division
	for i, entry := range whole.of(list).list() {
		out = append(out, d.in(" · "+entry.text("id"), func(x node) node { return at(in(x).of(list), i) }))
	}
	return out
}

// mentions is who is about a topic and who is not, of those who commented, by
// topic; the last is of no topic.
func mentions(whole node, in func(node) node) []division {
	topic := func(name string, part func(node) node) division {
		return division{
			name: " · " + name, classes: []string{"mentioned", "not"},
			of: func(x node) []float64 {
				n, all := part(x).counted("n"), in(x).counted("n")
				if n < 0 || all < 0 {
					return []float64{-1, -1}
				}
				return []float64{n, all - n}
			},
			n: func(x node) float64 { return in(x).counted("n") },
		}
	}
	var out []division
	for i, t := range whole.of("topics").list() {
		out = append(out, topic(t.text("id"), func(x node) node { return at(in(x).of("topics"), i) }))
	}
	return append(out, topic("no topic", func(x node) node { return in(x).of("uncoded") }))
}

func below(key string, d division) division {
	return d.in("", func(x node) node { return x.of(key) })
}

// keyed is counts under keys of their own, n their sum.
func keyed(n string, classes ...string) division {
	return division{
		classes: classes,
		of:      func(x node) []float64 { return each(classes, x.counted) },
		n:       func(x node) float64 { return x.counted(n) },
	}
}

// countsBy is counts under one key, by class.
func countsBy(key string, classes ...string) division {
	return division{
		classes: classes,
		of: func(x node) []float64 {
			return each(classes, func(c string) float64 {
				if list := x.of(key); list.there() && !list.of(c).there() {
					return 0
				}
				return x.of(key).counted(c)
			})
		},
		n: func(x node) float64 { return x.counted("n") },
	}
}

func picked() division {
	return division{
		classes: []string{"best", "worst", "neither"},
		of: func(x node) []float64 {
			best, worst := x.counted("best"), x.counted("worst")
			if best < 0 || worst < 0 {
				return []float64{best, worst, -1}
			}
			return []float64{best, worst, x.counted("shown") - best - worst}
		},
		n: func(x node) float64 { return x.counted("shown") },
	}
}

func bands() division {
	classes := []string{"exceed", "meet", "below", "far_below"}
	return division{
		classes: classes,
		of: func(x node) []float64 {
			return each(classes, func(c string) float64 { return x.share(c, x.counted("n")) })
		},
		n: func(x node) float64 { return x.counted("n") },
	}
}

// gapLevel is the bands of the gap and the places in the zone of tolerance.
func gapLevel(where func(node) node, name string) []division {
	classes := []string{"below", "within", "above", "contrary"}
	zone := division{
		name: " · zone", classes: classes,
		of: func(x node) []float64 {
			contrary := x.counted("contrary")
			return each(classes, func(c string) float64 {
				if c == "contrary" || contrary < 0 {
					return contrary
				}
				if n := x.counted("n") - contrary; n > 0 {
					return x.share(c, n)
				}
				return 0
			})
		},
		n: func(x node) float64 { return x.counted("n") },
	}
	return []division{bands().in(name, where), zone.in(name, func(x node) node { return where(x).of("zone") })}
}

// brands are those of one list by name; one that a group does not have has nobody.
func brands(whole node, in func(node) node) division {
	d := division{name: " · brands", n: func(x node) float64 { return in(x).counted("n") }}
	for _, b := range whole.of("brands").list() {
		if b.text("source") == "responses" {
			d.classes = append(d.classes, b.text("id"))
		}
	}
	d.of = func(x node) []float64 {
		return each(d.classes, func(id string) float64 {
			if !in(x).there() || in(x).hidden() {
				return -1
			}
			for _, b := range in(x).of("brands").list() {
				if b.text("id") == id {
					return b.counted("n")
				}
			}
			return 0
		})
	}
	return d
}

// loyalty is the groups of Jones and Sasser, the bands of buying again, the
// ladder, and those who are loyal and not of every answer on satisfaction.
func loyalty(whole node, in func(node) node, weighted bool) []division {
	count := func(key string, classes ...string) division {
		return division{name: " · " + key, classes: classes, of: func(x node) []float64 {
			return each(classes, func(c string) float64 { return x.of(key).of(c).counted("n") })
		}}
	}
	groups := count("groups", "loyalist", "mercenary", "hostage", "defector")
	groups.n = func(x node) float64 { return x.counted("n") }
	out := []division{groups.in("", in)}
	if whole.of("bands").there() {
		out = append(out, count("bands", "ge_70", "between", "le_30").in("", in))
	}
	if steps := whole.of("ladder").list(); steps != nil {
		d := division{name: " · ladder"}
		for _, s := range steps {
			d.classes = append(d.classes, s.text("id"))
		}
		d.of = func(x node) []float64 {
			return each(d.classes, func(id string) float64 { return at(x.of("ladder"), index(d.classes, id)).counted("n") })
		}
		out = append(out, d.in("", in))
	}
	if points := whole.of("curve").list(); points != nil && !weighted {
		out = append(out, curve(points, whole).in("", in))
	}
	return out
}

func curve(points []node, whole node) division {
	d := division{name: " · curve"}
	var high, low [2][]int // loyal, not
	for i, p := range points {
		to := &low
		if index(whole.of("satisfaction").texts("high"), p.text("code")) >= 0 {
			to = &high
		}
		to[0], to[1] = append(to[0], 2*i), append(to[1], 2*i+1)
		d.classes = append(d.classes, p.text("code")+" loyal", p.text("code")+" not loyal")
	}
	d.of = func(x node) []float64 {
		var out []float64
		for i := range points {
			p := at(x.of("curve"), i)
			n, loyal := p.counted("n"), p.share("share", p.counted("n"))
			switch {
			case n == 0:
				loyal = 0
			case n < 0 || loyal < 0:
				out = append(out, -1, -1)
				continue
			}
			out = append(out, loyal, n-loyal)
		}
		return out
	}
	d.sums = func(x node) []known {
		var out []known
		for name, classes := range map[string][]int{"loyalist": high[0], "mercenary": high[1], "hostage": low[0], "defector": low[1]} {
			if n := x.of("groups").of(name).counted("n"); n >= 0 {
				out = append(out, known{classes, n})
			}
		}
		return out
	}
	return d
}
