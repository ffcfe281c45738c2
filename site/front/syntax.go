package front

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
)

// maxRepairs is how many entries that can't be read are left out to read the rest.
const maxRepairs = 8

// limits stops YAML before its recursion grows with the input.
type limits struct{}

var errDepth = errors.New("nested too deep")

// CheckDepth refuses what is nested deeper than maxDepth.
func (limits) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxDepth {
		return errDepth
	}
	return nil
}

// CheckAlias allows any number of aliases: each is reported, and none followed.
func (limits) CheckAlias(int, int) error { return nil }

// options are how YAML is read.
var options = yaml.Options(yaml.WithPlugin(limits{}), yaml.WithUniqueKeys(false))

// compose parses the YAML to nodes. YAML stops at its first syntax error: that
// is reported, the top-level entry it stands in is left out, and the rest read.
func (p *parser) compose() *yaml.Node {
	reported := 0
	p.nodes = ordinaries.Get().(*ordinary)
	if n := p.nodes.read(p.text[p.start:]); n != nil {
		return n
	}
	for range maxRepairs {
		n, fault := load(p.text[p.start:])
		if fault == nil {
			return n
		}
		line := fault.Mark.Line
		if line != reported {
			line = p.explain(fault)
		}
		reported = fault.Mark.Line
		if !p.leaveOut(line) && !p.leaveOut(fault.Mark.Line) {
			return nil
		}
	}
	return nil
}

// load parses one document; nil, nil is an empty one. A panic would be a bug
// of the YAML library: hostile input must not turn it into one of ours.
func load(text []byte) (n *yaml.Node, fault *yaml.LoadError) {
	defer func() {
		if r := recover(); r != nil {
			n, fault = nil, &yaml.LoadError{Message: fmt.Sprint(r), Mark: yaml.Mark{Line: 1, Column: 1}}
		}
	}()
	loader, err := yaml.NewLoader(bytes.NewReader(text), options)
	if err == nil {
		n = &yaml.Node{}
		err = loader.Load(n)
	}
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil && !errors.As(err, &fault) {
		fault = &yaml.LoadError{Message: err.Error(), Mark: yaml.Mark{Line: 1, Column: 1}}
	}
	return n, fault
}

// leaveOut blanks the top-level entry that line belongs to, but for its key. It
// reports whether there was anything to blank.
func (p *parser) leaveOut(line int) bool {
	first := min(max(line, 1), len(p.lines))
	for first > 1 && !p.beginsEntry(first) {
		first--
	}
	next := first + 1
	for next <= len(p.lines) && !p.beginsEntry(next) {
		next++
	}
	start, end := int(p.lines[first-1]), p.end
	if next <= len(p.lines) {
		end = int(p.lines[next-1])
	}
	if colon := keyLen(p.text[start:end]); colon > 0 {
		start += colon
		if value := bytes.TrimSpace(p.text[start:end]); len(value) > 0 {
			at := start + bytes.Index(p.text[start:end], value[:1])
			stop, _ := lineEnd(p.text, at)
			if p.broken == nil {
				p.broken = map[int32]diag.Span{}
			}
			p.broken[int32(start-1)] = diag.Span{Start: int32(at), End: int32(stop)}
		}
	}
	if len(bytes.TrimSpace(p.text[start:end])) == 0 {
		return false
	}
	p.blank(start, end)
	return true
}

// beginsEntry reports whether a line begins an entry of the outermost map or list.
func (p *parser) beginsEntry(line int) bool {
	at := int(p.lines[line-1])
	end, _ := lineEnd(p.text, at)
	text := p.text[at:end]
	if len(text) == 0 {
		return false
	}
	switch text[0] {
	case ' ', '\t', '#', ']', '}', '"', '\'':
		return false
	case '-':
		return p.shape == nil
	}
	return true
}

// keyLen returns the length of the `key:` that text begins with, or 0.
func keyLen(text []byte) int {
	n := 0
	for n < len(text) && (text[n] == '_' || text[n] == '-' && n > 0 ||
		text[n] >= 'a' && text[n] <= 'z' || text[n] >= 'A' && text[n] <= 'Z' ||
		text[n] >= '0' && text[n] <= '9') {
		n++
	}
	if n > 0 && n+1 < len(text) && text[n] == ':' && isSpace(text[n+1]) {
		return n + 1
	}
	return 0
}

// explain puts an error of YAML into a writer's words, and returns the number of
// the line that is to blame.
func (p *parser) explain(e *yaml.LoadError) (line int) {
	mark, context := p.offset(e.Mark.Line, e.Mark.Column), p.offset(e.ContextMark.Line, e.ContextMark.Column)
	if mark >= p.end && mark > p.start { // the end of the file is no place to look at
		mark = p.end - 1
	}
	f := fault{p, e, mark, context}
	switch m := e.Message; {
	case m == errDepth.Error():
		return p.tooDeep(f.rest(mark))
	case strings.Contains(e.ContextMsg, "quoted scalar"):
		return f.quoted()
	case strings.Contains(m, "unknown anchor"):
		return f.indicator(mark)
	case strings.Contains(e.ContextMsg, "block scalar") && strings.Contains(m, "expected comment"):
		return f.indicator(context)
	case strings.Contains(m, "tab") || p.tabBefore(mark):
		return f.tab()
	case strings.Contains(m, "cannot start any token"), strings.Contains(m, "expected node content"),
		strings.Contains(e.ContextMsg, "scanning an a"), strings.Contains(e.ContextMsg, "tag"),
		strings.Contains(m, "directive"):
		return f.indicator(mark)
	case strings.Contains(m, "mapping values are not allowed"):
		return f.colon()
	case strings.Contains(m, "expected ':'"):
		return f.noColon()
	case strings.Contains(e.ContextMsg, "flow"):
		return f.bracket()
	case strings.Contains(m, "expected key"), strings.Contains(m, "'-' indicator"):
		return f.indent()
	}
	return f.other()
}

// fault is a syntax error on its way to a writer's words.
type fault struct {
	*parser
	err           *yaml.LoadError
	mark, context int // offsets: where YAML gave up; where what it was reading begins
}

func (f *fault) report(at diag.Span, message, why, hint string, fix ...diag.Edit) (line int) {
	f.mistake("yaml", at, message, why, hint, fix...)
	return f.lineOf(int(at.Start))
}

// inQuotes is the fix that puts quotes round a text to the end of its line; nil where it goes on
// below, or where a part of it may be a comment.
func (p *parser) inQuotes(at diag.Span) []diag.Edit {
	text := strings.TrimRight(string(p.data[at.Start:at.End]), " \t")
	_, next := lineEnd(p.text, int(at.End))
	line := p.lineStart(int(at.Start))
	below, _ := lineEnd(p.text, next)
	indent := leading(string(p.text[line:at.Start]), " -")
	if text == "" || strings.Contains(text, " #") || strings.HasSuffix(text, "|") ||
		below > next && leading(string(p.text[next:below]), " ") > indent {
		return nil
	}
	quoted := `"` + text + `"`
	if strings.ContainsAny(text, `"\`) {
		quoted = "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return diag.Replace(p.place(at), text, quoted)
}

// spaced is the fix that writes the blank behind the colon of a key.
func (p *parser) spaced(at diag.Span, text string) []diag.Edit {
	return diag.Replace(p.place(at), text, strings.Replace(text, ":", ": ", 1))
}

// rest is the place from off to the end of its line.
func (p *parser) rest(off int) diag.Span {
	off = min(max(off, p.start), p.end)
	end, _ := lineEnd(p.text, off)
	return diag.Span{Start: int32(off), End: int32(max(end, min(off+1, p.end)))}
}

func one(off int) diag.Span { return diag.Span{Start: int32(off), End: int32(off + 1)} }

func (p *parser) tooDeep(at diag.Span) (line int) {
	p.mistake("too-deep", at, fmt.Sprintf("lists and maps are nested more than %d deep", maxDepth),
		"", "put quotes round it if it is text")
	return p.lineOf(int(at.Start))
}

// quoted is an error within quotation marks.
func (f *fault) quoted() int {
	switch m := f.err.Message; {
	case strings.Contains(m, "escape"), strings.Contains(m, "hexadecimal"):
		return f.report(diag.Span{Start: int32(max(f.mark-1, f.start)), End: int32(f.mark + 1)},
			"a backslash in double quotes must begin an escape that YAML knows, such as \\n",
			"", "write \\\\ for a backslash, or use single quotes")
	case strings.Contains(m, "tab"):
		return f.tab()
	}
	return f.report(f.rest(f.context), "the quotation mark that opens here is never closed", "",
		fmt.Sprintf("end the text with %c", f.byteAt(f.context)))
}

// tabBefore reports whether the indentation that off stands in or behind holds a tab.
func (p *parser) tabBefore(off int) bool {
	start := p.lineStart(off)
	return bytes.IndexByte(p.text[start:start+leading(string(p.text[start:min(off+1, p.end)]), " \t")], '\t') >= 0
}

func (p *parser) lineStart(off int) int {
	if len(p.lines) == 0 {
		return p.start
	}
	return int(p.lines[p.lineOf(off)-1])
}

func (f *fault) tab() int {
	at := f.lineStart(f.mark)
	if n := bytes.IndexByte(f.text[at:], '\t'); n >= 0 {
		at += n
	}
	return f.report(one(at), "a tab stands where YAML wants blanks",
		"YAML indents with blanks only", "use two blanks for each step")
}

// indicator is text that begins with a character that YAML keeps for itself.
func (f *fault) indicator(off int) int {
	c := f.byteAt(off)
	switch c {
	case 0, ' ', '\n', '\r':
		return f.other()
	case '|', '>':
		return f.report(f.rest(off),
			fmt.Sprintf("%c opens a block of text, which begins on the next line", c), "",
			"put quotes round the text, or begin it on the next line, indented")
	case ',', ']', '}':
		return f.report(one(off), fmt.Sprintf("%c stands where a value is wanted", c), "",
			"remove it, or put quotes round the text")
	}
	return f.report(f.rest(off), fmt.Sprintf("a text can't begin with %c", c),
		"YAML keeps that character for itself", "put quotes round the text", f.inQuotes(f.rest(off))...)
}

// colon is a colon where YAML has no use for one.
func (f *fault) colon() int {
	line := f.lineOf(f.mark)
	start := f.lineStart(f.mark)
	text := string(f.text[start:f.mark])
	value := strings.TrimLeft(text, " ")
	value = strings.TrimLeft(strings.TrimPrefix(value, "- "), " ")
	if n := keyLen([]byte(value + " ")); n > 0 && n < len(value) {
		at := start + len(text) - len(value) + n
		at += leading(text[at-start:], " ")
		switch r := []rune(string(f.text[at:f.mark])); {
		case len(r) > 0 && strings.ContainsRune("“”„‘’", r[0]):
			return f.report(f.rest(at), "“ and ” are no quotation marks to YAML",
				"a colon follows, and so YAML takes this text for a key",
				"put straight quotes \" round the text, and keep “ ” inside them if you like",
				f.inQuotes(f.rest(at))...)
		case len(r) > 0 && (r[0] == '"' || r[0] == '\''):
			return f.behindQuotes(at)
		case len(r) > 0 && r[0] == '[':
			return f.report(f.rest(at), "a text can't begin with [", "YAML takes it for a list",
				"put quotes round the text", f.inQuotes(f.rest(at))...)
		}
		return f.report(f.rest(at), "this text holds a colon and stands without quotes",
			"a colon with a blank behind it makes a key of what stands before it",
			"put quotes round it: a colon follows", f.inQuotes(f.rest(at))...)
	}
	if line > 1 {
		at := int(f.lines[line-2])
		end, _ := lineEnd(f.text, at)
		above := string(f.text[at:end])
		bare := strings.TrimPrefix(strings.TrimLeft(above, " "), "- ")
		if leading(above, " ") == leading(text, " ") && bare != "" && !noSpace(bare) && !strings.HasPrefix(above, "#") {
			return f.noColonIn(diag.Span{Start: int32(at), End: int32(end)})
		}
		if noSpace(bare) {
			return f.report(diag.Span{Start: int32(end - len(bare)), End: int32(end)},
				"the blank behind the colon is missing",
				"without it YAML takes all of this for text",
				"write `"+strings.Replace(short(bare), ":", ": ", 1)+"`",
				f.spaced(f.rest(end-len(bare)), bare)...)
		}
	}
	return f.report(f.rest(start+leading(text, " ")),
		"this line is indented more than the one it belongs to",
		"the key above already has its value", "begin it right below the keys it stands with")
}

// noColon is a line that should be `key: value` and has no such colon.
func (f *fault) noColon() int {
	at := f.rest(f.context)
	text := string(f.text[at.Start:at.End])
	if noSpace(text) {
		return f.report(at, "the blank behind the colon is missing",
			"without it YAML takes all of this for text",
			"write `"+strings.Replace(short(text), ":", ": ", 1)+"`", f.spaced(at, text)...)
	}
	if strings.HasPrefix(text, "*") || strings.HasPrefix(text, "&") || strings.HasPrefix(text, "!") {
		return f.indicator(f.context)
	}
	return f.noColonIn(at)
}

// noColonIn is a line that has a key, maybe, and no colon behind it.
func (f *fault) noColonIn(at diag.Span) int {
	text := strings.TrimSpace(string(f.text[at.Start:at.End]))
	if strings.HasPrefix(text, "<<<<<<<") || text == "=======" || strings.HasPrefix(text, ">>>>>>>") {
		return f.report(at, "git left this mark where two versions did not meet", "",
			"keep the lines of the version that is right, and delete the others and each such mark")
	}
	i := strings.IndexAny(text+" ", " =\t")
	if key := strings.TrimRight(text[:i], ":"); keyNames[strings.ToLower(key)] != "" {
		value := strings.TrimLeft(text[i:], " =\t:")
		return f.report(at, "the colon behind `"+key+"` is missing", "",
			"write `"+strings.ToLower(key)+": "+short(value)+"`")
	}
	return f.report(at, "this line is no `key: value`",
		"front matter ends with a line ---; a longer text is indented below its key",
		"indent it if it belongs to the text above; write --- above it if the body begins here")
}

// bracket is an error in a list or map between brackets.
func (f *fault) bracket() int {
	c := f.byteAt(f.context)
	if c != '[' && c != '{' {
		return f.indicator(f.mark)
	}
	return f.report(f.rest(f.context),
		fmt.Sprintf("the list or map that %c opens is not closed, or lacks a comma", c), "",
		"put quotes round it if it is text; else close it, and part its items by commas")
}

// behindQuotes is text that goes on where the quotation mark that it begins with stands again.
func (f *fault) behindQuotes(at int) int {
	const hint = "put quotes round all of it; write quotes within it twice ('') or use the other kind"
	start := f.lineStart(at)
	line := string(f.text[start:f.rest(start).End])
	from := leading(line, " -")
	if n := keyLen([]byte(line[from:])); n > 0 {
		from += n
		from += leading(line[from:], " ")
	}
	text := strings.TrimRight(line[from:], " \t")
	if len(text) < 3 || text[0] != '"' && text[0] != '\'' || strings.ContainsAny(text, "\\#") {
		return f.report(f.rest(at), "text goes on behind the closing quotation mark", "", hint)
	}
	inner := text
	if text[len(text)-1] == text[0] {
		inner = text[1 : len(text)-1]
	}
	meant := "'" + strings.ReplaceAll(strings.ReplaceAll(inner, "''", "'"), "'", "''") + "'"
	return f.report(f.rest(at), "text goes on behind the closing quotation mark",
		"the same mark stands within the text, and ends it there", "write "+meant,
		diag.Replace(f.place(f.rest(start+from)), text, meant)...)
}

// indent is a line that fits neither what is above nor what is around it.
func (f *fault) indent() int {
	switch before := lastByte(bytes.TrimSpace(f.text[f.lineStart(f.mark):f.mark])); {
	case before == '\'' || before == '"':
		return f.behindQuotes(f.mark)
	case before == ']' || before == '}':
		return f.report(f.rest(f.mark), "text goes on behind the closing bracket",
			"YAML takes what begins with [ or { for a list or a map",
			"put quotes round the whole text")
	case f.byteAt(f.mark) == '-' && isSpace(f.byteAt(f.mark+1)):
		return f.report(f.rest(f.mark), "a list item stands where a key is wanted", "",
			"indent the items of a list alike, below their key")
	case f.commentAbove():
		return f.report(f.rest(f.mark), "text goes on behind a comment",
			"a comment ends the text above it",
			"remove the comment, or put quotes round all of the text")
	case f.inBlock():
		return f.report(f.rest(f.mark),
			"this line is indented less than the first line of its text",
			"what is indented less does not belong to a text",
			"begin it below the first line of the text")
	}
	return f.report(f.rest(f.mark), "this line is not indented like the ones it stands with",
		"lines of one list, map or text begin below each other",
		"give it as many blanks as its neighbours have")
}

// above yields the lines above the one of mark that are not empty, from the nearest up.
func (f *fault) above(yield func(line []byte) bool) {
	for n := f.lineOf(f.mark) - 1; n >= 1; n-- {
		end, _ := lineEnd(f.text, int(f.lines[n-1]))
		line := bytes.TrimRight(f.text[f.lines[n-1]:end], " \t")
		if len(line) > 0 && !yield(line) {
			return
		}
	}
}

func (f *fault) commentAbove() bool {
	for line := range f.above {
		return bytes.TrimLeft(line, " ")[0] == '#'
	}
	return false
}

// inBlock reports whether the line of mark seems to belong to the text of a block scalar.
func (f *fault) inBlock() bool {
	indent := f.mark - f.lineStart(f.mark)
	for line := range f.above {
		if len(line)-len(bytes.TrimLeft(line, " ")) < indent {
			last := lastByte(bytes.TrimRight(line, "+-0123456789"))
			return last == '|' || last == '>'
		}
	}
	return false
}

func lastByte(b []byte) byte {
	if len(b) == 0 {
		return 0
	}
	return b[len(b)-1]
}

func (f *fault) other() int {
	if strings.Contains(f.err.Message, "block sequence entries are not allowed") {
		return f.report(f.rest(f.mark), "a list can't begin behind its key", "",
			"begin it on the next line, each item behind a dash and a blank, or put quotes round it if it is text")
	}
	return f.report(f.rest(f.mark), "YAML can't read this", "it says: "+f.err.Message,
		"look at the quotes, colons and indentation of this line and the one above")
}

// short cuts s for a message.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
