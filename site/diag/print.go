package diag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Format is a way to write diagnostics.
type Format uint8

// The formats. All of them carry the same facts.
const (
	Text   Format = iota // for people: the line with a caret, the reason and the fix
	JSON                 // one document: {"diagnostics": [...]}
	GitHub               // workflow commands of GitHub Actions: an annotation beside the line
	SARIF                // SARIF 2.1.0, for code scanning
)

var formats = [...]string{Text: "text", JSON: "json", GitHub: "github", SARIF: "sarif"}

// String returns "text", "json", "github" or "sarif".
func (f Format) String() string { return formats[f] }

// ParseFormat returns the format of that name. The error is for whoever typed
// the name.
func ParseFormat(name string) (Format, error) {
	for i, f := range formats {
		if f == name {
			return Format(i), nil
		}
	}
	if near, ok := Nearest(name, formats[:]); ok {
		return 0, fmt.Errorf("no format is called %q: did you mean %s?", name, near)
	}
	return 0, fmt.Errorf("no format is called %q: use text, json, github or sarif", name)
}

// Printer writes diagnostics. The zero Printer writes text without excerpts.
type Printer struct {
	Format Format
	// Color marks up Text with ANSI escape sequences.
	Color bool
	// Read gives the bytes of a file by the slash path that diagnostics
	// name, or nil where there are none. Without them a place is a file alone.
	Read func(file string) []byte
	// Width is how many cells of a terminal an excerpt may take, its gutter
	// included; 0 means 100. Longer lines are cut around the caret.
	Width int
}

// Print writes ds in their order. The error is the writer's.
func (p *Printer) Print(w io.Writer, ds []Diagnostic) error {
	r := &resolver{printer: p, files: map[string]*lineIndex{}}
	b := bufio.NewWriter(w)
	switch p.Format {
	case JSON:
		if err := printJSON(b, r, ds); err != nil {
			return err
		}
	case SARIF:
		if err := printSARIF(b, r, ds); err != nil {
			return err
		}
	case GitHub:
		for i := range ds {
			printGitHub(b, r.resolve(&ds[i]))
		}
	default:
		for i := range ds {
			printText(b, p.Color, r.resolve(&ds[i]))
		}
	}
	return b.Flush()
}

// Fact is a Diagnostic as it is printed: its place in lines and columns, with the
// line itself. Its JSON is what Format JSON writes.
type Fact struct {
	Severity string `json:"severity,omitempty"`
	Rule     string `json:"rule,omitempty"`
	Message  string `json:"message"`
	Why      string `json:"why,omitempty"`
	Hint     string `json:"hint,omitempty"`
	File     string `json:"file,omitempty"`
	// Line and Column are where it begins; 0, 0 where only the file is known.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// EndLine and EndColumn are the place right behind it.
	EndLine   int `json:"endLine,omitempty"`
	EndColumn int `json:"endColumn,omitempty"`
	// Excerpt is the line at Line: cut where it is long, with what a terminal would obey written as \x1b or \u202e.
	Excerpt string `json:"excerpt,omitempty"`
	Related []Fact `json:"related,omitempty"`
	// Fix is the change that a program can make.
	Fix []EditFact `json:"fix,omitempty"`

	// Caret stands below Excerpt and marks the place. JSON has the columns.
	Caret string `json:"-"`
}

// Facts returns ds in their order as they are printed.
func (p *Printer) Facts(ds []Diagnostic) []Fact {
	r := &resolver{printer: p, files: map[string]*lineIndex{}}
	facts := make([]Fact, 0, len(ds))
	for i := range ds {
		facts = append(facts, r.resolve(&ds[i]))
	}
	return facts
}

// resolver turns diagnostics into facts. It reads each file once.
type resolver struct {
	printer *Printer
	files   map[string]*lineIndex
}

func (r *resolver) resolve(d *Diagnostic) Fact {
	f := Fact{Severity: d.Severity.String(), Rule: d.Rule, Message: d.Message, Why: d.Why, Hint: d.Hint}
	r.place(&f, d.At)
	for _, rel := range d.Related {
		g := Fact{Message: rel.Message}
		r.place(&g, rel.At)
		f.Related = append(f.Related, g)
	}
	f.Fix = r.fix(d)
	return f
}

func (r *resolver) place(f *Fact, at Place) {
	f.File = at.File
	if at.File == "" || at.Span.IsZero() {
		return
	}
	src := r.file(at.File)
	if src == nil {
		return
	}
	from, to := src.position(int(at.Start)), src.position(int(max(at.Start, at.End)))
	f.Line, f.Column, f.EndLine, f.EndColumn = from.Line, from.Column, to.Line, to.Column
	f.Excerpt, f.Caret = src.excerpt(from.Line, int(at.Start), int(at.End), r.width())
}

func (r *resolver) file(file string) *lineIndex {
	if src, ok := r.files[file]; ok {
		return src
	}
	var src *lineIndex
	if r.printer.Read != nil {
		if data := r.printer.Read(file); data != nil {
			src = newLineIndex(data)
		}
	}
	r.files[file] = src
	return src
}

// width is how many cells the text of a line may take.
func (r *resolver) width() int {
	if r.printer.Width == 0 {
		return 100 - gutter
	}
	return max(r.printer.Width-gutter, 20)
}

func printJSON(w io.Writer, r *resolver, ds []Diagnostic) error {
	doc := struct {
		Diagnostics []Fact `json:"diagnostics"`
	}{make([]Fact, 0, len(ds))}
	for i := range ds {
		doc.Diagnostics = append(doc.Diagnostics, r.resolve(&ds[i]))
	}
	return encode(w, doc)
}

// encode writes a document of JSON for people to read, too.
func encode(w io.Writer, doc any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

// GitHub reads a command up to the line end, a property up to a comma or colon.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func printGitHub(w *bufio.Writer, f Fact) {
	command := f.Severity
	if command == Note.String() {
		command = "notice"
	}
	w.WriteString("::" + command + " ")
	if f.File != "" {
		w.WriteString("file=" + githubProperty.Replace(f.File) + ",")
	}
	if f.Line > 0 {
		fmt.Fprintf(w, "line=%d,col=%d,endLine=%d,", f.Line, f.Column, f.EndLine)
		if f.EndLine == f.Line { // a column of another line is refused
			fmt.Fprintf(w, "endColumn=%d,", f.EndColumn)
		}
	}
	var b strings.Builder
	body := bufio.NewWriter(&b)
	body.WriteString(inline(f.Message) + "\n")
	tail(body, plain, f)
	body.Flush()
	fmt.Fprintf(w, "title=%s::%s\n", githubProperty.Replace(f.Rule),
		githubData.Replace(strings.TrimRight(b.String(), "\n")))
}
