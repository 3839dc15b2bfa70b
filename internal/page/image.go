package page

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"path"
	"strings"

	"manyi/internal/survey"
)

// imageTypes are the media types of pictures by the end of their name.
var imageTypes = map[string]string{
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
}

// picture is a picture within the page. What it shows stands beside it in
// every language, since an attribute has room for one.
type picture struct {
	Source template.URL
	Alt    []said
}

// picture puts a picture of the definition into the page, nil where there is none.
func (s Survey) picture(i survey.Image) (*picture, error) {
	source, err := s.source(i.File)
	if err != nil || source == "" {
		return nil, err
	}
	return &picture{Source: source, Alt: s.texts(i.Alt)}, nil
}

// source is the address that holds a picture whole, "" without one. A browser
// runs no script and loads no other file for a picture of this kind, not even
// for SVG.
func (s Survey) source(file string) (template.URL, error) {
	if file == "" {
		return "", nil
	}
	kind, body := imageTypes[strings.ToLower(path.Ext(file))], s.Images[file]
	if kind == "" { // a logo of another kind; the definition refuses such pictures
		return "", nil
	}
	if body == nil {
		return "", fmt.Errorf("put the picture %q into the page: it was not read", file)
	}
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(body)), nil
}
