package pages

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// checkAnchors reports links to places that their pages don't have. Such a page is made
// for it, since a theme gives its pages places as it likes; few are linked to so.
func (b *Book) checkAnchors() error {
	b.ofAnchors = nil
	if b.theme.Bad() {
		return nil
	}
	made := map[int][]string{}
	for i := range b.site.Places {
		r := &b.site.Places[i]
		p, anchor, _ := strings.Cut(b.there(b.anchorPath(r)+"#"+r.Target.Anchor), "#")
		at := b.Find(p)
		switch {
		case at < 0 && r.Lost != nil && !strings.Contains(anchor, "_"):
			b.ofAnchors = append(b.ofAnchors, *r.Lost) // it is held back, with places that its document lacks
			continue
		case at < 0 || b.page(at).layout == "" || b.page(at).layout == "redirect" || isEverywhere(anchor):
			continue
		}
		ids, there := made[at]
		if !there {
			var err error
			if ids, err = b.anchorsOn(at); err != nil {
				return err
			}
			made[at] = ids
		}
		if name, err := url.PathUnescape(anchor); err == nil && slices.Contains(ids, name) {
			continue
		}
		b.ofAnchors = append(b.ofAnchors, missingAnchor(r, p, anchor, ids))
	}
	return nil
}

// isEverywhere reports whether a browser finds a place on any page.
func isEverywhere(anchor string) bool {
	return anchor == "" || anchor == "top" || strings.HasPrefix(anchor, ":~:")
}

// anchorPath is the site path of the page that a reference means.
func (b *Book) anchorPath(r *site.PlaceRef) string {
	switch t := &r.Target; t.Kind {
	case site.ToExplainer:
		return explainerPath(t.Explainer)
	case site.ToPage:
		return plainPath(t.Page)
	case site.ToPath:
		return t.Path
	}
	return b.originPath(r.From)
}

func missingAnchor(r *site.PlaceRef, p, anchor string, ids []string) diag.Diagnostic {
	if r.Lost != nil {
		return *r.Lost
	}
	d := diag.Diagnostic{Severity: diag.Error, Rule: "broken-reference", At: r.At,
		Message: fmt.Sprintf("/%s has no place called “#%s”", p, anchor),
		Hint:    "link to the page itself, without #" + anchor}
	if strings.HasPrefix(anchor, "event-") {
		d.Hint = "write event:explainer#event, which leads there wherever the event stands"
	} else if near, ok := diag.Nearest(anchor, ids); ok {
		d.Hint = "did you mean #" + near + "?"
		d.Fix = diag.ReplaceByNearest(r.At, "#"+anchor, hashed(ids))
	}
	return d
}

// hashed are ids as an address names them.
func hashed(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = "#" + id
	}
	return out
}

// anchorsOn makes a page, and returns the ids that it has.
func (b *Book) anchorsOn(i int) (ids []string, err error) {
	leaf, err := b.Open(i)
	if err != nil {
		return nil, err
	}
	defer leaf.Close()
	var page bytes.Buffer
	if _, err := leaf.Write(&page); err != nil {
		return nil, err
	}
	for z := html.NewTokenizer(&page); z.Next() != html.ErrorToken; { // the end: a page in memory has no other
		for _, a := range z.Token().Attr {
			if a.Key == "id" {
				ids = append(ids, a.Val)
			}
		}
	}
	return ids, nil
}
