package theme

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// A browser breaks a line behind any hyphen. A short name such as ISIS-K stays
// whole where it stands large or as a link: in a heading, a list, a short answer.
// In running text a break costs less than an element for each name would. Where a name stands is
// read from the finished page: its templates may be the writer's own.
const (
	wholeStart, wholeEnd = `<span class="nb">`, `</span>`
	wholeMost            = 12 // characters; longer names may need the break
)

// keepWhole marks such names in a page. It looks at each byte a few times at most,
// however many names there are.
func keepWhole(html []byte) []byte {
	i := max(0, bytes.Index(html, []byte("<body")))
	seen, isLarge := i, false // up to where tags were looked at, and what stands there
	var out []byte
	done := 0 // what of html is in out
	for {
		next := bytes.IndexByte(html[i:], '-')
		if next < 0 {
			break
		}
		i += next + 1
		if apart(html, i) || !binds(html, i) {
			continue
		}
		from, to := nameAround(html, i)
		if utf8.RuneCount(html[from:to]) > wholeMost {
			continue
		}
		if bytes.ContainsAny(html[seen:from], "<>") {
			isLarge = large(html[:from])
		}
		if seen = from; isLarge {
			out = append(append(out, html[done:from]...), wholeStart...)
			out = append(append(out, html[from:to]...), wholeEnd...)
			done, i = to, to
		}
	}
	if out == nil {
		return html
	}
	return append(out, html[done:]...)
}

// apart reports whether the hyphen before i is surely none that binds, as nearly all are: no
// letter follows it, or it stands between two signs of words or more on either side, the
// next of them a small letter.
func apart(html []byte, i int) bool {
	if i < 3 || i+1 >= len(html) {
		return false
	}
	after := html[i]
	if isLower(after) {
		return inNames[html[i-3]] && inNames[html[i-2]] && inNames[html[i+1]]
	}
	return after < utf8.RuneSelf && !('A' <= after && after <= 'Z')
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// inNames are the bytes for which inName holds, of ASCII.
var inNames = func() (t [256]bool) {
	for c := range utf8.RuneSelf {
		t[c] = inName(rune(c), 1)
	}
	return t
}()

// binds reports whether the hyphen before i is one within a name: a capital
// follows, or a single letter stands on one side.
func binds(html []byte, i int) bool {
	before, n := utf8.DecodeLastRune(html[:i-1])
	after, m := utf8.DecodeRune(html[i:])
	if !unicode.IsLetter(before) && !unicode.IsDigit(before) || !unicode.IsLetter(after) {
		return false
	}
	return unicode.IsUpper(after) || !inName(utf8.DecodeLastRune(html[:i-1-n])) || !inName(utf8.DecodeRune(html[i+m:]))
}

func inName(r rune, _ int) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' }

// nameAround is where the name begins and ends that has i within, or further than
// the longest one that stays whole.
func nameAround(html []byte, i int) (from, to int) {
	from, to = i, i
	for range wholeMost + 1 {
		r, n := utf8.DecodeLastRune(html[:from])
		if !inName(r, n) {
			break
		}
		from -= n
	}
	for range wholeMost + 1 {
		r, n := utf8.DecodeRune(html[to:])
		if !inName(r, n) {
			break
		}
		to += n
	}
	return from, to
}

// large reports whether what follows stands in a heading, a term, a cell, an item of a list, a
// source, a paragraph with a class, or a link that is in one of them or leads to a part of a page:
// right behind the tag, or behind other words. Other links may lay out what they hold in parts,
// such as those of the menu.
func large(before []byte) bool {
	start, end := bytes.LastIndexByte(before, '<'), bytes.LastIndexByte(before, '>')
	if start > end || start < 0 {
		return false // within a tag
	}
	tag := before[start : end+1]
	if bytes.HasPrefix(tag, []byte("<a ")) {
		before = before[:start]
		return bytes.IndexByte(tag, '#') > 0 || bytes.HasSuffix(before, []byte("<span>")) ||
			bytes.HasSuffix(before, []byte(">")) && !bytes.HasSuffix(before, []byte("<li>")) && large(before)
	}
	for _, whole := range [...]string{"<h1", "<h2", "<h3", "<dt", "<td", "<th", "<li>",
		"<p class=", "<span>", "</span>"} {
		if bytes.HasPrefix(tag, []byte(whole)) {
			return true
		}
	}
	return false
}
