package pages

import (
	"cmp"
	"fmt"
	"strings"

	"nutgraf/site"
)

// markdownCopy is the explainer as one Markdown file that builds again: front
// matter with what frames it, a section for each answer. Answers are the
// writer's own Markdown; those that are used from elsewhere come with theirs.
func (b *builder) markdownCopy(e *site.Explainer) any {
	b.publicURL()
	var s strings.Builder
	s.WriteString("---\n")
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&s, "%s: %s\n", key, yamlText(value))
		}
	}
	line("title", e.Title)
	line("standfirst", markdownText(e.Summary))
	line("published", rfc3339(e.Published))
	if e.Updated.After(e.Published) {
		line("updated", rfc3339(e.Updated))
	}
	line("lang", e.Lang)
	s.WriteString("questions:\n")
	for i, q := range e.Questions {
		a := e.Answers[i].Question
		fmt.Fprintf(&s, "  - question: %s\n    id: %s\n", yamlText(cmp.Or(q.Text, a.Text)), q.ID)
		text := b.markdownOf(e.Answers[i].Explainer, a)
		if short := cmp.Or(q.Short, a.Short); short != "" && !strings.Contains(text, "[!SHORT]") {
			fmt.Fprintf(&s, "    short: %s\n", yamlText(short))
		}
	}
	b.copyEvents(&s, e)
	b.copySources(&s, e)
	s.WriteString("---\n")
	b.copyText(&s, e)
	return textDocument(s.String())
}

func (b *builder) copyEvents(s *strings.Builder, e *site.Explainer) {
	if len(e.Timeline) == 0 {
		return
	}
	s.WriteString("timeline:\n")
	for _, ev := range e.Timeline {
		id := ev.ID
		if ev.Explainer != e {
			id = ev.Explainer.ID + "-" + id
		}
		fmt.Fprintf(s, "  - date: %s\n    id: %s\n    title: %s\n", yamlText(ev.Date.String()), id, yamlText(ev.Title))
	}
}

func (b *builder) copySources(s *strings.Builder, e *site.Explainer) {
	seen := map[string]bool{}
	for _, list := range append([]*site.Explainer{e}, answering(e)...) {
		for _, src := range list.Sources {
			if seen[src.ID] {
				continue
			}
			if len(seen) == 0 {
				s.WriteString("sources:\n")
			}
			seen[src.ID] = true
			fmt.Fprintf(s, "  - id: %s\n    title: %s\n", src.ID, yamlText(src.Title))
			for _, f := range [][2]string{{"publisher", src.Publisher}, {"issued", src.Issued.String()}, {"url", src.URL}} {
				if f[1] != "" {
					fmt.Fprintf(s, "    %s: %s\n", f[0], yamlText(f[1]))
				}
			}
		}
	}
}

// answering are the other explainers whose answers this one uses.
func answering(e *site.Explainer) []*site.Explainer {
	var out []*site.Explainer
	for _, a := range e.Answers {
		if a.Explainer != e {
			out = append(out, a.Explainer)
		}
	}
	return out
}

func (b *builder) copyText(s *strings.Builder, e *site.Explainer) {
	if intro := b.markdownOf(e, nil); intro != "" {
		s.WriteString("\n" + intro + "\n")
	}
	for i, q := range e.Questions {
		a := e.Answers[i]
		fmt.Fprintf(s, "\n## %s {#%s}\n\n%s\n", markdownText(cmp.Or(q.Text, a.Question.Text)), q.ID, b.markdownOf(a.Explainer, a.Question))
	}
}

// markdownOf is the source of an answer, nil being the introduction.
func (b *builder) markdownOf(e *site.Explainer, q *site.Question) string {
	text, err := b.book.site.Markdown(e, q)
	b.fail(err)
	return strings.TrimSpace(text)
}
