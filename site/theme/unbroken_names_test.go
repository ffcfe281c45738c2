package theme

import (
	"strings"
	"testing"
)

// TestKeepWhole has names that stay whole in brackets.
func TestKeepWhole(t *testing.T) {
	for _, want := range []string{
		`<h1>What is [ISIS-K], and why?</h1>`,
		`<h2 id="x-RAY">[ISIS-K]</h2><p>ISIS-K in running text</p>`,
		`<a class="term" href="#ISIS-K">[Al-Qaida]</a>'s`,
		`<p class="dek">The [ITU-R]&#39;s [X-ray], an [e-mail] and [COVID-19-B]</p>`,
		`<dt>[ИГ-Х]</dt><dt>Mecklenburg-Vorpommern</dt><dt>north-west</dt><dt>COVID-19</dt>`,
		`<p class="sa br"><span class="vh">Short: </span>One [US-K] and [A-B-C-D]. So - and -K- K-.</p>`,
		`<li><a href="../">What is ISIS-K?</a></li><h3><a href="../">What is [ISIS-K]?</a></h3>`,
		`<a href="../#source-x">What is [ISIS-K]?</a>`,
		`<dd>What ISIS-K is</dd><li>How many [ISIS-K] has, and [ISIS-K]</li>`,
		`<li id="source-x"><span>Jo: <cite>What is ISIS-K?</cite></span> <span><a href="https://x.org/">[ISIS-K]</a></span></li>`,
		`<pre>ISIS-K</pre><code>ISIS-K</code><h3></h3>`,
	} {
		in := strings.NewReplacer("[", "", "]", "").Replace(want)
		want = strings.NewReplacer("[", wholeStart, "]", wholeEnd).Replace(want)
		head := `<title>ISIS-K</title><script>"ISIS-K"</script><body>`
		if got := string(keepWhole([]byte(head + in))); got != head+want {
			t.Errorf("%s\nbecomes %s\nwant    %s", in, got[len(head):], want)
		}
	}
}

// TestKeepManyWhole: as many names as a page can hold take no longer than it takes to
// copy them.
func TestKeepManyWhole(t *testing.T) {
	const n = 400_000
	in := "<body><p class=\"dek\">" + strings.Repeat("X-Y ", n) + "</p><h1>" + strings.Repeat("X-", n) + "Y</h1>"
	got := string(keepWhole([]byte(in)))
	if names := strings.Count(got, wholeStart+"X-Y"+wholeEnd); names != n || strings.Count(got, wholeStart) != n {
		t.Errorf("%d names of %d stay whole", names, n)
	}
}
