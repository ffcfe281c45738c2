package pages

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"nutgraf/site/markdown"
)

// Feeds, sitemaps and data files are plain structs that write themselves with
// the standard encoders, so that no text of a writer's can become markup.

// xmlDocument is a View that encoding/xml writes.
type xmlDocument struct{ root any }

// Encode writes the document with its XML declaration.
func (d xmlDocument) Encode(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header)
	e := xml.NewEncoder(b)
	e.Indent("", " ")
	if err := e.Encode(d.root); err != nil {
		return err
	}
	b.WriteByte('\n')
	return b.Flush()
}

// jsonDocument is a View that encoding/json writes. Its < and > are escaped,
// so that it is safe wherever it is put.
type jsonDocument struct{ root any }

// Encode writes the document.
func (d jsonDocument) Encode(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(d.root)
}

// textDocument is a View that is a text already.
type textDocument string

// Encode writes the text.
func (d textDocument) Encode(w io.Writer) error {
	_, err := io.WriteString(w, string(d))
	return err
}

// streamed is a View that a function writes, item by item.
type streamed func(w *bufio.Writer) error

// Encode writes the stream.
func (s streamed) Encode(w io.Writer) error {
	b := bufio.NewWriter(w)
	if err := s(b); err != nil {
		return err
	}
	return b.Flush()
}

// xmlText leaves out what XML 1.0 can't hold, in any form: control characters.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < ' ' && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, s)
}

// plainLines has no end of a line but \n, and no other control character but
// tabs: what reads line by line must find none of its own in a text.
func plainLines(s string) string {
	if isPlainASCII(s) || !strings.ContainsFunc(s, breaksLines) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if breaksLines(r) {
			return -1
		}
		return r
	}, lineEnds.Replace(s))
}

// isPlainASCII reports a text that is nothing but what can be seen in ASCII, and blanks.
func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i]-' ' > '~'-' ' {
			return false
		}
	}
	return true
}

// breaksLines says that a character ends a line for some program (Unicode's
// standard annex 14, 5.1), or is none that a text file should have.
func breaksLines(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0 || r == '\u2028' ||
		r == '\u2029' || r == utf8.RuneError || r == 0xfffe || r == 0xffff
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n",
	"\u2028", "\n", "\u2029", "\n")

// rfc3339 is the time of Atom, JSON Feed, sitemaps and copies.
func rfc3339(t time.Time) string { return t.Format(time.RFC3339) }

// The elements of Atom (RFC 4287).
type (
	atomFeed struct {
		XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang      string      `xml:"xml:lang,attr"`
		Title     string      `xml:"title"`
		Subtitle  string      `xml:"subtitle,omitempty"`
		ID        string      `xml:"id"`
		Links     []atomLink  `xml:"link"`
		Updated   string      `xml:"updated"`
		Author    *atomPerson `xml:"author,omitempty"`
		Generator string      `xml:"generator"`
		Entries   []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomPerson struct {
		Name string `xml:"name"`
		URI  string `xml:"uri,omitempty"`
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
	atomEntry struct {
		Lang       string         `xml:"xml:lang,attr,omitempty"` // where it is not the feed's
		Title      string         `xml:"title"`
		ID         string         `xml:"id"`
		Links      []atomLink     `xml:"link"`
		Published  string         `xml:"published,omitempty"`
		Updated    string         `xml:"updated"`
		Authors    []atomPerson   `xml:"author"`
		Categories []atomCategory `xml:"category"`
		Summary    string         `xml:"summary,omitempty"`
		Content    *atomText      `xml:"content,omitempty"`
	}
)

// The objects of JSON Feed 1.1.
type (
	jsonFeed struct {
		Version     string       `json:"version"`
		Title       string       `json:"title"`
		HomePageURL string       `json:"home_page_url"`
		FeedURL     string       `json:"feed_url"`
		Description string       `json:"description,omitempty"`
		Language    string       `json:"language"`
		Authors     []jsonAuthor `json:"authors,omitempty"`
		Items       []jsonItem   `json:"items"`
	}
	jsonAuthor struct {
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	jsonItem struct {
		ID            string       `json:"id"`
		URL           string       `json:"url"`
		Title         string       `json:"title"`
		Summary       string       `json:"summary,omitempty"`
		ContentHTML   string       `json:"content_html"`
		DatePublished string       `json:"date_published,omitempty"`
		DateModified  string       `json:"date_modified,omitempty"`
		Authors       []jsonAuthor `json:"authors,omitempty"`
		Tags          []string     `json:"tags,omitempty"`
		Language      string       `json:"language,omitempty"`
	}
)

// The elements of sitemaps (sitemaps.org 0.9, Google's news extension).
type (
	urlSet struct {
		XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		News    string    `xml:"xmlns:news,attr,omitempty"`
		URLs    []siteURL `xml:"url"`
	}
	siteURL struct {
		Loc     string    `xml:"loc"`
		LastMod string    `xml:"lastmod,omitempty"`
		News    *newsItem `xml:"news:news,omitempty"`
	}
	newsItem struct {
		Publication newsPublication `xml:"news:publication"`
		Date        string          `xml:"news:publication_date"`
		Title       string          `xml:"news:title"`
	}
	newsPublication struct {
		Name     string `xml:"news:name"`
		Language string `xml:"news:language"`
	}
	sitemapIndex struct {
		XMLName  xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Sitemaps []siteURL `xml:"sitemap"`
	}
)

// markdownText makes a plain text safe within Markdown, also where it begins a
// line.
func markdownText(s string) string { return markdown.Escape(plainLines(s)) }

// yamlText writes a scalar: JSON's strings are YAML's double-quoted ones, but
// YAML (1.2, 5.1) takes fewer characters as they are.
func yamlText(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return fmt.Sprintf("%q", s)
	}
	text := strings.TrimSuffix(b.String(), "\n")
	if strings.IndexFunc(text, unprintable) < 0 {
		return text
	}
	b.Reset()
	for _, r := range text {
		if unprintable(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unprintable(r rune) bool {
	return r >= 0x7f && r < 0xa0 || r == 0xfeff || r == 0xfffe || r == 0xffff
}
