package pages

import (
	"bytes"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2/js"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// Assets are style sheets, the theme's scripts, and fonts. Their names hold their
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

// makeAssets reads the theme's files and the site's own style sheets, and gives
// them their names.
func (b *Book) makeAssets() []diag.Diagnostic {
	b.assets = map[string]asset{}
	r := &assetReader{b: b}
	style := r.sheet(styleAsset)
	if b.site.Config.Type != "system" {
		style = slices.Concat(r.sheet(fontsFile), style)
	}
	b.addAsset(styleAsset, append(style, b.accentCSS()...))
	for _, name := range []string{scriptAsset, searchAsset} {
		if b.static(name) != nil {
			b.addAsset(name, r.read(name))
		}
	}
	for _, s := range b.site.Config.Styles {
		if b.static(s.Path) == nil {
			r.ds = append(r.ds, missingFile(b, s.Path, s.At))
			continue
		}
		b.addAsset(s.Path, r.sheet(s.Path))
	}
	return r.ds
}

// assetReader reads files of static/, and collects what it reports of them.
type assetReader struct {
	b  *Book
	ds []diag.Diagnostic
}

// read returns a file as readers get it, nil where there is none.
func (r *assetReader) read(name string) []byte {
	f := r.b.static(name)
	if f == nil {
		return nil
	}
	data, err := f.Read()
	if err != nil {
		r.ds = append(r.ds, document.Unreadable("static/"+name, err))
	}
	if shorten := shorter[path.Ext(name)]; shorten != nil && r.b.site.OfTheme(f) {
		return shorten(data)
	}
	return data
}

// shorter makes the theme's code shorter for readers, by extension.
var shorter = map[string]func([]byte) []byte{".css": shorterCSS, ".js": shorterJS}

// shorterCSS takes comments and blanks out, and nothing else: each rule and value
// stays as its author wrote it. A comment that begins with "!" is a licence.
func shorterCSS(data []byte) []byte {
	out := make([]byte, 0, len(data))
	last := func(of string) bool { return len(out) > 0 && strings.IndexByte(of, out[len(out)-1]) >= 0 }
	for i := 0; i < len(data); {
		c, end := data[i], i+1
		switch {
		case c == '"' || c == '\'':
			end = endOfString(data, i)
			out = append(out, data[i:end]...)
		case bytes.HasPrefix(data[i:], []byte("/*")):
			end = len(data)
			if n := bytes.Index(data[i+2:], []byte("*/")); n >= 0 {
				end = i + 2 + n + 2
			}
			if bytes.HasPrefix(data[i:], []byte("/*!")) {
				out = append(out, data[i:end]...)
			}
		case c <= ' ':
			if len(out) > 0 && !last(" {};,") {
				out = append(out, ' ')
			}
		default:
			if last(" ") && strings.IndexByte("{};,", c) >= 0 {
				out = out[:len(out)-1]
			}
			out = append(out, c)
		}
		i = end
	}
	return bytes.TrimSpace(out)
}

// endOfString is where the string ends that begins at i.
func endOfString(data []byte, i int) int {
	for end := i + 1; end < len(data); end++ {
		switch data[end] {
		case '\\':
			end++
		case data[i]:
			return end + 1
		}
	}
	return len(data)
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
	sum := document.SumOf(data)
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

// Sheets are the site paths of the style sheets of every page, in their order.
func (b *Book) Sheets() []string {
	list := []string{b.assets[styleAsset].path}
	for _, s := range b.site.Config.Styles {
		list = append(list, b.assets[s.Path].path)
	}
	return list
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
		a := b.assets[name]
		if _, there := b.paths[addressKey(a.path)]; !there { // two files may be the same
			b.add(planAsset(a))
		}
	}
}
