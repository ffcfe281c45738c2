package document

import (
	"bytes"
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
		if q.QuestionMore != nil && len(q.Aliases) > 0 {
			return nil
		}
		return q.withLine(data, "aliases: ["+id+"]")
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
