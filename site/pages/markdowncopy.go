package pages

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// copier writes an explainer as one Markdown file that builds again: front
// matter with what frames it, a section for each answer. Answers are the
// writer's own Markdown; those that are used from elsewhere come with theirs.
type copier struct {
	yamlWriter
	b       *builder
	e       *site.Explainer
	intro   string
	answers []string
	inFront []bool                       // answers that would not mean the same in one body
	renamed []map[string]string          // for each answer: ids of its sources that are taken here
	sources []copiedSource               // own ones, then those of used answers
	taken   map[string]*document.Source  // by the id in the copy
	idOf    map[*document.Source]string  // the other way round
	from    map[*site.Explainer]struct{} // whose sources are taken already
}

type copiedSource struct {
	id    string
	owner *site.Explainer
	src   *document.Source
}

func (b *builder) markdownCopy(e *site.Explainer) any {
	if e.Status == document.Withdrawn {
		return b.withdrawnCopy(e)
	}
	b.publicURL()
	c := &copier{b: b, e: e, intro: b.markdownOf(e, nil), taken: map[string]*document.Source{},
		idOf: map[*document.Source]string{}, from: map[*site.Explainer]struct{}{}}
	c.takeSources(e)
	for i := range e.Answers {
		a := &e.Answers[i]
		renamed := c.takeSources(a.Explainer)
		c.renamed = append(c.renamed, renamed)
		c.answers = append(c.answers, cites(b.markdownOf(a.Explainer, a.Question()), renamed)+c.origin(a))
	}
	c.findRedefined()
	c.WriteString("---\n")
	c.frame()
	c.questions()
	c.timeline()
	c.sourceList()
	c.images()
	c.updates()
	c.WriteString("---\n")
	c.body()
	return textDocument(c.String())
}

// origin is what the copy says below an answer that is another explainer's: who wrote it, its
// credit and its newest correction.
func (c *copier) origin(a *site.Answer) string {
	if a.Explainer == c.e {
		return ""
	}
	notes := []string{c.b.byWords(a.Explainer), markdown.PlainText([]byte(c.b.creditHTML(a.Explainer)))}
	if u := corrected(a); u != nil {
		notes = append(notes, c.b.word("update-"+u.Type)+", "+c.b.day(u.When).Words+": "+u.Plain)
	}
	out := ""
	for _, note := range notes {
		if note != "" {
			out += "\n\n" + markdownText(note)
		}
	}
	return out
}

// takeSources adds an explainer's sources, and says which are called otherwise
// here because their id means another source.
func (c *copier) takeSources(e *site.Explainer) map[string]string {
	renamed := map[string]string{}
	for _, src := range e.Sources {
		id := src.ID
		if first, ok := c.taken[id]; ok && first != src && id != "" {
			id = e.ID + "-" + id
			renamed[src.ID] = id
		}
		if c.taken[id] == src {
			continue
		}
		c.taken[id], c.idOf[src] = src, id
		if _, ok := c.from[e]; !ok {
			c.sources = append(c.sources, copiedSource{id, e, src})
		}
	}
	c.from[e] = struct{}{}
	return renamed
}

var (
	citation   = regexp.MustCompile(`\[[^\[\]]*@[^\[\]]*\]`)
	citedID    = regexp.MustCompile(`@[\pL\pM\pN-]+`)
	ownShort   = regexp.MustCompile(`(?i)^ {0,3}> ?\[!SHORT\]`)
	definition = regexp.MustCompile(`(?m)^ {0,3}\[([^\[\]]+)\]:`)
)

// cites lets citations name sources by other ids.
func cites(text string, renamed map[string]string) string {
	if len(renamed) == 0 {
		return text
	}
	return citation.ReplaceAllStringFunc(text, func(group string) string {
		return citedID.ReplaceAllStringFunc(group,
			func(id string) string { return "@" + cmp.Or(renamed[id[1:]], id[1:]) })
	})
}

// findRedefined finds answers that define a link or a footnote of a name that was
// defined before: each must keep its own, and so stands in front matter.
func (c *copier) findRedefined() {
	defined := labels(c.intro)
	for _, text := range c.answers {
		own, again := labels(text), false
		for l := range own {
			again = again || defined[l]
		}
		c.inFront = append(c.inFront, again)
		if !again {
			maps.Copy(defined, own)
		}
	}
}

func labels(text string) map[string]bool {
	out := map[string]bool{}
	for _, m := range definition.FindAllStringSubmatch(text, -1) {
		out[strings.ToLower(strings.Join(strings.Fields(m[1]), " "))] = true
	}
	return out
}

// frame writes what stands around the answers.
func (c *copier) frame() {
	e := c.e
	c.line("", "title", e.Title)
	if e.Standfirst.Given() {
		c.line("", "standfirst", markdownText(e.Summary))
	}
	c.line("", "label", e.Label)
	if e.Status != document.Published {
		c.line("", "status", e.Status.String())
	}
	if !e.Published.IsZero() {
		c.line("", "published", rfc3339(e.Published))
	}
	if e.Updated.After(e.Published) {
		c.line("", "updated", rfc3339(e.Updated))
	}
	if !e.AsOf.IsZero() {
		c.line("", "as_of", rfc3339(e.AsOf))
	}
	c.line("", "lang", e.Lang)
	c.syndication()
	var authors, topics []string
	for _, a := range e.Authors {
		authors = append(authors, a.Name)
	}
	for _, t := range e.Topics {
		topics = append(topics, t.Slug)
	}
	c.list("", "authors", authors)
	c.list("", "topics", topics)
	c.list("", "knowns", c.plain(e.Knowns))
	c.list("", "unknowns", c.plain(e.Unknowns))
	c.line("", "method", strings.Join(c.plain([]document.Prose{e.Method}), ""))
}

// syndication writes where the text was first published.
func (c *copier) syndication() {
	s := c.e.Syndication
	if s == nil {
		return
	}
	c.WriteString("syndication:\n")
	c.line("  ", "originator", s.Originator)
	c.line("  ", "url", s.URL)
	c.list("  ", "via", s.Via)
	c.line("  ", "license", s.License)
	for _, f := range []struct {
		key string
		on  bool
	}{{"adapted", s.Adapted}, {"canonical", s.Canonical}} {
		if f.on {
			fmt.Fprintf(c, "  %s: true\n", f.key)
		}
	}
}

// plain are texts of front matter without their markup, as Markdown.
func (c *copier) plain(texts []document.Prose) []string {
	var out []string
	for _, pr := range texts {
		if f := c.b.fragment(pr); f != nil {
			out = append(out, markdownText(markdown.PlainText(f.HTML)))
		}
	}
	return out
}

func (c *copier) questions() {
	c.WriteString("questions:\n")
	for i, q := range c.e.Questions {
		answer := &c.e.Answers[i]
		a := answer.Question()
		c.line("  - ", "question", cmp.Or(q.Text, a.Text))
		c.line("    ", "id", q.ID)
		if !ownShort.MatchString(c.answers[i]) {
			c.line("    ", "short", cmp.Or(q.Short, a.Short))
		}
		if answer.Explainer == c.e {
			c.line("    ", "as_of", a.AsOf)
		} else { // nothing in the copy says it of another explainer's text
			c.line("    ", "as_of", rfc3339(answerDay(answer)))
		}
		c.line("    ", "updated", a.Updated)
		var sources []string
		for _, r := range a.Sources {
			sources = append(sources, cmp.Or(c.renamed[i][r.ID], r.ID))
		}
		c.list("    ", "sources", sources)
		if c.inFront[i] {
			c.line("    ", "answer", c.answers[i])
		}
	}
}

func (c *copier) timeline() {
	for i, ev := range c.e.Timeline {
		if i == 0 {
			c.WriteString("timeline:\n")
		}
		c.line("  - ", "date", ev.Date.String())
		if ev.Explainer != c.e {
			c.line("    ", "id", strings.ReplaceAll(ev.Explainer.ID+"-"+ev.ID, "--", "-"))
		} else if !strings.Contains(ev.ID, "--") { // else it is made of the date, and will be again
			c.line("    ", "id", ev.ID)
		}
		c.line("    ", "title", ev.Title)
		if ev.Status == "planned" { // that only the clock says
			c.line("    ", "status", "scheduled")
		} else {
			c.line("    ", "status", ev.Status)
		}
		c.line("    ", "flag", ev.Flag)
		c.line("    ", "date_text", ev.DateText)
		c.line("    ", "text", markdownText(c.b.eventText(ev)))
		if ev.Importance != 2 {
			c.line("    ", "importance", strconv.Itoa(ev.Importance))
		}
		c.line("    ", "place", placeOf(ev))
		c.list("    ", "tags", ev.Tags)
		if ev.Explainer == c.e {
			c.list("    ", "sources", ids(ev.Sources))
		}
	}
}

func ids(refs []document.Ref) []string {
	var out []string
	for _, r := range refs {
		out = append(out, r.ID)
	}
	return out
}

func (c *copier) sourceList() {
	for i, s := range c.sources {
		if i == 0 {
			c.WriteString("sources:\n")
		}
		src, a := s.src, c.b.aboutSource(s.src)
		c.line("  - ", "title", a.Title)
		for _, f := range [][2]string{{"id", s.id}, {"type", a.Type}, {"publisher", a.Publisher},
			{"issued", a.Issued.String()}, {"accessed", a.Accessed},
			{"url", a.URL}, {"archive_url", a.ArchiveURL}, {"archived", a.Archived},
			{"attribution", a.Attribution}, {"unnamed_reason", a.UnnamedReason}} {
			c.line("    ", f[0], f[1])
		}
		c.list("    ", "author", a.Author)
		if src.Via != nil {
			c.line("    ", "via", c.idOf[s.owner.Source(src.Via.ID)])
		}
	}
}

// images writes the words of the pictures: the texts name no more than a file.
// A sensitive one is in no copy.
func (c *copier) images() {
	shown := slices.DeleteFunc(slices.Clone(c.e.Images), func(im *document.Image) bool { return im.Sensitive != "" })
	for i, im := range shown {
		if i == 0 {
			c.WriteString("images:\n")
		}
		c.line("  - ", "src", im.Src)
		if im.Decorative {
			c.WriteString("    decorative: true\n")
		}
		for _, f := range [][2]string{{"alt", im.Alt},
			{"caption", strings.Join(c.plain([]document.Prose{im.Caption}), "")},
			{"credit", im.Credit}, {"credit_reason", im.CreditReason},
			{"taken", im.Taken.String()}, {"place", im.Place}} {
			c.line("    ", f[0], f[1])
		}
	}
}

func (c *copier) updates() {
	for i, u := range c.e.Updates {
		if i == 0 {
			c.WriteString("updates:\n")
		}
		c.line("  - ", "date", u.Date)
		c.line("    ", "type", u.Type)
		c.line("    ", "text", markdownText(u.Plain))
		c.list("    ", "questions", ids(u.Questions))
		c.line("    ", "was", u.Was)
		fmt.Fprintf(c, "    substantive: %t\n", u.Substantive)
	}
}

func (c *copier) body() {
	if c.intro != "" {
		c.WriteString("\n" + c.intro + "\n")
	}
	for i, q := range c.e.Questions {
		if !c.inFront[i] {
			fmt.Fprintf(c, "\n## %s {#%s}\n\n%s\n",
				markdownText(cmp.Or(q.Text, c.e.Answers[i].Question().Text)), q.ID, c.answers[i])
		}
	}
}

// markdownOf is the source of an answer, nil being the introduction. Its links lead where those
// of the page do, from wherever the copy lies.
func (b *builder) markdownOf(e *site.Explainer, q *document.Question) string {
	text, err := b.book.site.Markdown(e, q)
	b.fail(err)
	o := site.Origin{Explainer: e}
	return markdown.LinkCopy(strings.TrimSpace(text), func(target string) string {
		t := b.book.site.Resolve(o, target)
		if t.Kind == site.ToNothing { // the page has the words alone
			return b.link.explainer(e, "", "")
		}
		return b.targetURL(o, t)
	})
}

// yamlWriter writes front matter. Each line begins with its indent: "  - " is
// the first line of an item.
type yamlWriter struct{ strings.Builder }

func (y *yamlWriter) line(indent, key, value string) {
	if value != "" {
		fmt.Fprintf(y, "%s%s: %s\n", indent, key, yamlText(value))
	}
}

func (y *yamlWriter) list(indent, key string, values []string) {
	if len(values) == 0 {
		return
	}
	fmt.Fprintf(y, "%s%s:\n", indent, key)
	for _, v := range values {
		fmt.Fprintf(y, "%s  - %s\n", indent, yamlText(v))
	}
}
