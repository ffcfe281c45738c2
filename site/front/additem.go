package front

import (
	"bytes"
	"strings"

	"nutgraf/site/diag"
)

// AddItem is the fix that adds a word to a list at the top of a Markdown file's front matter, or
// the list with it; nil where a program can't tell how. The word needs no quotes.
func AddItem(file string, data []byte, key, word string) []diag.Edit {
	p := &parser{file: file, data: data}
	p.split()
	if p.start == 0 || p.end <= p.start || len(p.ds) > 0 {
		return nil
	}
	add := func(at int, text string) []diag.Edit {
		return diag.Write(p.place(diag.Span{Start: int32(at), End: int32(at)}), text)
	}
	for r := p.start; r < p.end; {
		end, next := lineEnd(data, r)
		if value, ok := strings.CutPrefix(string(data[r:end]), key+":"); ok {
			switch value = strings.TrimSpace(value); {
			case value == "":
				return p.addBelow(next, word, add)
			case value == "[]":
				return add(end-len("]"), word)
			case value[0] == '[' && strings.IndexByte(value, ']') == len(value)-1 && bytes.HasSuffix(data[r:end], []byte("]")):
				return add(end-len("]"), ", "+word)
			}
			return nil
		}
		r = next
	}
	return add(p.end, key+": ["+word+"]"+string(data[p.end-p.lineEndLen(p.end):p.end]))
}

// addBelow adds a word to the items on the lines from r on, each behind a dash.
func (p *parser) addBelow(r int, word string, add func(int, string) []diag.Edit) []diag.Edit {
	begin, last := "", 0
	for r < p.end {
		end, next := lineEnd(p.data, r)
		line := string(p.data[r:end])
		dash := leading(line, " ")
		if !strings.HasPrefix(line[dash:], "- ") || begin != "" && line[:dash+len("- ")] != begin {
			break
		}
		begin, last = line[:dash+len("- ")], next
		r = next
	}
	if begin == "" || last > p.end {
		return nil
	}
	return add(last, begin+word+string(p.data[last-p.lineEndLen(last):last]))
}

// lineEndLen is how many bytes the line end before r takes.
func (p *parser) lineEndLen(r int) int {
	if r > 1 && p.data[r-2] == '\r' {
		return 2
	}
	return 1
}
