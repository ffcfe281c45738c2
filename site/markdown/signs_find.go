package markdown

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/util"
)

// finder looks for a sign at byte i of what a block shows. It returns what the
// sign takes, nothing where there is none, and what stands within it.
type finder func(t []byte, i int) (from, to int, inner string)

const (
	maxSign   = 1000    // bytes that one sign may take
	maxSought = 2 << 20 // and that are looked at for all of one text
)

// anywhere finds what matches an expression. What its first group matches stands
// within.
func anywhere(expr string) finder {
	re := regexp.MustCompile("^(?:" + expr + ")")
	return func(t []byte, i int) (from, to int, inner string) {
		rest := t[i:min(len(t), i+maxSign)]
		m := re.FindSubmatchIndex(rest)
		if m == nil {
			return 0, 0, ""
		}
		if len(m) > 2 && m[2] >= 0 {
			inner = clip(rest[m[2]:m[3]])
		}
		return i, i + m[1], inner
	}
}

// where is find, where ok says so of what stands before byte i, and behind the sign.
func where(find finder, ok func(t []byte, i, to int) bool) finder {
	return func(t []byte, i int) (from, to int, inner string) {
		if from, to, inner = find(t, i); from == to || !ok(t, i, to) {
			return 0, 0, ""
		}
		return from, to, inner
	}
}

// slugged finds what names a document, whose id stands within it then: it is "its-file" where none
// can be made of the name.
func slugged(find finder) finder {
	return func(t []byte, i int) (from, to int, inner string) {
		if from, to, inner = find(t, i); from < to {
			name := strings.TrimSuffix(path.Base(strings.TrimSpace(inner)), path.Ext(inner))
			inner = cmp.Or(Slug(name), "its-file")
		}
		return from, to, inner
	}
}

// apart finds what is no part of a word.
func apart(expr string) finder {
	return where(anywhere(expr), func(t []byte, i, to int) bool { return !wordAt(t, i-1) && !wordAt(t, to) })
}

// atLine finds what begins a line.
func atLine(expr string) finder {
	find := anywhere(expr)
	return func(t []byte, i int) (from, to int, inner string) {
		if !beginsLine(t, i) {
			return 0, 0, ""
		}
		return find(t, i)
	}
}

// wholeLine finds what is all of a line.
func wholeLine(expr string) finder {
	return where(atLine("(?:"+expr+`)[ \t]*`), func(t []byte, _, to int) bool { return to == lineEnd(t, to) })
}

// toEnd finds what begins with a line, and takes the rest of the block.
func toEnd(expr string) finder {
	find := atLine(expr)
	return func(t []byte, i int) (from, to int, inner string) {
		if from, to, _ = find(t, i); from == to {
			return 0, 0, ""
		}
		return i, len(t), ""
	}
}

// lastInBlock finds what ends a block, behind a blank.
func lastInBlock(expr string) finder {
	return where(anywhere(expr), func(t []byte, i, to int) bool {
		return to == len(t) && (i == 0 || util.IsSpace(t[i-1]))
	})
}

// behindWord finds what stands right behind something.
func behindWord(expr string) finder {
	return where(anywhere(expr), func(t []byte, i, _ int) bool { return i > 0 && !util.IsSpace(t[i-1]) })
}

// behindMarkup finds what stands right behind brackets, a link, a picture or code,
// or is all of a line.
func behindMarkup(expr string) finder {
	return where(anywhere(expr), func(t []byte, i, to int) bool {
		if beginsLine(t, i) {
			return to == lineEnd(t, to)
		}
		return t[i-1] == ']' || t[i-1] == ')' || t[i-1] < '\t'
	})
}

// unescaped finds what closes a bracket that is not meant to be shown.
func unescaped(expr string) finder {
	return where(anywhere(expr), func(t []byte, i, _ int) bool { return !openerEscaped(t, i) })
}

// beginsLine reports whether a line begins at byte i.
func beginsLine(t []byte, i int) bool { return i == 0 || t[i-1] == '\n' }

// lineEnd returns where the line of byte i ends.
func lineEnd(t []byte, i int) int {
	if n := bytes.IndexByte(t[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(t)
}

// wordAt reports whether byte i is one of a word: an ASCII letter or digit.
func wordAt(t []byte, i int) bool {
	return i >= 0 && i < len(t) && (isDigit(t[i]) || 'a' <= t[i]|0x20 && t[i]|0x20 <= 'z')
}

// blankAt reports whether byte i is white space, or outside of the block.
func blankAt(t []byte, i int) bool { return i < 0 || i >= len(t) || util.IsSpace(t[i]) }

// escapes reports whether byte i is a backslash that takes the next byte's meaning.
func escapes(t []byte, i int) bool {
	return t[i] == '\\' && i+1 < len(t) && util.IsPunct(t[i+1])
}

// opener returns where the bracket stands that byte i closes, or -1.
func opener(t []byte, i int) int {
	from := max(0, i-maxSign)
	if n := bytes.LastIndexByte(t[from:i], '['); n >= 0 {
		return from + n
	}
	return -1
}

// openerEscaped reports whether the bracket that byte i closes has a backslash
// before it.
func openerEscaped(t []byte, i int) bool {
	open := opener(t, i)
	return open > 0 && t[open-1] == '\\'
}

// inPicture reports whether the bracket that byte i closes is a picture's.
func inPicture(t []byte, i, _ int) bool {
	open := opener(t, i)
	return open > 0 && t[open-1] == '!'
}

var (
	pandocCitation = anywhere(`\[(?:[^\[\]@\n]*[\s;])?-?@[A-Za-z0-9_][^\[\]]*\]`)
	pandocItem     = regexp.MustCompile(`^\s*([^@]*?)\s*-?@([A-Za-z0-9_][\w:.-]*[A-Za-z0-9_]|` +
		`[A-Za-z0-9_])[\s,]*(.*?)\s*$`)
)

// bracketedCitation finds [see @a, p. 3; -@b]. What stands within it is what to
// write: see [@a, p. 3; @b].
func bracketedCitation(t []byte, i int) (from, to int, inner string) {
	from, to, _ = pandocCitation(t, i)
	if from == to || t[i+1] == '@' {
		return 0, 0, ""
	}
	words := ""
	var items []string
	for n, item := range strings.Split(clip(t[i+1:to-1]), ";") {
		m := pandocItem.FindStringSubmatch(item)
		if m == nil {
			continue
		}
		if n == 0 && m[1] != "" {
			words = m[1] + " "
		}
		cite := "@" + m[2]
		if m[3] != "" {
			cite += ", " + m[3]
		}
		items = append(items, cite)
	}
	return from, to, words + "[" + strings.Join(items, "; ") + "]"
}

// dollars finds $maths$, $$maths$$ and $`maths`$. Prices are none: what opens stands at no
// word and before no blank, and what closes behind no blank and at no word.
func dollars(t []byte, i int) (from, to int, inner string) {
	size := 1
	if i+1 < len(t) && t[i+1] == '$' {
		size = 2
	}
	if hasPrefix(t[i:], "$"+standCode+"$") {
		return i, i + 3, ""
	}
	if wordAt(t, i-1) || i > 0 && t[i-1] == '$' || size == 1 && blankAt(t, i+1) ||
		size == 2 && i+2 < len(t) && t[i+2] == '$' {
		return 0, 0, ""
	}
	end := nextMark(t, i+size, "$$"[:size])
	switch {
	case end < 0 && size == 2 && beginsLine(t, i) && lineEnd(t, i) == i+2:
		return i, i + 2, ""
	case end < 0 || size == 1 && (blankAt(t, end-1) || wordAt(t, end+1)) || !isMaths(t[i+size:end], true):
		return 0, 0, ""
	}
	return i, end + size, ""
}

// texBrackets finds \(maths\) and \[maths\]. Elsewhere those are brackets that
// are meant to be shown.
func texBrackets(t []byte, i int) (from, to int, inner string) {
	if i+1 == len(t) || t[i+1] != '(' && t[i+1] != '[' {
		return 0, 0, ""
	}
	shut := map[byte]string{'(': `\)`, '[': `\]`}[t[i+1]]
	end := bytes.Index(t[i+2:min(len(t), i+maxSign)], []byte(shut))
	if end < 0 || !isMaths(t[i+2:i+2+end], false) {
		return 0, 0, ""
	}
	return i, i + 2 + end + 2, ""
}

// nextMark returns where mark stands next, from byte i on, without a backslash
// before it, or -1.
func nextMark(t []byte, i int, mark string) int {
	for end := min(len(t), i+maxSign); i < end; i++ {
		if hasPrefix(t[i:], mark) {
			return i
		}
		if escapes(t, i) {
			i++
		}
	}
	return -1
}

var (
	texInMaths = regexp.MustCompile(`\\[A-Za-z]|(?:^|[^\\])\^|_\{`)
	longWord   = regexp.MustCompile(`\pL{4}`)
	oneSymbol  = regexp.MustCompile(`^\pL{1,2}'*$|^[A-Za-z]\([^()]*\)$`)
)

// isMaths reports whether what stands between two signs reads like a formula. In
// doubt it is none. A name alone, such as n, is one where bare says so.
func isMaths(c []byte, bare bool) bool {
	c = bytes.TrimSpace(c)
	switch {
	case len(c) == 0:
		return false
	case texInMaths.Match(c):
		return true
	case longWord.Match(c):
		return false
	case isDigit(c[0]) || !bare:
		return bytes.ContainsAny(c, "=_")
	}
	return oneSymbol.Match(c) || bytes.ContainsAny(c, "_=<>+*/|≤≥≠≈×·±−"+standEmphasis)
}

// emoji finds :smile:, which stands apart from words and other colons.
var emoji = where(apart(`:(?:[+-]1|[a-z][a-z0-9_]+):`), func(t []byte, i, to int) bool {
	return (i == 0 || t[i-1] != ':') && (to == len(t) || t[to] != ':')
})

// runAt is how many bytes from byte i on are as that one: none where the byte
// before is as well.
func runAt(t []byte, i int) int {
	if i > 0 && t[i-1] == t[i] {
		return 0
	}
	n := 1
	for i+n < len(t) && t[i+n] == t[i] {
		n++
	}
	return n
}

// secondRun returns where the next run of two or three ends that is as the byte
// before i, or 0.
func secondRun(t []byte, i int) int {
	c := t[i-1]
	for j := i; j < min(len(t), i+maxSign); j++ {
		if t[j] != c {
			continue
		}
		n := runAt(t, j)
		if n == 2 || n == 3 {
			return j + n
		}
		j += max(n, 1) - 1
	}
	return 0
}

// strayRun finds ** and *** that are shown, with those that were to close them.
// As signs of their own, of multiplication or in a word that is not spelled out,
// they are right.
func strayRun(t []byte, i int) (from, to int, inner string) {
	n := runAt(t, i)
	if n != 2 && n != 3 || wordAt(t, i-1) && wordAt(t, i+n) {
		return 0, 0, ""
	}
	second := secondRun(t, i+n)
	if blankAt(t, i-1) && blankAt(t, i+n) && (n == 3 || second == 0) && !(n == 2 && beginsLine(t, i)) {
		return 0, 0, ""
	}
	return i, max(i+n, second), ""
}

// strayPair finds __ and ~~ that are shown where they look as if they stood
// around something.
func strayPair(t []byte, i int) (from, to int, inner string) {
	if runAt(t, i) != 2 {
		return 0, 0, ""
	}
	second := secondRun(t, i+2)
	opens := !blankAt(t, i+2) && !wordAt(t, i-1)
	if second == 0 && (t[i] == '_' || !opens) || !opens && (t[i] == '_' || wordAt(t, i-1)) {
		return 0, 0, ""
	}
	return i, max(i+2, second), ""
}

// openBacktick finds a backtick that opens code, where none closes it.
func openBacktick(t []byte, i int) (from, to int, inner string) {
	if n := runAt(t, i); n == 1 || n == 2 {
		if !wordAt(t, i-1) && !blankAt(t, i+n) {
			return i, i + n, ""
		}
	}
	return 0, 0, ""
}

var (
	bracketed2  = regexp.MustCompile(`^\]\(([^()]*(?:\([^()]*\)[^()]*)*)\)`)
	titleBehind = regexp.MustCompile(`^\S+\s+[“”„«‘’]`)
	addressLike = regexp.MustCompile(`^\]\((?:https?:|www\.|mailto:|\.{0,2}/\S|(?:term|q|event|` +
		`date|as-of|lang):|[\w/-]+\.\w)\S*`)
)

// failedAddress returns what stands between the round brackets behind the bracket
// that byte i closes, which make no link.
func failedAddress(t []byte, i int) []byte {
	m := bracketed2.FindSubmatch(t[i:min(len(t), i+maxSign)])
	if m == nil || openerEscaped(t, i) {
		return nil
	}
	return m[1]
}

// blankInAddress finds ](an address), in which no blank may stand.
func blankInAddress(t []byte, i int) (from, to int, inner string) {
	a := failedAddress(t, i)
	if name := bytes.TrimSpace(a); !bytes.ContainsAny(name, " \t\n") || titleBehind.Match(name) {
		return 0, 0, ""
	}
	return i + 2, i + 2 + len(a), clip(a)
}

// looseTitle finds ](address “title”).
func looseTitle(t []byte, i int) (from, to int, inner string) {
	a := failedAddress(t, i)
	if !titleBehind.Match(bytes.TrimSpace(a)) {
		return 0, 0, ""
	}
	return i + 2, i + 2 + len(a), ""
}

// innerLink finds ](address) behind words with a link in them.
func innerLink(t []byte, i int) (from, to int, inner string) {
	a := failedAddress(t, i)
	open := opener(t, i)
	if len(a) == 0 || open < 0 || bytes.IndexByte(t[open:i], standLink[0]) < 0 {
		return 0, 0, ""
	}
	return i, i + 2 + len(a) + 1, ""
}

// openAddress finds ](address, which nothing closes.
func openAddress(t []byte, i int) (from, to int, inner string) {
	rest := t[i:min(len(t), i+maxSign)]
	m := addressLike.Find(rest)
	if m == nil || bytes.IndexByte(rest, ')') >= 0 || openerEscaped(t, i) {
		return 0, 0, ""
	}
	return i + 1, i + len(m), ""
}

var macroName = regexp.MustCompile(`(?:^|[\s(])(image|video|audio|include|link|xref|kbd|btn|menu|icon|footnote|stem)$`)
var macroRest = anywhere(`::?[^\s\[\]:]*\[[^\[\]\n]*\]`)

// asciiDocMacro finds image::gate.png[words].
func asciiDocMacro(t []byte, i int) (from, to int, inner string) {
	m := macroName.FindSubmatchIndex(t[max(0, i-10):i])
	if _, to, _ = macroRest(t, i); m == nil || to == 0 {
		return 0, 0, ""
	}
	return max(0, i-10) + m[2], to, ""
}

// list finds lines that begin as items of a list do elsewhere; of two only where
// the second line begins as next says. Lines that are broken by hand are meant so.
func list(item, next string) finder {
	find, again := atLine(item), atLine(cmp.Or(next, item))
	return func(t []byte, i int) (from, to int, inner string) {
		if from, to, _ = find(t, i); from == to {
			return 0, 0, ""
		}
		end := lineEnd(t, i)
		isItem := func(i int) bool { _, to, _ := again(t, i); return to > 0 }
		if next != "" && (end == len(t) || t[end-1] == standBreak[0] || !isItem(end+1)) {
			return 0, 0, ""
		}
		for to = end; to < len(t) && isItem(to+1); to = lineEnd(t, to+1) {
		}
		return i, to, ""
	}
}

// rows finds lines that follow one another, from that of byte i on, each with sep
// in it, where byte i is the first. It returns where the first begins and the last
// ends, and how many there are: of a long table, enough to know it by.
func rows(t []byte, i int, sep byte) (from, to, n int) {
	from = i - len(lastLine(t[max(0, i-maxSign):i]))
	above := bytes.TrimSuffix(t[max(0, from-maxSign):from], []byte("\n"))
	if bytes.IndexByte(t[from:i], sep) >= 0 || bytes.IndexByte(lastLine(above), sep) >= 0 {
		return 0, 0, 0
	}
	t = t[:min(len(t), i+maxSign)]
	for start := from; start < len(t); n++ {
		end := lineEnd(t, start)
		if bytes.IndexByte(bytes.Trim(t[start:end], " \t"), sep) < 0 {
			break
		}
		to, start = end, end+1
	}
	return from, to, n
}

// lastLine is what stands behind the last line end.
func lastLine(t []byte) []byte { return t[bytes.LastIndexByte(t, '\n')+1:] }

// tableRows finds the rows of a table that has no row of dashes as wide as its
// head. What stands within is that row.
func tableRows(t []byte, i int) (from, to int, inner string) {
	from, to, n := rows(t, i, '|')
	if n == 0 {
		return 0, 0, ""
	}
	head := t[from:min(lineEnd(t, from), to)]
	columns := len(cells(head))
	if columns < 2 || n < 2 && (columns < 3 && head[0] != '|' || head[0] != '|' || head[len(head)-1] != '|') {
		return 0, 0, ""
	}
	return from, to, "|" + strings.Repeat(" --- |", columns)
}

// verse finds lines that each begin with the one | that they have.
func verse(t []byte, i int) (from, to int, inner string) {
	from, to, n := rows(t, i, '|')
	if n < 2 || bytes.Count(t[from:to], []byte("|")) != n ||
		bytes.Count(t[from:to], []byte("\n|")) != n-1 || t[from] != '|' {
		return 0, 0, ""
	}
	return from, to, ""
}

// tabRows finds lines with tabs in them, as a spreadsheet's cells have when they
// are pasted.
func tabRows(t []byte, i int) (from, to int, inner string) {
	from, to, n := rows(t, i, '\t')
	if n == 0 || n == 1 && bytes.Count(bytes.Trim(t[from:to], " \t"), []byte("\t")) < 2 {
		return 0, 0, ""
	}
	return from, to, ""
}
