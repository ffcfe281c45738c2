package pages

import (
	"strings"
	"testing"
)

// TestByThen: what is to come by a year did not last until then.
func TestByThen(t *testing.T) {
	text := strings.Replace(eventful("What?", "../2022", "../2035-03"), "id: e1,", "id: e1, status: scheduled,", 1)
	for lang, want := range map[string][2]string{"en": {"until 2022", "by March 2035"}, "de": {"bis 2022", "bis spätestens März 2035"},
		"fr": {"jusqu’à : 2022", "au plus tard : mars 2035"}, "es": {"hasta 2022", "a más tardar: marzo de 2035"}} {
		out, _ := outputs(t, false, map[string]string{"site.yaml": "title: T\nlang: " + lang + "\n", "explainers/x.md": text})
		for _, page := range []string{"timeline/index.html", "explainers/x/index.html"} {
			if !strings.Contains(out[page], ">"+want[0]+"<") || !strings.Contains(out[page], ">"+want[1]+"<") {
				t.Errorf("%s: %s lacks %q", lang, page, want)
			}
		}
		if !strings.Contains(out["index.html"], want[1]) || !strings.Contains(out["timeline/timeline.csv"], want[1]) || !strings.Contains(out["timeline/timeline.ics"], want[1]) {
			t.Errorf("%s: home, table or calendar lacks %q", lang, want[1])
		}
	}
}
