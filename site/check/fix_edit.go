package check

import (
	"bytes"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/prose"
)

// pin returns the edit that pins a finding in its file: [last March](date:2023-03).
// There is none where the date is not certain, where the words are in markup or in a
// block of HTML already, or spelled otherwise in the file than readers see them (an
// emphasis within, a line's end), and where a bracket would mean something else.
// yaml says that the passage stands in front matter or in a data file.
func pin(f prose.Date, file []byte, p *prose.Passage, yaml bool) (e diag.Edit, ok bool) {
	if !f.Certain || f.Within(p.Pinned) || f.Within(p.Linked) || p.Raw {
		return diag.Edit{}, false
	}
	at, ok := verbatim(file, p, f.Extent)
	if !ok || at.Start > 0 && strings.IndexByte(`!]\`, file[at.Start-1]) >= 0 || yaml && !takesBracket(file, at.Start) {
		return diag.Edit{}, false
	}
	if flanked(file, at) {
		return diag.Edit{}, false
	}
	span := diag.Span{Start: int32(at.Start), End: int32(at.End)}
	return diag.Edit{At: diag.Place{Span: span}, Text: pinned(p.Text[f.Start:f.End], f.Means)}, true
}

// flanked reports words that touch a mark of emphasis: whether it is one depends on what
// stands beside it, and a bracket is not a letter.
func flanked(file []byte, at prose.Extent) bool {
	const marks = "*_~"
	return at.Start > 0 && strings.IndexByte(marks, file[at.Start-1]) >= 0 ||
		at.End < len(file) && strings.IndexByte(marks, file[at.End]) >= 0
}

// pinned is the markup that pins words to a date (EDTF).
func pinned(words, date string) string { return "[" + words + "](date:" + date + ")" }

// verbatim returns where in the file the bytes of part of a passage stand, if
// they stand there one behind the other as they are.
func verbatim(file []byte, p *prose.Passage, e prose.Extent) (at prose.Extent, ok bool) {
	start := int(p.Source[e.Start])
	at = prose.Extent{Start: start, End: start + e.End - e.Start}
	if start < 0 || at.End > len(file) || string(file[at.Start:at.End]) != p.Text[e.Start:e.End] {
		return prose.Extent{}, false
	}
	for i := e.Start; i < e.End; i++ {
		if int(p.Source[i]) != start+i-e.Start {
			return prose.Extent{}, false
		}
	}
	return at, true
}

// takesBracket reports whether a bracket at a place of a YAML text is one of the
// text: within quotes, in a block behind | or >, or after the first word of a
// plain text on one line. Where that is unclear, it is not.
func takesBracket(yaml []byte, at int) bool {
	line := yaml[bytes.LastIndexByte(yaml[:at], '\n')+1 : at]
	value, keyed := valueOf(line)
	if !keyed {
		return inBlock(yaml[:at-len(line)], indent(line))
	}
	return value != "" && strings.IndexByte("[{", value[0]) < 0
}

// valueOf returns what stands behind the dashes and the key that a line of YAML
// begins with, and whether there are any.
func valueOf(line []byte) (value string, keyed bool) {
	rest := strings.TrimLeft(string(line), " ")
	for strings.HasPrefix(rest, "- ") {
		rest, keyed = strings.TrimLeft(rest[2:], " "), true
	}
	if key, behind, ok := strings.Cut(rest, ": "); ok && !strings.ContainsAny(key, " \"'[{") {
		return strings.TrimLeft(behind, " "), true
	}
	return rest, keyed
}

// inBlock reports whether a line with so many spaces before it, the next one after
// yaml, belongs to a block scalar: the last line with fewer ends in | or >.
func inBlock(yaml []byte, spaces int) bool {
	for len(yaml) > 0 {
		yaml = yaml[:len(yaml)-1]
		start := bytes.LastIndexByte(yaml, '\n') + 1
		line := bytes.TrimRight(yaml[start:], " \r")
		yaml = yaml[:start]
		if len(line) > 0 && indent(line) < spaces {
			header := bytes.TrimRight(line, "+-0123456789")
			return bytes.HasSuffix(header, []byte(" |")) || bytes.HasSuffix(header, []byte(" >"))
		}
	}
	return false
}

// indent counts the spaces that a line begins with.
func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }
