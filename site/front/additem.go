package front

import (
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
			inner, isList := strings.CutPrefix(strings.TrimLeft(value, " "), "[")
			inner, closed := strings.CutSuffix(inner, "]")
			switch {
			case strings.TrimSpace(value) == "":
				return p.addBelow(next, word, add)
			case !isList || !closed || strings.Contains(inner, "]"):
				return nil
			case strings.TrimSpace(inner) == "":
				return add(end-len("]"), word)
			}
			return add(end-len("]"), ", "+word)
		}
		r = next
	}
	return p.addLines(key + ": [" + word + "]")
}

// AddLines is the fix that puts lines at the end of a Markdown file's front matter; nil where there
// is none, or none that can be read.
func AddLines(file string, data []byte, lines ...string) []diag.Edit {
	p := &parser{file: file, data: data}
	p.split()
	if p.start == 0 || p.end <= p.start || len(p.ds) > 0 {
		return nil
	}
	return p.addLines(lines...)
}

func (p *parser) addLines(lines ...string) []diag.Edit {
	text, end := "", string(p.data[p.end-p.lineEndLen(p.end):p.end])
	for _, l := range lines {
		text += l + end
	}
	return diag.Write(p.place(diag.Span{Start: int32(p.end), End: int32(p.end)}), text)
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
