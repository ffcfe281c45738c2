package serve

import (
	"context"
	"strings"

	"nutgraf/site"
	"nutgraf/site/document"
)

// change is a part of an explainer whose words are not those of the last commit.
type change struct {
	Title          string
	Anchor         string // on the page; "" for none
	New, Gone      bool   // as a whole
	Added, Removed int    // words
	Pieces         []piece
}

// changes compares an explainer with its last commit, part by part, and says
// why where it can't or where there is nothing to show.
func (s *Server) changes(ctx context.Context, st *site.Site, x *site.Explainer) (list []change, why string) {
	switch {
	case x == nil:
		return nil, "Only explainers can be compared."
	case s.o.Committed == nil:
		return nil, "There is no earlier version to compare with."
	}
	var failure error
	before := st.Config.Parts(x.Explainer, func(file string) (data []byte) {
		if failure == nil { // nobody waits for the same failure again
			data, failure = s.o.Committed(ctx, file)
		}
		return data
	})
	if failure != nil {
		return nil, sentence(failure.Error())
	}
	if before == nil {
		return nil, "This explainer is not committed yet: all of it is new."
	}
	list = compareParts(before, st.Config.Parts(x.Explainer, st.FileData))
	if len(list) == 0 {
		return nil, "No words have changed since the last commit."
	}
	return list, ""
}

// compareParts finds what was added, changed or removed.
func compareParts(before, now []document.Part) (list []change) {
	old := map[string]document.Part{}
	for _, p := range before {
		old[p.Anchor] = p
	}
	for _, p := range now {
		was, there := old[p.Anchor]
		delete(old, p.Anchor)
		if c := compare(was, p); c.Added+c.Removed > 0 {
			c.New = !there
			list = append(list, c)
		}
	}
	for _, p := range before {
		if _, left := old[p.Anchor]; left {
			c := compare(p, document.Part{})
			c.Title, c.Gone = p.Title, true
			list = append(list, c)
		}
	}
	return list
}

func compare(was, now document.Part) change {
	c := change{Title: now.Title, Anchor: now.Anchor}
	c.Pieces, c.Added, c.Removed = diff(strings.Fields(was.Title+" "+was.Text), strings.Fields(now.Title+" "+now.Text))
	return c
}

// sentence makes a message one.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// piece is some words in a row, all of which stayed, came or went.
type piece struct {
	Text string
	Kind string // "", "ins" or "del"
}

// mostWords is how many words on either side are compared one by one: the table
// for them takes 16 MB. Longer texts count as written anew where they differ.
const mostWords = 2000

// diff compares two texts by the longest common subsequence of their words.
// Long runs of words that stayed are cut in their middle.
func diff(a, b []string) (pieces []piece, added, removed int) {
	var l edits
	l.compare(a, b)
	for i, e := range l {
		switch e.kind {
		case "ins":
			added += len(e.words)
		case "del":
			removed += len(e.words)
		}
		pieces = append(pieces, piece{e.text(i > 0, i+1 < len(l)), e.kind})
	}
	return pieces, added, removed
}

// edits are runs of words that stayed, came or went, in order.
type edits []edit

type edit struct {
	kind  string
	words []string
}

func (l *edits) add(kind string, words []string) {
	if len(words) == 0 {
		return
	}
	if n := len(*l); n > 0 && (*l)[n-1].kind == kind {
		(*l)[n-1].words = append((*l)[n-1].words[:len((*l)[n-1].words):len((*l)[n-1].words)], words...)
		return
	}
	*l = append(*l, edit{kind, words})
}

// compare fills in the way from one text to another.
func (l *edits) compare(a, b []string) {
	head, tail := 0, 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	l.add("", a[:head])
	l.middle(a[head:len(a)-tail], b[head:len(b)-tail])
	l.add("", a[len(a)-tail:])
}

// middle compares two texts that begin and end differently.
func (l *edits) middle(a, b []string) {
	if len(a) > mostWords || len(b) > mostWords {
		l.add("del", a)
		l.add("ins", b)
		return
	}
	width := len(b) + 1
	common := make([]int32, (len(a)+1)*width) // of a[i:] and b[j:]
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i*width+j] = common[(i+1)*width+j+1] + 1
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			l.add("", a[i:i+1])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[(i+1)*width+j] >= common[i*width+j+1]:
			l.add("del", a[i:i+1])
			i++
		default:
			l.add("ins", b[j:j+1])
			j++
		}
	}
}

// near is how many words that stayed are shown beside those that did not.
const near = 12

// text joins the words. What stayed is cut where nothing near it changed.
func (e edit) text(before, behind bool) string {
	n := len(e.words)
	if e.kind != "" || n <= 2*near {
		return strings.Join(e.words, " ")
	}
	var first, last []string
	if before {
		first = e.words[:near]
	}
	if behind {
		last = e.words[n-near:]
	}
	return strings.TrimSpace(strings.Join(first, " ") + " … " + strings.Join(last, " "))
}
