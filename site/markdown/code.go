package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"

	"nutgraf/site/diag"
)

// chroma's time is not bounded by the length of code: most of its slow cases
// are long lines.
const (
	maxColored     = 100 << 10 // bytes of code that are highlighted, in one block
	maxColoredAll  = 128 << 10 // and in one Markdown value
	maxColoredLine = 2000      // bytes of the longest line
)

// lexersByName finds chroma's lexers by name, alias and the end of a file's name: its own search
// is slow, and takes "foo" for what it is not. Names come first, then what others call them.
func lexersByName() map[string]chroma.Lexer {
	m := map[string]chroma.Lexer{}
	take := func(name string, l chroma.Lexer) {
		if name = strings.ToLower(name); m[name] == nil {
			m[name] = l
		}
	}
	all := slices.Clone(lexers.GlobalLexerRegistry.Lexers)
	for _, l := range all {
		take(l.Config().Name, l)
		for _, alias := range l.Config().Aliases {
			take(alias, l)
		}
	}
	for name, of := range otherNames {
		take(name, m[of])
	}
	slices.SortStableFunc(all, func(a, b chroma.Lexer) int {
		return cmp.Compare(b.Config().Priority, a.Config().Priority)
	})
	for _, l := range all {
		for _, pattern := range l.Config().Filenames {
			if ext, ok := strings.CutPrefix(pattern, "*."); ok && !strings.ContainsAny(ext, "*?[") {
				take(ext, l)
			}
		}
	}
	return m
}

// otherNames are what GitHub, Prism, Pandoc and editors call languages that chroma knows.
var otherNames = map[string]string{"console": "bash-session", "shell-session": "bash-session",
	"shellsession": "bash-session", "sh-session": "bash-session", "terminal": "bash-session", "cli": "bash-session",
	"command": "bash", "commandline": "bash", "jsonc": "json", "json5": "json", "jsonl": "json", "ndjson": "json",
	"geojson": "json", "env": "ini", "dotenv": "ini", "properties": "ini", "conf": "ini", "editorconfig": "ini",
	"node": "javascript", "nodejs": "javascript", "mjs": "javascript", "cjs": "javascript", "es6": "javascript",
	"javascriptreact": "jsx", "typescriptreact": "tsx", "objective-c": "objectivec", "obj-c": "objectivec",
	"golang": "go", "gohtml": "go-html-template", "visualbasic": "vb.net", "vba": "vb.net", "html5": "html",
	"cpp17": "c++", "postgres": "postgresql", "mariadb": "mysql", "patch": "diff", "ipython": "python",
	"shell script": "bash", "cmd": "batchfile", "dockerfile": "docker", "jinja2": "django/jinja", "vuejs": "vue",
	"mdx": "markdown", "svg": "xml", "plist": "xml", "rss": "xml", "atom": "xml", "xhtml": "html",
	"ejs": "html", "less": "scss", "psql": "sql", "j2": "django/jinja", "liquid": "django/jinja"}

// plainCode are the names of code that is shown as it is.
var plainCode = strings.Fields("text txt plain plaintext none nohighlight no-highlight raw output log ascii " +
	"ascii-art art wasm wat tree csv tsv quote verse example http-headers")

// lexer finds a lexer by what stands behind the backticks, as other tools write it: {.python},
// language-python, python{3-5}, python:main.py. plain is code that is shown as it is.
func (w *writer) lexer(name string) (l chroma.Lexer, plain bool) {
	name = strings.ToLower(name)
	if rest, ok := strings.CutPrefix(name, "{."); ok {
		name = strings.TrimRight(rest, "}")
	}
	name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "language-"), "lang-"), ".")
	for _, s := range []string{name, name[:max(0, strings.IndexAny(name+"{", "{[(,:;=|"))]} {
		if l := w.r.lexers()[s]; l != nil || slices.Contains(plainCode, s) {
			return l, l == nil
		}
	}
	return nil, false
}

// code writes a block of code. Each may be wider than a narrow screen, and
// what scrolls must be in reach of the keyboard: hence scrolls.
func (w *writer) code(n ast.Node, lang []byte) {
	code := make([]byte, 0, 256)
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		code = append(code, line.Value(w.src)...)
	}
	w.codeStart()
	if len(lang) == 0 {
		w.raw(`><code>`)
		w.html = appendEscaped(w.html, code)
		w.raw("</code>")
		w.codeEnd()
		w.raw("\n")
		return
	}
	name := appendDecoded(nil, lang)
	tokens := w.tokens(n, name, lang, code)
	if tokens != nil {
		w.raw(` class="chroma"`)
	}
	w.raw(`><code class="language-`)
	w.html = appendEscaped(w.html, name)
	w.raw(`">`)
	if tokens == nil {
		w.html = appendEscaped(w.html, code)
	}
	for _, t := range tokens {
		w.token(t)
	}
	w.raw("</code>")
	w.codeEnd()
	w.raw("\n")
}

// codeStart begins a block of code, up to where its start tag may have a class.
func (w *writer) codeStart() {
	w.hole(Hole{Kind: Code})
	w.raw("<pre")
	w.scrolls("code", "")
}

func (w *writer) codeEnd() {
	w.hole(Hole{Kind: Code})
	w.raw("</pre>")
}

// token writes one token with the class that Pygments gave its type: nothing for blanks,
// punctuation, operators and names like any other, which are half of all code and look
// like the rest.
func (w *writer) token(t chroma.Token) {
	class := chroma.StandardTypes[t.Type]
	switch t.Type {
	case chroma.TextWhitespace, chroma.Punctuation, chroma.Operator, chroma.Name, chroma.NameOther:
		class = ""
	}
	if class == "" {
		w.html = appendEscaped(w.html, t.Value)
		return
	}
	w.raw(`<span class="`, class, `">`)
	w.html = appendEscaped(w.html, t.Value)
	w.raw("</span>")
}

// tokens highlights code, or returns nil where it stays plain.
func (w *writer) tokens(n ast.Node, name, lang, code []byte) []chroma.Token {
	from := w.within(lang, max(n.Pos(), 0))
	lexer, plain := w.lexer(string(name))
	if plain {
		return nil
	}
	if lexer == nil {
		if len(w.diags) > maxDiags || w.signOfCode(strings.ToLower(clip(name)), from, from+len(lang)) {
			return nil
		}
		hint := "leave the name out, and the code is shown as it is"
		known := slices.Collect(maps.Keys(w.r.lexers()))
		if near, ok := diag.Nearest(clip(name), known); ok {
			hint = fmt.Sprintf("did you mean “%s”? Without a name, the code is shown as it is", near)
		}
		w.report(diag.Warning, "code-language", from, from+len(lang),
			fmt.Sprintf("code in “%s” can't be highlighted: this language is not known",
				clip(name)), "", hint,
			diag.ReplaceByNearest(w.place(from, from+len(lang)), string(name), known)...)
		return nil
	}
	if len(code) > maxColored || w.colored+len(code) > maxColoredAll || longestLine(code) > maxColoredLine {
		w.report(diag.Note, "code-plain", from, from+len(lang),
			"this code is shown without colours: it is too long", "",
			"shorten it, or publish it as a file beside the text")
		return nil
	}
	w.colored += len(code)
	tokens := w.r.colors.tokens(lexer, string(code))
	if tokens == nil {
		w.report(diag.Note, "code-plain", from, from+len(lang),
			"this code is shown without colours: it could not be read as “"+clip(name)+"”", "", "")
	}
	return tokens
}

// colors keeps tokens by lexer and code: chroma takes a hundred times as long as
// goldmark, and an edit of the text beside a block of code leaves the code as it is.
type colors struct {
	mu    sync.Mutex
	known map[colorKey][]chroma.Token
	size  int // bytes of code
}

type colorKey struct {
	lexer chroma.Lexer
	code  string
}

// maxColorsKept is how many bytes of code are remembered.
const maxColorsKept = 128 << 10

func (c *colors) tokens(lexer chroma.Lexer, code string) []chroma.Token {
	key := colorKey{lexer, code}
	c.mu.Lock()
	tokens, ok := c.known[key]
	c.mu.Unlock()
	if ok {
		return tokens
	}
	tokens = tokenize(lexer, code)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || c.size+len(code) > maxColorsKept {
		c.known, c.size = map[colorKey][]chroma.Token{}, 0
	}
	c.known[key] = tokens
	c.size += len(code)
	return tokens
}

// tokenize returns the tokens of code, or nil if they are not the whole of
// it: a lexer may fail, and says so by a panic.
func tokenize(lexer chroma.Lexer, code string) (tokens []chroma.Token) {
	defer func() {
		if recover() != nil {
			tokens = nil
		}
	}()
	code = strings.ReplaceAll(code, "\r\n", "\n")
	next, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return nil
	}
	rest := code
	for t := next(); t != chroma.EOF; t = next() {
		var ok bool
		if rest, ok = strings.CutPrefix(rest, t.Value); !ok {
			return nil
		}
		tokens = append(tokens, t)
	}
	if rest != "" {
		return nil
	}
	return tokens
}

func longestLine(code []byte) int {
	longest := 0
	for line := range bytes.Lines(code) {
		longest = max(longest, len(line))
	}
	return longest
}
