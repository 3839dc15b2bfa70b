package page

import (
	"fmt"
	"html/template"
)

// star is drawn beside the text of an answer, which stays.
const star template.HTML = `<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2.6l2.9 6 6.5.9-4.7 4.6 1.1 6.5L12 17.5l-5.8 3.1 1.1-6.5L2.6 9.5l6.5-.9z"/></svg>`

// face is a face whose mouth says the mood, from −1 sad to 1 glad.
func face(mood float64) template.HTML {
	return trusted(fmt.Sprintf(`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="M8.5 9v1.5M15.5 9v1.5M7.5 %.1fQ12 %.1f 16.5 %.1f"/></svg>`, 15.5-1.5*mood, 15.5+4.5*mood, 15.5-1.5*mood))
}
