package survey

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/templates"
)

// Pack is the facets and items that an industry usually has: labels to choose
// from, not questions. templates/packs/NAME.yaml of the workspace, else ours.
type Pack struct {
	ID     string
	Title  Text
	Note   Text // where it comes from, what it is for
	Facets []PackFacet
}

// PackFacet is one facet of a pack with its items.
type PackFacet struct {
	ID    string
	Label Text
	Items []PackItem
}

// PackItem is one item that a survey may measure.
type PackItem struct {
	ID    string
	Label Text
}

var packPattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

var packKeys = []key[Pack]{
	{"manyi", "format of this file: 1", format[Pack](), required},
	{"id", "name of the pack, that of its file", pattern(func(p *Pack) *string { return &p.ID }, "bank", packPattern), required},
	{"languages", "languages of its texts", languageList[Pack](nil), required},
	{"title", "what reports call it", text(func(p *Pack) *Text { return &p.Title }), required},
	{"note", "where it comes from", text(func(p *Pack) *Text { return &p.Note }), optional},
	{"facets", "facets with the items to choose from", objects(diag.Say("a facet"), func(p *Pack) *[]PackFacet { return &p.Facets }, packFacetKeys), required},
}

var packFacetKeys = []key[PackFacet]{
	{"id", "name of it", pattern(func(f *PackFacet) *string { return &f.ID }, "speed", columnPattern), required},
	{"label", "what reports call it", text(func(f *PackFacet) *Text { return &f.Label }), required},
	{"items", "items to choose from", objects(diag.Say("an item"), func(f *PackFacet) *[]PackItem { return &f.Items }, packItemKeys), required},
}

var packItemKeys = []key[PackItem]{
	{"id", "name of it", pattern(func(i *PackItem) *string { return &i.ID }, "speed", columnPattern), required},
	{"label", "what reports call it", text(func(i *PackItem) *Text { return &i.Label }), required},
}

// extend merges the pack of extends with the author's facets: a facet of the
// same id keeps what the author wrote; columns of the survey that are called
// like an item of the pack join its facet where the author measures it by none.
func (r *reader) extend(c *CSI) {
	name, ok := r.str(c.extends)
	if !ok || !packPattern.MatchString(name) {
		if ok {
			r.fail(c.extends, "wrong-value", diag.Say("write it like %s", "bank"), diag.Say("%q is not allowed here", shorten(name)))
		}
		return
	}
	pack := r.pack(name, c.extends)
	if pack == nil {
		return
	}
	c.Pack = pack
	taken := map[string]bool{}
	for _, item := range c.Leaves() {
		taken[item.ID] = true
	}
	var out []Facet
	for _, f := range pack.Facets {
		own := Facet{ID: f.ID, At: r.place(c.extends)}
		if k := slices.IndexFunc(c.Facets, func(o Facet) bool { return o.ID == f.ID }); k >= 0 {
			own = c.Facets[k]
		}
		if own.FromPack = true; len(own.Label) == 0 {
			own.Label = f.Label
		}
		if len(own.Facets) == 0 {
			own.Items = append(own.Items, r.measuring(f, taken, r.place(c.extends))...)
		}
		if len(own.Items)+len(own.Facets) > 0 || own.bare {
			out = append(out, own)
		}
	}
	for _, f := range c.Facets {
		if pack.facet(f.ID) == nil {
			out = append(out, f)
		}
	}
	c.Facets = out
	r.nameFactors(c)
	if len(out) == 0 {
		r.fail(c.extends, "missing-key", diag.Say("name columns like the items of the pack, or list items under facets:"), diag.Say("no column of this survey is an item of pack %q", name))
	}
}

func (p *Pack) facet(id string) *PackFacet {
	if i := slices.IndexFunc(p.Facets, func(f PackFacet) bool { return f.ID == id }); i >= 0 {
		return &p.Facets[i]
	}
	return nil
}

// measuring are the rated columns that are called like items of a facet for which the author names no column.
func (r *reader) measuring(f PackFacet, taken map[string]bool, at diag.Place) []FacetItem {
	var out []FacetItem
	for _, i := range f.Items {
		if slices.ContainsFunc(r.def.order, func(c *column) bool { return taken[c.id] && c.named(i.ID) }) {
			continue
		}
		for _, c := range r.def.order {
			if c.role == single && c.named(i.ID) && !taken[c.id] && !r.unscored(c.id) {
				taken[c.id] = true
				out = append(out, FacetItem{ID: c.id, Factor: i.ID, At: at})
			}
		}
	}
	return out
}

// named reports whether a column or its matrix row has that id.
func (c *column) named(id string) bool {
	return c.id == id || c.question != nil && len(c.question.Rows) > 0 && c.id == c.question.ID+"_"+id
}

// nameFactors finds out which item of the pack each item of the author measures.
func (r *reader) nameFactors(c *CSI) {
	known := map[string]bool{}
	var names []string
	for _, f := range c.Pack.Facets {
		for _, i := range f.Items {
			known[i.ID], names = true, append(names, i.ID)
		}
	}
	r.eachFacet(c.Facets, func(f *Facet) {
		for k := range f.Items {
			i := &f.Items[k]
			if i.Factor != "" {
				if !known[i.Factor] {
					r.report(diag.Problem{Code: "unknown-name", Place: i.At, Summary: diag.Say("pack %q has no item %q", c.Pack.ID, i.Factor), Cure: didYouMean(i.Factor, names)})
				}
				continue
			}
			if column := r.def.column(i.ID); column != nil {
				if at := slices.IndexFunc(names, column.named); at >= 0 {
					i.Factor = names[at]
				}
			}
		}
	})
}

// pack reads templates/packs/NAME.yaml of the workspace, else the one that is shipped.
func (r *reader) pack(name string, n *yaml.Node) *Pack {
	file := path.Join("templates/packs", name+".yaml")
	files := r.def.files
	if _, err := fs.Stat(files, file); err != nil {
		files, file = templates.Files, path.Join("packs", name+".yaml")
		if _, err := fs.Stat(files, file); err != nil {
			known := r.packs()
			r.fail(n, "unknown-name", didYouMean(name, known), diag.Say("there is no pack %q", name))
			return nil
		}
	}
	source := load(files, file, r.problems)
	if source == nil {
		return nil
	}
	p := &Pack{}
	if mapping(newReader(source, r.problems), source.root, diag.Say("a pack"), packKeys, p) == nil {
		return nil
	}
	return p
}

// packs are the names of the workspace's packs and of ours.
func (r *reader) packs() []string {
	var out []string
	own, _ := fs.Glob(r.def.files, "templates/packs/*.yaml")
	shipped, _ := fs.Glob(templates.Files, "packs/*.yaml")
	for _, name := range slices.Concat(own, shipped) {
		name = strings.TrimSuffix(path.Base(name), ".yaml")
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Size is how many facets and items the pack has.
func (p *Pack) Size() (facets, items int) {
	for _, f := range p.Facets {
		facets, items = facets+1, items+len(f.Items)
	}
	return facets, items
}
