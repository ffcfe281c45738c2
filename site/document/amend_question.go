package document

import (
	"bytes"
	"slices"
	"strings"

	"nutgraf/site/diag"
)

// WithID is the fix that gives a question the id that is made of its words; data are the bytes of
// its file. It is nil where a program can't tell how.
func (q *Question) WithID(data []byte) []diag.Edit {
	if q.ID == "" || int(q.At.End) > len(data) {
		return nil
	}
	if q.inList(data) {
		return q.withLine(data, "id: "+q.ID)
	}
	if bytes.Contains(q.behind(data), []byte("{#")) {
		return nil // one that is wrong
	}
	return diag.Write(q.spot(q.At.End), " {#"+q.ID+"}")
}

// WithOldID is the fix that keeps an id that the question had before.
func (q *Question) WithOldID(data []byte, id string) []diag.Edit {
	if int(q.At.End) > len(data) {
		return nil
	}
	if q.inList(data) {
		return q.KeepOldID(data, id)
	}
	at := q.spot(q.At.End)
	at.End += int32(len(q.behind(data)))
	return diag.Replace(at, "{#"+q.ID+"}", "{#"+id+"}")
}

// inList reports whether a question is an item of YAML, and not a heading of the body.
func (q *Question) inList(data []byte) bool {
	return strings.Trim(q.begin(data), " ") != "" && strings.Trim(q.begin(data), " -") == ""
}

// begin is what stands before a question on its line.
func (q *Question) begin(data []byte) string {
	before := data[:q.At.Start]
	return string(before[bytes.LastIndexByte(before, '\n')+1:])
}

// behind is what stands behind a heading's words on their line.
func (q *Question) behind(data []byte) []byte {
	line, _, _ := bytes.Cut(data[q.At.End:], []byte("\n"))
	return line
}

// withLine puts a line at the top of an item, whose keys stand on lines of their own.
func (q *Question) withLine(data []byte, line string) []diag.Edit {
	end := bytes.IndexByte(data[q.At.Start:], '\n')
	if data[q.At.Start] == '{' || end < 0 {
		return nil
	}
	if end > 0 && data[int(q.At.Start)+end-1] == '\r' {
		line += "\r"
	}
	return diag.Write(q.spot(q.At.Start), line+"\n"+strings.Repeat(" ", len(q.begin(data))))
}

func (q *Question) spot(at int32) diag.Place {
	return diag.Place{File: q.At.File, Span: diag.Span{Start: at, End: at}}
}

// Rename is the fix that gives a question another id and keeps the one that it has among its old
// ones; data are the bytes of its file. It is nil where a program can't tell how. The id behind a
// heading of the body is not looked at: Marks.HeadingIDs says where those are.
func (q *Question) Rename(data []byte, id string) []diag.Edit {
	keys := []string{"id: " + id, "aliases: [" + q.ID + "]"}
	var edits []diag.Edit
	if q.Named() {
		keys, edits = keys[1:], WriteValue(data, q.idAt, id)
	}
	if i := slices.Index(q.Aliases, id); i >= 0 {
		keys, edits = keys[:len(keys)-1], append(edits, WriteValue(data, q.aliasAt[i], q.ID)...)
	} else if n := len(q.Aliases); n > 0 {
		more := AddBehind(data, q.aliasAt[n-1], q.ID)
		if more == nil {
			return nil
		}
		keys, edits = keys[:len(keys)-1], append(edits, more...)
	}
	if len(keys) == 0 {
		return edits
	}
	more := q.withKeys(data, keys)
	if more == nil {
		return nil
	}
	return append(edits, more...)
}

// KeepOldID is the fix that keeps an id that the question had before, whatever else it has. It is
// nil where a program can't tell how.
func (q *Question) KeepOldID(data []byte, id string) []diag.Edit {
	if n := len(q.Aliases); n > 0 {
		return AddBehind(data, q.aliasAt[n-1], id)
	}
	return q.withKeys(data, []string{"aliases: [" + id + "]"})
}

// KeepID is the fix that writes down the id that a question has so far without saying so.
func (q *Question) KeepID(data []byte) []diag.Edit {
	return q.withKeys(data, []string{"id: " + q.ID})
}

// withKeys puts keys with their values into an item: behind its id, or else first.
func (q *Question) withKeys(data []byte, keys []string) []diag.Edit {
	if data[q.At.Start] == '{' {
		if q.Named() {
			return diag.Write(spotIn(q.idAt, q.idAt.End), ", "+strings.Join(keys, ", "))
		}
		return diag.Write(q.spot(q.At.Start+1), strings.Join(keys, ", ")+", ")
	}
	if !q.Named() {
		return q.withLine(data, strings.Join(keys, lineEnd(data)+strings.Repeat(" ", len(q.begin(data)))))
	}
	start := bytes.LastIndexByte(data[:q.idAt.Start], '\n') + 1
	key := bytes.LastIndex(data[start:q.idAt.Start], []byte("id"))
	if key < 0 || strings.Trim(string(data[start:start+key]), " -") != "" {
		return nil
	}
	text := ""
	for _, k := range keys {
		text += lineEnd(data) + strings.Repeat(" ", key) + k
	}
	return diag.Write(spotIn(q.idAt, endOfLine(data, q.idAt.End)), text)
}

// WriteValue is the fix that puts a word in the place of a value, in its quotes if it has some; data
// are the bytes of its file. The word needs none.
func WriteValue(data []byte, at diag.Place, word string) []diag.Edit {
	if raw := data[at.Start:at.End]; len(raw) > 1 && raw[0] == raw[len(raw)-1] &&
		(raw[0] == '"' || raw[0] == '\'') {
		at.Start, at.End = at.Start+1, at.End-1
	}
	return diag.Write(at, word)
}

// AddBehind is the fix that adds a word to a list, behind the item that stands at a place of a file
// with these bytes. It is nil where a program can't tell how. The word needs no quotes.
func AddBehind(data []byte, item diag.Place, word string) []diag.Edit {
	rest := bytes.TrimLeft(data[item.End:], " \t\r\n")
	if len(rest) > 0 && (rest[0] == ']' || rest[0] == ',') {
		return diag.Write(spotIn(item, item.End), ", "+word)
	}
	start := bytes.LastIndexByte(data[:item.Start], '\n') + 1
	begin := string(data[start:item.Start])
	if strings.Trim(begin, " ") != "-" {
		return nil
	}
	return diag.Write(spotIn(item, endOfLine(data, item.End)), lineEnd(data)+begin+word)
}

// endOfLine is where the line ends that a byte stands in, without its sign.
func endOfLine(data []byte, at int32) int32 {
	line, _, _ := bytes.Cut(data[at:], []byte("\n"))
	return at + int32(len(bytes.TrimSuffix(line, []byte("\r"))))
}

// lineEnd is how the lines of a file end.
func lineEnd(data []byte) string {
	if first, _, _ := bytes.Cut(data, []byte("\n")); bytes.HasSuffix(first, []byte("\r")) {
		return "\r\n"
	}
	return "\n"
}

// spotIn is a place in the file of another, before the byte at.
func spotIn(p diag.Place, at int32) diag.Place {
	p.Start, p.End = at, at
	return p
}
