package front

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraf/site/diag"
)

// maxYAML is the greatest front matter or data file, in bytes, that is read.
const maxYAML = 1 << 20

// split finds the front matter of a Markdown file: p.start and p.end are its
// YAML, without the --- lines. It returns the body. A file that does not begin
// with --- is all body.
func (p *parser) split() (body diag.Span) {
	p.fenced = true
	all := diag.Span{Start: int32(len(p.data)), End: int32(len(p.data))}
	if !p.encoding() {
		return all
	}
	at := leadingBOM(p.data)
	end, next := lineEnd(p.data, at)
	if !isFence(p.data[at:end]) {
		if next = p.unopened(at); next < 0 {
			all.Start = int32(at)
			return all
		}
	}
	p.start = next
	p.end, next = closing(p.data, next, "---", isFence)
	if p.end < 0 && len(p.ds) > 0 { // the first line is like it
		p.end, next = p.bothFences()
	}
	if p.end < 0 {
		if p.end, next = p.unclosed(at); p.end < 0 {
			p.end = p.start
			return all
		}
	}
	all.Start = int32(next)
	return all
}

// isFence reports whether a line is the --- that opens and closes front matter.
func isFence(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte("---"))
	return ok && len(bytes.TrimRight(rest, " \t")) == 0
}

// closing returns the bounds of the first line from at on that is, or -1. All such
// lines begin alike.
func closing(data []byte, at int, begin string, is func([]byte) bool) (start, next int) {
	for at < len(data) {
		end, next := lineEnd(data, at)
		if is(data[at:end]) {
			return at, next
		}
		n := bytes.Index(data[at:], []byte("\n"+begin))
		if n < 0 {
			break
		}
		at += n + 1
	}
	return -1, -1
}

// unopened looks at a file that does not begin with ---. When the writer
// clearly meant front matter it says so, and returns where its YAML begins.
func (p *parser) unopened(at int) int {
	end, next := lineEnd(p.data, at)
	first := diag.Span{Start: int32(at), End: int32(end)}
	line := string(bytes.TrimSpace(p.data[at:end]))
	switch {
	case line == "+++" || line == "{" || line == ";;;":
		p.mistake("front-matter", first, "front matter is YAML between --- lines",
			"+++ opens TOML and { opens JSON, which are not read here",
			"write --- for the first line and `key: value` for each key")
		return -1
	case strings.HasPrefix(line, "```") && p.isKeyLine(next):
		p.mistake("front-matter", first, "front matter stands between --- lines, not in a block of code", "",
			"write --- in place of this line, and of the line ``` that ends the block")
		return -1
	case line != "" && (isNearFence([]byte(line)) || strings.HasPrefix(line, "--- ")) && p.isKeyLine(next):
		p.mistake("front-matter", first, "the first line is not exactly ---",
			"three hyphens alone on the first line open the front matter", "make the line ---",
			diag.Write(p.place(first), "---")...)
		return next
	}
	blank, _ := spaceRun(p.data, at)
	blank = bytes.LastIndexByte(p.data[:blank], '\n') + 1
	if blank <= at {
		blank = at
	}
	end, next = lineEnd(p.data, blank)
	if isFence(p.data[blank:end]) && p.isKeyLine(next) {
		p.mistake("front-matter", diag.Span{Start: int32(blank), End: int32(end)},
			"the front matter does not begin on the first line", "", "remove what stands above ---")
		return next
	}
	if p.isKeyLine(blank) {
		if fence, _ := closing(p.data, blank, "---", isFence); fence >= 0 {
			p.mistake("front-matter", diag.Span{Start: int32(blank), End: int32(end)},
				"the file begins without ---", "its first lines look like front matter",
				"put a line --- above this one")
			return blank
		}
	}
	return -1
}

// unclosed says that no --- ends the front matter. A line that comes near is taken for it.
func (p *parser) unclosed(open int) (start, next int) {
	hint := "put a line --- between the last key and the text"
	start, next = closing(p.data, p.start, "", isNearFence)
	var related []diag.Related
	var fix []diag.Edit
	if start >= 0 {
		end, _ := lineEnd(p.data, start)
		hint = "make this line exactly ---, at the beginning of the line"
		related = []diag.Related{{Message: "this line comes near",
			At: p.place(diag.Span{Start: int32(start), End: int32(end)})}}
		fix = diag.Write(related[0].At, "---")
	}
	p.add(diag.Diagnostic{Severity: diag.Error, Rule: "front-matter",
		Message: "the front matter that opens here is never closed",
		Hint:    hint, Fix: fix, At: p.place(diag.Span{Start: int32(open), End: int32(open + 3)}), Related: related})
	return start, next
}

// bothFences finds the line that closes front matter as it was opened, by no exact ---, and tells both
// lines as the one mistake that they are.
func (p *parser) bothFences() (start, next int) {
	d := &p.ds[len(p.ds)-1]
	start, next = closing(p.data, p.start, "", isNearFence)
	if start < 0 || d.Rule != "front-matter" || len(d.Fix) == 0 {
		return -1, -1
	}
	end, _ := lineEnd(p.data, start)
	at := p.place(diag.Span{Start: int32(start), End: int32(end)})
	d.Message, d.Hint = "the lines around the front matter are not exactly ---", "make each of "+
		"the two lines ---"
	d.Why = "three hyphens alone on a line open it and close it"
	d.Related = []diag.Related{{Message: "the other one", At: at}}
	d.Fix = append(d.Fix, diag.Write(at, "---")...)
	return start, next
}

// isNearFence reports whether a line is dashes of any kind and number: what an
// editor or a slip of the finger makes of ---.
func isNearFence(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 1 && len(bytes.Trim(line, "-–—‐‑−")) == 0
}

// isKeyLine reports whether the line at off is `key:` with a key that we or another generator know.
func (p *parser) isKeyLine(off int) bool {
	end, _ := lineEnd(p.data, off)
	key, rest, ok := strings.Cut(string(p.data[off:min(end, off+64)]), ":")
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return false
	}
	_, known := p.shape.byKey[key]
	_, foreign := foreignKeys[strings.ToLower(key)]
	return known || foreign
}

func leadingBOM(data []byte) int {
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		return len("\uFEFF")
	}
	return 0
}

// encoding reports whether the file is text that can be read at all, and says
// where it is not UTF-8.
func (p *parser) encoding() bool {
	if bytes.HasPrefix(p.data, []byte{0xFE, 0xFF}) || bytes.HasPrefix(p.data, []byte{0xFF, 0xFE}) {
		p.mistake("encoding", diag.Span{End: 2}, "the file is UTF-16", "files are read as UTF-8", "save it as UTF-8")
		return false
	}
	for i := 0; i < len(p.data) && !utf8.Valid(p.data[i:]); {
		r, size := utf8.DecodeRune(p.data[i:])
		if r != utf8.RuneError || size != 1 {
			i += size
			continue
		}
		p.mistake("encoding", diag.Span{Start: int32(i), End: int32(i + 1)},
			fmt.Sprintf("byte %#02x is not UTF-8", p.data[i]),
			"files are read as UTF-8", "save the file as UTF-8; it may be Latin-1 or Windows-1252")
		return true // one is enough: the whole file was saved so
	}
	return true
}

// clean returns data[:p.end] in which every character that YAML refuses or
// takes for a line end of its own is a blank, after a report. Offsets stay.
func (p *parser) clean() []byte {
	text := p.data[:p.end]
	copied := false
	if bytes.Contains(text[p.start:], []byte("<<<<<<< ")) {
		text, copied = p.merged(text), true
	}
	for i := p.start; i < p.end; {
		c := text[i]
		if c >= ' ' && c < 0x7F || c == '\n' || c == '\t' || c == '\r' && i+1 < p.end && text[i+1] == '\n' {
			for i++; i+8 <= p.end && arePrintable(binary.LittleEndian.Uint64(text[i:])); i += 8 {
			}
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		p.character(r, size, i)
		if isRefused(r, size) {
			if !copied {
				text, copied = bytes.Clone(text), true
			}
			for j := i; j < i+size; j++ {
				text[j] = standIn(r)
			}
		} else if p.behindKey(text, i, r, size) {
			if !copied {
				text, copied = bytes.Clone(text), true
			}
			copy(text[i:], "   "[:size])
			if r == '：' {
				text[i] = ':'
			}
		}
		i += size
	}
	return text
}

// merged reports where git left two versions in the YAML, and returns text without them.
func (p *parser) merged(text []byte) []byte {
	text, marks := Merged(text)
	for _, at := range marks {
		p.mistake("merge", at, MergeMessage, MergeWhy, MergeHint)
	}
	return text
}

// What is said of a place where git left two versions.
const (
	MergeMessage = "git left two versions here, which did not meet"
	MergeWhy     = "the first stands up to the line =======, the second up to the line >>>>>>>"
	MergeHint    = "keep the lines of the one that is right, and delete the others and the " +
		"lines of the marks"
)

// Merged finds where git left two versions in a text: marks are the lines that begin them. Of each,
// the first one is left in the copy that it returns: the rest becomes blanks, so that no offset
// changes. Marks in a block of code are meant.
func Merged(text []byte) (first []byte, marks []diag.Span) {
	const own, both, theirs, base = "<<<<<<< ", "=======", ">>>>>>> ", "||||||| "
	if !bytes.Contains(text, []byte(own)) {
		return text, nil
	}
	text = bytes.Clone(text)
	kept, open, code := true, false, false
	for at := 0; at < len(text); {
		end, next := lineEnd(text, at)
		line := string(text[at:end])
		mark := false
		switch {
		case strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~"):
			code = !code
		case strings.HasPrefix(line, own) && !code:
			marks = append(marks, diag.Span{Start: int32(at), End: int32(end)})
			open, mark = true, true
		case open && (line == both || strings.HasPrefix(line, base)):
			kept, mark = false, true
		case open && strings.HasPrefix(line, theirs):
			kept, open, mark = true, false, true
		}
		if mark || !kept {
			for i := at; i < end; i++ {
				text[i] = ' '
			}
		}
		at = next
	}
	return text, marks
}

// arePrintable reports whether the eight bytes of x are ASCII and no control
// characters: a bit is lost where one is less than a blank, or more than ~.
func arePrintable(x uint64) bool {
	const ones = 0x0101010101010101
	return ((x-' '*ones)|(x+ones)|x)&(0x80*ones) == 0
}

// behindKey reports a character that stands for the colon behind a key, or for the blank behind that
// or behind the dash of a list, and whether it is one.
func (p *parser) behindKey(text []byte, i int, r rune, size int) bool {
	colon := r == '：'
	if !colon && !unicode.Is(unicode.Zs, r) {
		return false
	}
	line := string(text[bytes.LastIndexByte(text[:i], '\n')+1 : i])
	key := strings.TrimLeft(line, "- ")
	switch {
	case strings.TrimLeft(line, " ") == "-": // of a list
	case !colon && !strings.HasSuffix(key, ":"):
		return false
	default:
		key = strings.TrimRight(key, ": ")
		if _, foreign := foreignKeys[strings.ToLower(key)]; key == "" || keyNames[key] == "" && !foreign {
			return false
		}
	}
	end, _ := lineEnd(text, i)
	rest := strings.TrimSpace(string(text[i+size : end]))
	anew := strings.TrimLeft(strings.TrimRight(line, " :")+": "+rest, " ")
	if strings.HasSuffix(line, "-") {
		anew = "- " + rest
	}
	what := "a character that only looks like a blank"
	if colon {
		what = "a colon that YAML does not know"
	}
	p.mistake("encoding", diag.Span{Start: int32(i), End: int32(i + size)},
		what+" stands here ("+diag.CharacterName(r)+")", "YAML takes all of this for one text",
		"type it again: `"+short(anew)+"`")
	return true
}

// standIn returns what is read in the place of a refused character: a blank
// for what separates, a letter for what does not.
func standIn(r rune) byte {
	switch r {
	case '\r', 0x85, 0x2028, 0x2029, 0xFEFF:
		return ' '
	}
	return '_'
}

// isRefused reports whether r, of size bytes, may not stand in YAML of ours.
func isRefused(r rune, size int) bool {
	return r == utf8.RuneError && size == 1 || r < ' ' && r != '\t' && r != '\n' || r >= 0x7F && r < 0xA0 ||
		r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
}

// character reports a character that may not stand in front matter.
func (p *parser) character(r rune, size, at int) {
	span := diag.Span{Start: int32(at), End: int32(at + size)}
	hint, fix := "delete it", diag.Write(p.place(span), "")
	if standIn(r) == ' ' && r != 0xFEFF && at > p.start && at+size < p.end &&
		!isSpace(p.data[at-1]) && !isSpace(p.data[at+size]) { // it parts two words
		hint, fix[0].Text = "write a blank in its place", " "
	}
	p.turns = p.turns || diag.Embeds(r) || diag.Isolates(r)
	switch {
	case r == utf8.RuneError || !isRefused(r, size): // reported by encoding
	case r == 0:
		p.mistake("encoding", span, "a NUL byte stands here", "the file may be damaged, or no text at all", "delete it",
			fix...)
	case r == 0x2028, r == 0x2029, r == 0x85, r == '\r', r == 0xFEFF:
		p.mistake("encoding", span, "an invisible character stands here ("+diag.CharacterName(r)+
			")", "it came with pasted text; YAML takes some of them for the end of a line",
			hint, fix...)
	default:
		p.mistake("encoding", span, "a control character stands here ("+diag.CharacterName(r)+")",
			"it came with pasted text and has no meaning in YAML", "delete it", fix...)
	}
}
