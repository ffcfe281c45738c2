package theme

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	tt "text/template"

	"nutgraf/site/diag"
)

// fault is a template author's mistake somewhere in a file.
func fault(file, message, hint string) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Rule: "template", Message: message, Hint: hint,
		At: diag.Place{File: "templates/" + file}}
}

// endless is the fix for templates that call themselves.
const endless = "let it call itself in an {{if}} only, or with less: {{template}} names the file to fill in"

// goOver reports a page that took more of its templates than there is. It is
// reported once: other pages with that template are not tried any more.
func (t *Theme) goOver(limit limitError, err error, page string) diag.Diagnostic {
	var d diag.Diagnostic
	at, _ := t.locate(err)
	if limit.template != "" {
		file := t.in[limit.template]
		at = diag.Place{File: "templates/" + file}
		if limit.at > 0 {
			end := bytes.IndexByte(t.files[file].Data[limit.at:], '}')
			at.Span = diag.Span{Start: int32(limit.at), End: int32(limit.at + max(1, end))}
		}
	}
	why := "the page that met it is /" + page
	switch limit.limit {
	case depthLimit:
		d = fault("", limit.template+" is filled in within itself, without end", endless)
	case stepsLimit:
		d = fault("", "one page takes more than 10 million steps here",
			"range over the page’s own lists, and not over a list within a list within a list")
		why = "each turn of a {{range}} and each {{template}} is one, and no page needs so many; " + why
	case pageLimit:
		d = fault("", "one page gets longer than 32 MB here",
			"write less in each turn of a {{range}}, and no list within a list")
		why = "no reader’s browser could show it; " + why
	case textLimit:
		d = fault("", "the functions of one page make more than 64 MB of text here",
			"join no text to itself, again and again")
	}
	d.At, d.Why = at, why
	t.mu.Lock()
	defer t.mu.Unlock()
	file := strings.TrimPrefix(at.File, "templates/")
	if first, reported := t.over[file]; reported {
		return first
	}
	t.over[file] = d
	return d
}

var beforeValue = regexp.MustCompile(`([a-z-]+)\s*=\s*["']?[^"'<>]*$`)

// unsafeValue reports a value that html/template would not put where it stands.
func (t *Theme) unsafeValue(page []byte, e unsafeError, path string, view any) diag.Diagnostic {
	line := page[bytes.LastIndexByte(page[:e.at], '\n')+1:]
	if j := bytes.IndexByte(line, '\n'); j >= 0 {
		line = line[:j]
	}
	attr := "a value"
	if m := beforeValue.FindSubmatch(page[max(0, e.at-200):e.at]); m != nil {
		attr = "the attribute " + string(m[1])
	}
	d := fault(t.in[e.template], fmt.Sprintf("on /%s %s holds what is not safe there", path, attr),
		"look at where the value comes from: an address needs http, https, mailto or tel")
	d.Rule = "unsafe-value"
	d.Why = "html/template wrote #ZgotmplZ in its place: " + clipLine(string(line))
	if field := unsafeField(reflect.ValueOf(view), "", 0); field != "" {
		d.Hint = "the field is probably ." + field + ": " + d.Hint
	}
	return d
}

func clipLine(s string) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > 160 {
		return string(r[:157]) + "…"
	}
	return s
}

// errorPlace reads the place that template errors begin with:
// "html/template:x.html:3:7: …" or "template: x.html:3: …".
// html/template does not always know a line, and may name what a {{define}} defines.
var errorPlace = regexp.MustCompile(`^(?:html/template|template): ?([^:]+):(?:(\d+):)?(?:(\d+):)? (.*)$`)

// locate finds the place that a template error names, and what it says of it.
func (t *Theme) locate(err error) (at diag.Place, message string) {
	text := err.Error()
	m := errorPlace.FindStringSubmatch(text)
	if m == nil {
		return at, text
	}
	file, known := t.in[original(m[1])]
	if !known {
		return at, text
	}
	return t.place(file, m[2], m[3], m[4]), m[4]
}

// diagnose puts a template error into a template author's words.
func (t *Theme) diagnose(err error, page string) []diag.Diagnostic {
	at, message := t.locate(err)
	message, hint := t.translate(message)
	d := diag.Diagnostic{Severity: diag.Error, Rule: "template", Message: message, Hint: hint, At: at}
	if executed := (tt.ExecError{}); page != "" || errors.As(err, &executed) {
		d.Why = "the page that met it is /" + page
	}
	if hint == "" { // nobody has put it in other words yet
		d.Why = strings.TrimPrefix(d.Why+"; Go says: "+err.Error(), "; ")
	}
	return []diag.Diagnostic{d}
}

// place finds the bytes that a template error speaks of.
func (t *Theme) place(file, line, col, message string) diag.Place {
	src := t.files[file].Data
	at := diag.Place{File: "templates/" + file}
	if strings.Contains(message, "unexpected EOF") {
		at.Span = openBlock(src)
		return at
	}
	n, err := strconv.Atoi(line)
	if err != nil {
		return at
	}
	start := 0
	for ; n > 1; n-- {
		i := bytes.IndexByte(src[start:], '\n')
		if i < 0 {
			return at
		}
		start += i + 1
	}
	end := len(src)
	if i := bytes.IndexByte(src[start:], '\n'); i >= 0 {
		end = start + i
	}
	column, _ := strconv.Atoi(col)
	column = min(column, end-start)
	if m := quotedAction.FindStringSubmatch(message); m != nil {
		// The column may be that of any part of the action: .Title of .Site.Title.
		action := []byte(m[1])
		i := bytes.LastIndex(src[start:min(start+column+len(action), end)], action)
		if i < 0 {
			i = bytes.Index(src[start:end], action)
		}
		if i >= 0 {
			at.Span = diag.Span{Start: int32(start + i), End: int32(start + i + len(action))}
			return at
		}
	}
	at.Span = diag.Span{Start: int32(start + column), End: int32(end)}
	return at
}

// blockAction is an action that opens a block, or closes one; a comment counts for neither.
var blockAction = regexp.MustCompile(`\{\{-?\s*(?:(/\*[\s\S]*?\*/)|(if|range|with|block|define)\b|(end)\b)[^{}]*\}\}`)

// openBlock finds the action that opens the innermost block which nothing closes.
func openBlock(src []byte) diag.Span {
	var open []diag.Span
	for _, m := range blockAction.FindAllSubmatchIndex(src, -1) {
		switch {
		case m[4] >= 0:
			open = append(open, diag.Span{Start: int32(m[0]), End: int32(m[1])})
		case m[6] >= 0 && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return diag.Span{}
	}
	return open[len(open)-1]
}

var (
	quotedAction = regexp.MustCompile(`<([^<>]+)>`)
	noField      = regexp.MustCompile(`can't evaluate field (\w+) in type (\S+)`)
	noFunction   = regexp.MustCompile(`function "(\w+)" not defined`)
	noTemplate   = regexp.MustCompile(`(?:no such template|template) "([^"]+)"(?: not defined)?`)
	noRange      = regexp.MustCompile(`range can't (?:iterate over|use)`)
	noKey        = regexp.MustCompile(`map has no entry for key "([^"]*)"`)
	argCount     = regexp.MustCompile(`wrong number of args for (\w+): want ((?:at least )?\d+) got (\d+)`)
	failedCall   = regexp.MustCompile(`error calling (len|eq|ne|lt|le|gt|ge|index|slice|call|html|js|urlquery): `)
	curlyQuote   = regexp.MustCompile(`unrecognized character in action: U\+(?:2018|2019|201C|201D|00AB|00BB) '(.)'`)
	nilPointer   = regexp.MustCompile(`nil pointer evaluating \S*\.(\w+)`)
)

// translate says what a message of text/template or html/template means.
func (t *Theme) translate(message string) (text, hint string) {
	has := func(part string) bool { return strings.Contains(message, part) }
	first := func(of *regexp.Regexp) string { return of.FindStringSubmatch(message)[1] }
	switch {
	case noField.MatchString(message):
		m := noField.FindStringSubmatch(message)
		return t.lacking(m[1], strings.TrimPrefix(m[2], "*"))
	case noFunction.MatchString(message):
		return "there is no function " + first(noFunction), instead(first(noFunction))
	case noRange.MatchString(message):
		return "this can’t be gone through by {{range}}", "range over a list, a map or a whole number"
	case nilPointer.MatchString(message):
		return first(nilPointer) + " is asked of something that is not there on this page",
			"put {{with …}} or {{if …}} around it"
	case has("exceeded maximum template depth"):
		return "templates are filled in within each other, without end", endless
	case has("multiple definition of template"):
		return "this file has two templates of one name", "give one of them another name"
	case noTemplate.MatchString(message):
		name := first(noTemplate)
		if near, ok := diag.Nearest(name, slices.Sorted(maps.Keys(t.in))); ok {
			return "there is no template " + name, "did you mean " + near + "?"
		}
		return "there is no template " + name,
			"templates are called by their file's name: {{template \"figure.html\" .}}"
	case has("unexpected EOF") || has("unexpected \"EOF\""):
		return "a block is not closed", "add the {{end}} that is missing behind it"
	case has("missing value for "):
		return "this action has nothing to ask", "write what it asks, such as {{if .Title}}"
	case has("unexpected {{end}}"):
		return "there is an {{end}} too many",
			"remove it, or add the {{if}}, {{range}} or {{with}} that it closes"
	case has("unterminated"):
		return "a quotation mark is not closed", `write the second one before the }}`
	case curlyQuote.MatchString(message):
		return first(curlyQuote) + " is no quotation mark here", `write straight ones: "`
	case has("U+007D '}'"):
		return "an action is closed by one }", "write }}"
	case noKey.MatchString(message):
		return "there is no " + first(noKey) + " here on this page",
			"put {{with index … \"" + first(noKey) + "\"}} around it, or give each page that key"
	case argCount.MatchString(message):
		m := argCount.FindStringSubmatch(message)
		return m[1] + " takes other values: " + m[2] + ", and not " + m[3],
			"give it as many as it takes; what is put together stands in round brackets"
	case failedCall.MatchString(message):
		return first(failedCall) + " can't be asked of this value",
			"look at what the value is: texts, numbers, lists and true or false don't mix"
	case has("unclosed action"):
		return "an action is not closed", "add the }} that is missing"
	case has("ends in a non-text context"), has("end in different contexts"):
		return "the HTML around this is not complete: a tag or an attribute is left open",
			"close it in the same branch that opens it"
	}
	return message, ""
}

// ours has what stands here for functions that other programs have, by what to write.
var ours = map[string]string{
	"partial include partialCached block": `write {{template "head.html" .}}`,
	"safeHTML safe":                       "write the field alone: what is HTML already stays so",
	"markdownify":                         "write it in a document: templates read no Markdown",
	"plainify":                            "write the field alone",
	"now":                                 "write the year yourself: pages say nothing of when they were built",
	"date dateFormat":                     "write .Words of a date: {{.Published.Words}}",
	"relURL absURL ref relref":            "write {{.Root}} before the path",
	"i18n T":                              `write {{.Site.Word "updated"}}`,
	"page":                                "write {{.Title}}",
	"site":                                "write {{.Site.Title}}",
	"content":                             "write the field of the View, such as {{.Title}}",
	"resources asset":                     "put the file into static/, and write its path behind {{.Root}}",
}

// functions are those of templates.
var functions = strings.Fields(
	"and call eq ge gt html index js le len lt ne not or print printf println slice urlquery")

// instead says what to write in the place of a function that there is not.
func instead(function string) string {
	for names, hint := range ours {
		if slices.Contains(strings.Fields(names), function) {
			return hint
		}
	}
	if near, ok := diag.Nearest(function, functions); ok {
		return "did you mean " + near + "?"
	}
	return "there are: " + strings.Join(functions, ", ")
}

// lacking says that a type has no such field, and which one may be meant.
func (t *Theme) lacking(field, of string) (text, hint string) {
	met := map[string]reflect.Type{}
	for _, l := range t.layouts {
		structsIn(l.view, met)
	}
	if s := met[of]; s != nil {
		of = s.Name()
		var fields []string
		for _, f := range reflect.VisibleFields(s) {
			if f.IsExported() && !f.Anonymous {
				fields = append(fields, f.Name)
			}
		}
		if near, ok := diag.Nearest(field, fields); ok {
			hint = "did you mean ." + near + "?"
		} else {
			hint = "there are: ." + strings.Join(fields, ", .")
		}
	}
	return fmt.Sprintf("there is no field .%s in %s", field, of), hint
}

// structsIn gathers the structs that a template can meet in a type, by the names that
// errors give them.
func structsIn(t reflect.Type, met map[string]reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		structsIn(t.Elem(), met)
	case reflect.Struct:
		if met[t.String()] != nil {
			return
		}
		met[t.String()] = t
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() {
				structsIn(f.Type, met)
			}
		}
	}
}

var foreignScheme = regexp.MustCompile(`(?i)^\s*[a-z][a-z0-9+.-]*:`)

// unsafeField finds a field named like an address whose value has a scheme
// that html/template does not take.
func unsafeField(v reflect.Value, path string, depth int) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if depth < 8 && !v.IsNil() {
			return unsafeField(v.Elem(), path, depth+1)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if f := unsafeField(v.Index(i), path+"["+strconv.Itoa(i)+"]", depth+1); f != "" {
				return f
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.PkgPath != "" && !f.Anonymous {
				continue
			}
			name := strings.TrimPrefix(path+"."+f.Name, ".")
			if isAddress(f.Name) && isForeign(v.Field(i)) {
				return name
			}
			if found := unsafeField(v.Field(i), name, depth+1); found != "" {
				return found
			}
		}
	}
	return ""
}

func isAddress(field string) bool {
	return strings.HasSuffix(field, "URL") || field == "Canonical" || field == "To"
}

// isForeign reports an address whose scheme html/template does not take.
func isForeign(v reflect.Value) bool {
	if v.Kind() != reflect.String || !foreignScheme.MatchString(v.String()) {
		return false
	}
	low := strings.ToLower(v.String())
	return !strings.HasPrefix(low, "http:") && !strings.HasPrefix(low, "https:") && !strings.HasPrefix(low, "mailto:")
}
