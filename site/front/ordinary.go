package front

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// ordinary reads the YAML that nearly all front matter is, and makes the nodes that the library
// would make, at a fraction of the time. It has one idea: what can be read line by line without a
// doubt is ordinary, and at the first doubt the library reads all of it. Mistakes are never
// ordinary: only the library says that something is wrong.
//
//	what is read here                        what is left to the library
//	maps by indentation, of plain keys       quoted and complex keys, {maps: in, braces}, merges
//	lists by indentation, [of, words]        lists in lists, [of "texts"]
//	plain texts on one line                  texts on several lines, with ": ", " #" or a sign first
//	"texts" and 'texts' without escapes      \n within "", doubled '' within ''
//	texts behind |, |- and |+                texts behind > and |2
//	comments and blank lines between         comments behind a value, values that are empty
//	tabs within texts behind |               other tabs, returns, anchors, tags, documents
//
// FuzzOrdinary and TestOrdinaryLines hold it to the library's nodes, each at its place. Decision 10
// has what it saves.
type ordinary struct {
	text     []byte
	at       int // where the line to be read begins
	line     int // its number, from 1
	indent   int // its blanks; -1 at the end of the text
	end      int // where it ends, without its \n
	depth    int
	nodes    []yaml.Node
	used     int // of nodes
	children []*yaml.Node
	lists    []*yaml.Node // memory for what nodes hold
	ends     []literalEnd // of the texts behind |, in their order
	seen     int          // of ends
	tabs     bool         // there are any
}

// literalEnd is where a text behind | ends.
type literalEnd struct {
	node *yaml.Node
	at   int
}

// ordinaries keeps readers with the memory for nodes. These end with the
// parser's work on one file.
var ordinaries = sync.Pool{New: func() any { return &ordinary{nodes: make([]yaml.Node, 256)} }}

// odd is the indentation of a line that belongs to nothing.
const odd = -2

// maxKey is shorter than what YAML itself allows for a key.
const maxKey = 100

// read returns the document of text, or nil if it is not ordinary.
func (o *ordinary) read(text []byte) *yaml.Node {
	if len(text) == 0 || text[len(text)-1] != '\n' || bytes.IndexByte(text, '\r') >= 0 {
		return nil
	}
	o.tabs = bytes.IndexByte(text, '\t') >= 0
	o.text, o.at, o.line, o.end, o.depth = text, 0, 0, -1, 0
	o.next()
	if o.indent != 0 {
		return nil
	}
	root := o.block(0)
	if root == nil || o.indent != -1 {
		return nil
	}
	doc := o.node(yaml.DocumentNode, 0, root.Line, root.Column)
	doc.Content = []*yaml.Node{root}
	return doc
}

// release gives the nodes' memory back: none may be used any more.
func (o *ordinary) release() {
	clear(o.nodes[:o.used])
	clear(o.children[:cap(o.children)])
	clear(o.lists[:cap(o.lists)])
	clear(o.ends)
	o.text, o.used, o.children, o.lists, o.ends, o.seen = nil, 0, o.children[:0], o.lists[:0], o.ends[:0], 0
	ordinaries.Put(o)
}

func (o *ordinary) node(kind yaml.Kind, style yaml.Style, line, column int) *yaml.Node {
	if o.used == len(o.nodes) {
		o.nodes, o.used = make([]yaml.Node, 2*len(o.nodes)), 0 // the full ones live on with their tree
	}
	n := &o.nodes[o.used]
	o.used++
	n.Kind, n.Style, n.Line, n.Column = kind, style, line, column
	return n
}

// next goes to the next line that holds more than blanks or a comment. A tab within
// it is for the library to judge.
func (o *ordinary) next() {
	for start := o.end + 1; start < len(o.text); start = o.end + 1 {
		o.line++
		o.end = start + bytes.IndexByte(o.text[start:], '\n')
		o.at = start
		for o.indent = 0; o.text[start+o.indent] == ' '; o.indent++ {
		}
		if c := o.text[start+o.indent]; c != '\n' && c != '#' {
			if o.tabs && bytes.IndexByte(o.text[start:o.end], '\t') >= 0 {
				o.indent = odd
			}
			return
		}
	}
	o.indent = -1
}

// block reads the map or the list that begins at the column of this line.
func (o *ordinary) block(column int) *yaml.Node {
	if o.depth++; o.depth > maxDepth/2 {
		return nil
	}
	defer func() { o.depth-- }()
	if o.isItem(o.at + column) {
		return o.sequence(column)
	}
	return o.mapping(column)
}

// isItem reports whether a list's item begins at off, with something in it.
func (o *ordinary) isItem(off int) bool {
	return o.text[off] == '-' && o.text[off+1] == ' '
}

// mapping reads the pairs whose keys begin at column; the first one is on this
// line, which may begin with the dash of an item.
func (o *ordinary) mapping(column int) *yaml.Node {
	n := o.node(yaml.MappingNode, 0, o.line, column+1)
	first := len(o.children)
	for {
		start := o.at + column
		length := keyLen(o.text[start : o.end+1])
		if length == 0 || length > maxKey {
			return nil
		}
		key := o.node(yaml.ScalarNode, 0, o.line, column+1)
		key.Value = keyName(o.text[start : start+length-1])
		value := o.value(start+length, column)
		if value == nil {
			return nil
		}
		o.children = append(o.children, key, value)
		if o.indent != column {
			break
		}
		if o.isItem(o.at + column) {
			return nil
		}
	}
	return o.collect(n, first, column)
}

// collect ends a map or a list, if what follows does not belong to it in a way
// that is not ordinary.
func (o *ordinary) collect(n *yaml.Node, first, column int) *yaml.Node {
	if o.indent > column {
		return nil
	}
	from, size := len(o.lists), len(o.children)-first
	if cap(o.lists)-from < size {
		o.lists, from = make([]*yaml.Node, 0, max(256, 2*cap(o.lists), size)), 0 // the full one lives on with its tree
	}
	o.lists = append(o.lists, o.children[first:]...)
	n.Content = o.lists[from : from+size : from+size]
	o.children = o.children[:first]
	return n
}

// sequence reads the items whose dashes stand at column.
func (o *ordinary) sequence(column int) *yaml.Node {
	n := o.node(yaml.SequenceNode, 0, o.line, column+1)
	first := len(o.children)
	for o.indent == column && o.isItem(o.at+column) {
		start := o.at + column + 2
		for o.text[start] == ' ' {
			start++
		}
		var item *yaml.Node
		if keyLen(o.text[start:o.end+1]) > 0 {
			if o.depth++; o.depth > maxDepth/2 {
				return nil
			}
			item = o.mapping(start - o.at)
			o.depth--
		} else {
			item = o.scalar(start, column)
		}
		if item == nil {
			return nil
		}
		o.children = append(o.children, item)
	}
	return o.collect(n, first, column)
}

// value reads what stands behind a key's colon, at off. column is the map's.
func (o *ordinary) value(off, column int) *yaml.Node {
	for o.text[off] == ' ' {
		off++
	}
	if off < o.end {
		return o.scalar(off, column)
	}
	o.next()
	if o.indent > column || o.indent == column && o.isItem(o.at+column) {
		return o.block(o.indent)
	}
	return nil
}

// scalar reads the text that begins at off; what is indented more than column
// belongs to it.
func (o *ordinary) scalar(off, column int) *yaml.Node {
	end := o.end
	for end > off && o.text[end-1] == ' ' {
		end--
	}
	if off >= end {
		return nil
	}
	raw := o.text[off:end]
	n := o.node(yaml.ScalarNode, 0, o.line, off-o.at+1)
	switch c := raw[0]; {
	case c == '|':
		return o.literal(n, raw, column)
	case c == '[':
		return o.words(n, raw, off, column)
	case c == '"' || c == '\'':
		n.Style = yaml.DoubleQuotedStyle
		if c == '\'' {
			n.Style = yaml.SingleQuotedStyle
		}
		raw = raw[1:]
		if i := bytes.IndexByte(raw, c); i < 0 || i != len(raw)-1 || c == '"' && bytes.IndexByte(raw, '\\') >= 0 {
			return nil
		}
		n.Value = string(raw[:len(raw)-1])
	case !isWord(c) && c < utf8.RuneSelf:
		return nil
	case raw[len(raw)-1] == ':' || bytes.Contains(raw, []byte(": ")) || bytes.Contains(raw, []byte(" #")):
		return nil
	default:
		n.Value = string(raw)
	}
	if o.next(); o.indent > column {
		return nil // the text goes on there
	}
	return n
}

// isWord reports whether a text that begins with c needs no quotes for it.
func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '/'
}

// words reads a list of words between brackets on one line.
func (o *ordinary) words(n *yaml.Node, raw []byte, off, column int) *yaml.Node {
	n.Kind, n.Style = yaml.SequenceNode, yaml.FlowStyle
	if raw[len(raw)-1] != ']' {
		return nil
	}
	first := len(o.children)
	at := 1
	for {
		start := at
		for isWord(raw[at]) || raw[at] == '-' && at > start {
			at++
		}
		if at == start || raw[at] == '-' || raw[start] == '/' {
			return nil
		}
		word := o.node(yaml.ScalarNode, 0, o.line, off-o.at+start+1)
		word.Value = string(raw[start:at])
		o.children = append(o.children, word)
		if raw[at] == ']' && at == len(raw)-1 {
			break
		}
		if raw[at] != ',' || at+2 >= len(raw) || raw[at+1] != ' ' {
			return nil
		}
		at += 2
	}
	o.next()
	return o.collect(n, first, column)
}

// literal reads the lines behind |, |- or |+.
func (o *ordinary) literal(n *yaml.Node, raw []byte, column int) *yaml.Node {
	if len(raw) > 2 || len(raw) == 2 && raw[1] != '-' && raw[1] != '+' {
		return nil
	}
	n.Style = yaml.LiteralStyle
	start := o.end + 1
	indent := o.literalIndent(start)
	if indent <= column {
		return nil
	}
	value, breaks, last, end := o.literalLines(start, indent)
	switch {
	case len(raw) == 1:
		value = value[:len(value)-breaks+1]
	case raw[1] == '-':
		value = value[:len(value)-breaks]
		last--
	default:
		last = end
	}
	n.Value = value
	o.ends = append(o.ends, literalEnd{n, last})
	o.end = end - 1
	if o.next(); o.indent > column {
		return nil
	}
	return n
}

// literalLines reads the lines from start on that have the indentation, without it: breaks is how
// many line ends stand at their end, last is behind the last one that is not empty, and end is
// behind them all.
func (o *ordinary) literalLines(start, indent int) (value string, breaks, last, end int) {
	var b strings.Builder
	b.Grow(o.literalSize(start, indent))
	last, end = start, start
	for end < len(o.text) {
		blanks := o.blanks(end, indent)
		isBreak := o.text[end+blanks] == '\n'
		if blanks < indent && !isBreak {
			break
		}
		next := end + bytes.IndexByte(o.text[end:], '\n') + 1
		b.Write(o.text[end+blanks : next])
		if breaks++; !isBreak {
			breaks, last = 1, next
		}
		o.line++
		end = next
	}
	return b.String(), breaks, last, end
}

// blanks counts the blanks from a byte of the text on, up to most.
func (o *ordinary) blanks(from, most int) (n int) {
	for n < most && o.text[from+n] == ' ' {
		n++
	}
	return n
}

// endOf returns where a text behind | ends, as long as those are asked for in their
// order.
func (o *ordinary) endOf(n *yaml.Node) (at int, known bool) {
	if o.seen == len(o.ends) || o.ends[o.seen].node != n {
		return 0, false
	}
	o.seen++
	return o.ends[o.seen-1].at, true
}

// literalSize returns how many bytes the lines from start on have behind their
// indentation, as far as they have it.
func (o *ordinary) literalSize(start, indent int) (size int) {
	for start < len(o.text) {
		blanks := o.blanks(start, indent)
		if blanks < indent && o.text[start+blanks] != '\n' {
			break
		}
		length := bytes.IndexByte(o.text[start:], '\n') + 1
		size += length - blanks
		start += length
	}
	return size
}

// literalIndent returns the indentation of the first line from start on that is not
// empty; -1 where there is none, where an empty one has more blanks, or where a tab
// stands behind it.
func (o *ordinary) literalIndent(start int) int {
	most := 0
	for start < len(o.text) {
		blanks := 0
		for o.text[start+blanks] == ' ' {
			blanks++
		}
		if o.text[start+blanks] != '\n' {
			if blanks < most || o.text[start+blanks] == '\t' {
				return -1
			}
			return blanks
		}
		most = max(most, blanks)
		start += blanks + 1
	}
	return -1
}

// keyName returns a key, in memory of its own only if it is none of ours.
func keyName(b []byte) string {
	if name, ok := keyNames[string(b)]; ok {
		return name
	}
	return string(b)
}
