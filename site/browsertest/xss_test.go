package browsertest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"nutgraf/site"
	"nutgraf/site/pages"
	"nutgraf/static"
	"nutgraf/templates"
)

// htmlForms are the elements and attributes of HTML that a text may have, with § in
// each.
var htmlForms = func() (forms []string) {
	for name := range strings.FieldsSeq("sub sup kbd b strong i em s del ins mark small q cite code var samp dfn abbr span bdi a p div blockquote h3 h4 h5 h6 pre") {
		forms = append(forms, "x <"+name+">§</"+name+">", "<"+name+">§</"+name+">", "<"+name+" §>y</"+name+">")
	}
	for attribute := range strings.FieldsSeq("a/href abbr/title span/lang span/dir h3/id br/clear wbr/x hr/y") {
		name, key, _ := strings.Cut(attribute, "/")
		for _, quote := range []string{`"`, "'", ""} {
			forms = append(forms, "x <"+name+" "+key+"="+quote+"§"+quote+">y</"+name+">")
		}
	}
	return append(forms, "<ul §><li §>§</li></ul>", `<ol start="§"><li>§</li></ol>`, "<dl><dt>§</dt><dd>§</dd></dl>", "<details §><summary>§</summary>§</details>",
		"<figure>§<figcaption>§</figcaption></figure>", "<table §><caption>§</caption><thead><tr><th scope='§' colspan=\"§\">§</th></tr></thead><tbody><tr><td rowspan=§>§</td></tr></tbody></table>",
		"<font §>§</font>", "<img src=\"§\" alt='§'>", "<svg onload=\"§\">§</svg>", "<iframe src=\"§\"></iframe>", "<style>§</style>", "<script>§</script>", "<!-- § -->")
}()

// perPage is how many payloads a page has, each in all forms: but for those that
// pass a limit of Markdown so often.
const perPage = 5

// metaPolicy is the page's own policy.
var metaPolicy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

// onlyOurs are the tags and attributes within the quotations that are none of those
// that a text may have, and what ran.
const onlyOurs = `(() => { const bad = [];
for (const e of document.querySelectorAll('main blockquote *')) {
	if (!/^(A|ABBR|B|BDI|BLOCKQUOTE|BR|CAPTION|CITE|CODE|DD|DEL|DETAILS|DFN|DIV|DL|DT|EM|FIGCAPTION|FIGURE|H[3-6]|HR|I|INS|KBD|LI|MARK|OL|P|PRE|Q|S|SAMP|SECTION|SMALL|SPAN|STRONG|SUB|SUMMARY|SUP|TABLE|TBODY|TD|TH|THEAD|TIME|TR|UL|VAR|WBR)$/.test(e.tagName)) bad.push(e.tagName);
	for (const a of e.attributes)
		if (!/^(href|title|lang|dir|start|scope|colspan|rowspan|id|class|tabindex|role|aria-label|aria-hidden|datetime)$/.test(a.name)) bad.push(e.tagName + ' ' + a.name);
	if (e.href && !/^(https?|mailto|tel):/.test(e.href)) bad.push(e.href);
	for (const kind of ['mouseover', 'focus', 'toggle', 'error', 'load', 'animationstart', 'pointerover']) e.dispatchEvent(new Event(kind, {bubbles: true}));
}
return bad.concat(window.ran || []).join(', ') })()`

// TestPayloadsInHTML opens pages that have the payloads in each element of HTML
// and in each attribute, without the policy that would stop them. Without
// NUTGRAF_ROUNDS it takes some of them.
func TestPayloadsInHTML(t *testing.T) {
	browser(t)
	texts := hostilePages(t)
	book := bookOf(t, texts)
	var policy atomic.Int64 // bytes of it
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := book.Find(strings.TrimPrefix(r.URL.Path, "/"))
		if i < 0 {
			http.NotFound(w, r)
			return
		}
		leaf, err := book.Open(i)
		if err != nil {
			t.Error(err)
			return
		}
		var out bytes.Buffer
		if _, err := leaf.Write(&out); err != nil {
			t.Error(err)
		}
		bare := metaPolicy.ReplaceAll(out.Bytes(), nil)
		policy.Add(int64(out.Len() - len(bare)))
		w.Write(bare)
	}))
	defer server.Close()
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(texts)), 40) {
		t.Run(ids[0], func(t *testing.T) {
			b := &tab{t: t, ctx: browser(t)} // which may complain of what it can't read
			hears(b)
			for _, id := range ids {
				nothingRuns(b, server.URL+"/explainers/"+id+"/")
			}
		})
	}
	if policy.Load() == 0 {
		t.Error("no page had a policy to take away")
	}
}

// hears notes what payloads do that run.
func hears(b *tab) {
	err := chromedp.Listen(b.ctx, func(ev any) {
		if d, ok := ev.(*page.EventJavascriptDialogOpening); ok {
			b.t.Errorf("a payload opens a dialog: %q", d.Message)
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.ran = [];
for (const f of ['alert', 'prompt', 'confirm', 'print', 'open', 'eval', 'fetch']) window[f] = (...a) => { ran.push(f + ' ' + a) }`})
}

// nothingRuns opens a page of payloads and sees what it has.
func nothingRuns(b *tab, url string) {
	b.show(url)
	if n := js[int](b, `document.querySelectorAll('main blockquote').length`); n < len(htmlForms) {
		b.t.Fatalf("%s has %d quotations", url, n)
	}
	if bad := js[string](b, onlyOurs); bad != "" {
		b.t.Errorf("%s: %s", url, bad)
	}
	b.settled("50")
	if at := js[string](b, `location.href + ' ' + (window.ran || []).join(', ')`); at != url+" " {
		b.t.Errorf("%s: %s", url, at)
	}
}

// hostilePages are explainers by their ids. Each form stands in a quotation: a
// comment that is never closed ends with it.
func hostilePages(t *testing.T) map[string]string {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "corpora", "xss", "payloads.jsonl"))
	if err != nil {
		if os.Getenv("NUTGRAF_REQUIRE_CORPORA") == "1" {
			t.Fatal(err)
		}
		t.Skip("the shared corpora are not beside the repository: ", err)
	}
	step := 61
	if os.Getenv("NUTGRAF_ROUNDS") != "" {
		step = 1
	}
	out := map[string]string{}
	var questions []string
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		var p struct{ Payload string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if n%step != 0 {
			continue
		}
		var answer strings.Builder
		for _, form := range htmlForms {
			for line := range strings.SplitSeq(strings.ReplaceAll(form, "§", p.Payload), "\n") {
				answer.WriteString("> " + line + "\n")
			}
			answer.WriteString("\n")
		}
		text, err := json.Marshal(strings.ToValidUTF8(answer.String(), "�"))
		if err != nil {
			t.Fatal(err)
		}
		questions = append(questions, fmt.Sprintf("  - {question: Q%d?, id: q%[1]d, answer: %s}\n", n, text))
		if len(questions) == perPage {
			out["e"+strconv.Itoa(n)] = "---\ntitle: T\nstandfirst: S\npublished: 2024-01-01\nquestions:\n" + strings.Join(questions, "") + "---\n"
			questions = nil
		}
	}
	return out
}

// bookOf loads explainers, mistakes and all.
func bookOf(t *testing.T, texts map[string]string) *pages.Book {
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: T\n")}}
	for id, text := range texts {
		fsys["explainers/"+id+".md"] = &fstest.MapFile{Data: []byte(text)}
	}
	s, _, err := site.Load(context.Background(), site.Options{Content: fsys, DefaultTemplates: templates.FS, DefaultStatic: static.FS, Now: time.Unix(1718000000, 0).UTC()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	book, _, err := pages.New(context.Background(), s, pages.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}
