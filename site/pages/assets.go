package pages

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2/js"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// Assets are the theme's style sheet, scripts and fonts. Their names hold their
// sums, so that a browser may keep them for good: what changes has another name.
// Readers get the theme's code without what only its authors read; what a writer
// put in place of it is published as it is.

const (
	styleAsset  = "style.css" // fonts.css, style.css and the site's accent in one
	fontsFile   = "fonts.css"
	scriptAsset = "site.js"
	searchAsset = "search.js"
	fontsDir    = "fonts/"
)

// asset is one of them.
type asset struct {
	path string // site path: assets/style.0123456789.css
	data []byte
}

// fontURL finds what fonts.css fetches: files of static/fonts/.
var fontURL = regexp.MustCompile(`url\(["']?(fonts/[^"')]+)["']?\)`)

// makeAssets reads the theme's files and gives them their names.
func (b *Book) makeAssets() (ds []diag.Diagnostic) {
	b.assets = map[string]asset{}
	read := func(name string) []byte {
		f := b.static(name)
		if f == nil {
			return nil
		}
		data, err := f.Read()
		if err != nil {
			ds = append(ds, site.Unreadable("static/"+name, err))
		}
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
		if shorten := shorter[path.Ext(name)]; shorten != nil && b.site.OfTheme(f) {
			return shorten(data)
		}
		return data
	}
	style := read(styleAsset)
	if b.site.Config.Type != "system" {
		fonts := fontURL.ReplaceAllFunc(read(fontsFile), func(m []byte) []byte {
			name := string(fontURL.FindSubmatch(m)[1])
			if _, there := b.assets[name]; !there && b.static(name) != nil {
				b.addAsset(name, read(name))
			}
			if a, there := b.assets[name]; there {
				return fmt.Appendf(nil, "url(%s)", path.Base(a.path))
			}
			return m
		})
		style = slices.Concat(fonts, style)
	}
	b.addAsset(styleAsset, append(style, b.accentCSS()...))
	for _, name := range []string{scriptAsset, searchAsset} {
		if b.static(name) != nil {
			b.addAsset(name, read(name))
		}
	}
	return ds
}

// shorter makes the theme's code shorter for readers, by extension.
var shorter = map[string]func([]byte) []byte{".css": shorterCSS, ".js": shorterJS}

// cssSpace finds comments and blanks, and what must not be taken for them: strings
// and licences, which begin with "/*!".
var cssSpace = regexp.MustCompile(`(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|/\*.*?\*/|\s*[{};,]\s*|\s+`)

// shorterCSS takes comments and blanks out, and nothing else: each rule and value
// stays as its author wrote it.
func shorterCSS(data []byte) []byte {
	return bytes.TrimSpace(cssSpace.ReplaceAllFunc(data, func(m []byte) []byte {
		switch {
		case m[0] == '"' || m[0] == '\'' || bytes.HasPrefix(m, []byte("/*!")):
			return m
		case m[0] == '/':
			return nil
		}
		if mark := bytes.TrimSpace(m); len(mark) > 0 {
			return mark
		}
		return []byte(" ")
	}))
}

// shorterJS takes comments, blanks and long local names out. Code that can't be
// read stays as it is.
func shorterJS(data []byte) []byte {
	var short bytes.Buffer
	if (&js.Minifier{}).Minify(nil, &short, bytes.NewReader(data), nil) != nil {
		return data
	}
	return short.Bytes()
}

func (b *Book) addAsset(name string, data []byte) {
	sum := site.SumOf(data)
	ext := path.Ext(name)
	p := assetsPath + strings.TrimSuffix(path.Base(name), ext) + "." + hex.EncodeToString(sum[:5]) + ext
	b.assets[name] = asset{p, data}
}

// assetURL is where a page finds an asset, "" where the site has none.
func (b *builder) assetURL(name string) string {
	a, there := b.book.assets[name]
	if !there {
		return ""
	}
	return b.link.to(a.path)
}

// static returns a file of static/, the writer's before the theme's, or nil.
func (b *Book) static(name string) *site.File {
	for i := range b.site.Static {
		if b.site.Static[i].Path == name {
			return &b.site.Static[i]
		}
	}
	return nil
}

// isAsset reports whether a file of static/ is published under another name, or
// as part of another file, or not at all.
func (b *Book) isAsset(name string) bool {
	_, there := b.assets[name]
	return there || name == fontsFile || strings.HasPrefix(name, fontsDir) && b.site.Config.Type == "system"
}

// planAssets adds them.
func (b *Book) planAssets() {
	for _, name := range slices.Sorted(maps.Keys(b.assets)) {
		b.add(planAsset(b.assets[name]))
	}
}
