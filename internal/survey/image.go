package survey

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// imageKinds are the kinds of picture that every browser shows.
var imageKinds = []string{".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"}

// pictures is the folder of a survey that holds its pictures.
const pictures = "images/"

// maxImage is the most bytes of a picture: it stands within the page.
const maxImage = 512 << 10

var imageKeys = []key[Image]{
	{"file", "path of the picture, like images/shop.png beside survey.yaml", special("path", func(r *reader, n *yaml.Node, i *Image) { i.File = r.picture(n) }), required},
	{"alt", "what the picture shows, for those who do not see it; in every language", formed(plainShape("text"), func(r *reader, n *yaml.Node, i *Image) { i.Alt = r.alternative(n) }), required},
}

// image reads a picture with the text that stands for it.
func (r *reader) image(n *yaml.Node) Image {
	var i Image
	if n.Kind == yaml.ScalarNode && !isNull(n) {
		r.fail(n, "missing-alt", diag.Say("write file: and, below it, alt: with what the picture shows"), diag.Say("the picture %q has no text for those who do not see it", shorten(n.Value)))
		return i
	}
	mapping(r, n, diag.Say("a picture"), imageKeys, &i)
	return i
}

// picture reads the path of a picture, "" after reporting what is wrong with it.
func (r *reader) picture(n *yaml.Node) string {
	s, ok := r.inside(n)
	if !ok {
		return ""
	}
	if !slices.Contains(imageKinds, strings.ToLower(path.Ext(s))) {
		r.fail(n, "wrong-image", diag.Say("use a file that ends in %s", strings.Join(imageKinds, ", ")), diag.Say("%q is no picture that every browser shows", shorten(s)))
		return ""
	}
	if !strings.HasPrefix(s, pictures) {
		r.fail(n, "wrong-image", diag.Say("put it into the folder %s beside survey.yaml", pictures), diag.Say("the picture %q is not in %s", shorten(s), pictures))
		return ""
	}
	name := path.Join(path.Dir(r.name), s)
	if r.def == nil || r.def.files == nil {
		return name
	}
	switch info, err := fs.Stat(r.def.files, name); {
	case err != nil || !info.Mode().IsRegular():
		r.fail(n, "missing-file", diag.Say("put it at %s", name), diag.Say("the picture %q is not there", shorten(s)))
		return ""
	case info.Size() > maxImage:
		r.fail(n, "wrong-image", diag.Say("make it smaller: it is part of the page that a phone loads"), diag.Say("the picture %q has %d KB, the most is %d", shorten(s), info.Size()>>10, maxImage>>10))
		return ""
	}
	return name
}

// alternative reads the text of a picture, which no language may lack.
func (r *reader) alternative(n *yaml.Node) Text {
	if n.Kind == yaml.ScalarNode && len(r.languages) > 1 {
		r.fail(n, "missing-language", diag.Say("write one line for each of %s", strings.Join(r.languages, ", ")), diag.Say("the text of a picture must be in every language"))
		return nil
	}
	return r.text(n)
}

// Pictures are the files of all pictures, each once, in the order of the definition.
func (s *Survey) Pictures() []string {
	var out []string
	add := func(i Image) {
		if i.File != "" && !slices.Contains(out, i.File) {
			out = append(out, i.File)
		}
	}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			add(q.Image)
			if q.Scale != nil {
				for _, o := range q.Scale.Options {
					add(o.Image)
				}
			}
			for _, row := range slices.Concat(q.Rows, q.Items, q.Features) {
				add(row.Image)
			}
		}
	}
	return out
}
