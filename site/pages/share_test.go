package pages

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
)

var metaTag = regexp.MustCompile(`<meta (?:name|property)="([^"]*)" content="([^"]*)">`)

// shareTags are what a page says of itself where it is shared.
func shareTags(page string) map[string]string {
	tags := map[string]string{}
	for _, m := range metaTag.FindAllStringSubmatch(page, -1) {
		tags[m[1]] = html.UnescapeString(m[2])
	}
	return tags
}

// TestShareTags: a page of any kind says its own address, its title, what it is about and its
// picture, in each language that the theme speaks, with or without what the writer may leave out.
func TestShareTags(t *testing.T) {
	for _, lang := range []string{"en", "de", "fr", "es"} {
		for name, c := range map[string]struct{ config, image string }{
			"drawn":       {"outputs: [cards, share-images]\n", "https://example.org/share.png"},
			"their own":   {"outputs: [cards, share-images]\nimage: /house.png\n", "https://example.org/house.png"},
			"none drawn":  {"outputs: [cards]\nimage: /house.png\n", "https://example.org/house.png"},
			"without any": {"outputs: [cards]\n", ""},
		} {
			files := map[string]string{"static/house.png": "a", "glossary/term.md": "---\nterm: Term\nshort: A word.\n---\nText.\n",
				"pages/about.md":    "---\ntitle: About\n---\nWe are here. We write.\n",
				"explainers/one.md": strings.Replace(eventful("One?", inYears(2000, 30, 60)...), "answer: Then.", "answer: 'Then, [term](term:term).'", 1),
				"explainers/two.md": "---\ntitle: Two\npublished: 2024-06-09\ntopics: [t0, t1]\nupdates: [{date: 2024-06-09, type: correction, text: We erred.}]\n---\nFirst words.\n\n## Q {#q}\n\nA\n"}
			files["site.yaml"] = "title: Desk\nbase_url: https://example.org\nper_page: 1\nlang: " + lang + "\n" + c.config
			b, _ := bookOf(t, false, files)
			out := written(t, b)
			for i := range b.plan {
				p := &b.plan[i]
				if p.layout == "" || p.layout == "404" || p.layout == "redirect" {
					continue
				}
				tags, about := shareTags(out[b.Path(i)]), fmt.Sprintf("%s, %s: /%s", lang, name, p.path)
				own := "https://example.org/" + strings.TrimSuffix(p.path, "embed.html") // an embed is shared as its card
				if tags["og:url"] != own || tags["og:title"] == "" {
					t.Errorf("%s shares %q as %q", about, tags["og:url"], tags["og:title"])
				}
				if d := tags["description"]; d == "" || d != tags["og:description"] {
					t.Errorf("%s has the descriptions %q and %q", about, d, tags["og:description"])
				}
				image, card := c.image, "summary_large_image"
				if image == "" {
					card = "summary"
				} else if k := p.layout; strings.Contains(c.config, "share-images") && (k == "explainer" || k == "card" || k == "embed") {
					image = "https://example.org/" + strings.TrimSuffix(p.path, "embed.html") + "share.png"
				}
				if tags["og:image"] != image || tags["twitter:card"] != card {
					t.Errorf("%s has the picture %q on a card %q, not %q", about, tags["og:image"], tags["twitter:card"], image)
				}
				if at, ours := strings.CutPrefix(image, "https://example.org/"); ours && out[at] == "" {
					t.Errorf("%s: the picture /%s is not there", about, at)
				}
			}
		}
	}
}

// TestTopicDescription names what a topic without a text has.
func TestTopicDescription(t *testing.T) {
	files := map[string]string{"site.yaml": "title: Desk\nlang: de\n",
		"explainers/one.md": "---\ntitle: Eins\nstandfirst: S.\npublished: 2024-06-08\ntopics: [a, b]\n---\n## Q\n\nA\n",
		"explainers/two.md": "---\ntitle: Zwei & drei\nstandfirst: S.\npublished: 2024-06-09\ntopics: [a]\n---\n## Q\n\nA\n"}
	out, _ := outputs(t, false, files)
	for path, want := range map[string]string{"topics/a/": "2 Erklärstücke · Zwei & drei · Eins", "topics/b/": "1 Erklärstück · Eins", "": "2 Erklärstücke · Zwei & drei · Eins"} {
		if got := shareTags(out[path+"index.html"])["description"]; got != want {
			t.Errorf("/%s is about %q, not %q", path, got, want)
		}
	}
	files["site.yaml"] = "title: Desk\ntagline: Our own.\ntopics: {a: {title: A, text: Its text.}, b: {title: B}}\n"
	out, _ = outputs(t, false, files)
	for path, want := range map[string]string{"topics/a/": "Its text.", "topics/b/": "1 explainer · Eins", "": "Our own."} {
		if got := shareTags(out[path+"index.html"])["description"]; got != want {
			t.Errorf("/%s is about %q, not %q", path, got, want)
		}
	}
}
