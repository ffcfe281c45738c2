package search

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"nutgraf/site/lang"
)

// benchPages reads the explainers of the bench kit: NUTGRAF_SEARCH_CONTENT is
// their folder. It is no YAML reader: what it needs stands on lines of its own.
func benchPages(b testing.TB) (pages []page) {
	dir := os.Getenv("NUTGRAF_SEARCH_CONTENT")
	if dir == "" {
		b.Skip("NUTGRAF_SEARCH_CONTENT names no folder of explainers")
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(names) == 0 {
		b.Fatal("no explainers in ", dir, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, benchPage("explainers/"+strings.TrimSuffix(filepath.Base(name), ".md")+"/", string(text)))
	}
	slices.SortFunc(pages, func(x, y page) int { return Compare(x.URL, y.URL) })
	return pages
}

func benchPage(url, text string) page {
	p := page{Document: Document{URL: url}, entries: []Entry{{Kind: Explainer}}}
	section, date := "", ""
	last := func() *Entry { return &p.entries[len(p.entries)-1] }
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if len(line) > 0 && line[0] >= 'a' && line[0] <= 'z' {
			section, _, _ = strings.Cut(line, ":")
		}
		key, value, _ := strings.Cut(strings.TrimLeft(line, " -"), ": ")
		value = strings.Trim(value, `"`)
		switch at := section + "." + key; {
		case at == "title.title":
			p.Title, p.entries[0].Title = value, value
		case at == "standfirst.standfirst":
			p.entries[0].Text = value
		case at == "questions.question":
			p.entries = append(p.entries, Entry{Title: value, URL: fmt.Sprint("#question-", len(p.entries))})
		case at == "questions.short":
			last().Text = value
		case section == "questions" && strings.HasPrefix(line, "      "):
			last().Body = append(append(last().Body, strings.TrimSpace(line)...), '\n')
		case at == "timeline.date":
			date = value
		case at == "timeline.title":
			e := Entry{Kind: Event, Title: value, Of: date, URL: "#event-" + date}
			if day, err := time.Parse("2006-01-02", date); err == nil {
				e.Dates = Dates(day, day, true, true)
			}
			p.entries = append(p.entries, e)
		case at == "sources.title":
			p.entries = append(p.entries, Entry{Kind: Source, Title: value, URL: fmt.Sprint("#source-", len(p.entries))})
		case at == "sources.publisher":
			last().Of = value
		}
	}
	return p
}

// BenchmarkBuild tells what the index of a site costs and weighs:
//
//	NUTGRAF_SEARCH_CONTENT=…/explainers go test -run '^$' -bench Build -benchtime 3x ./site/search
func BenchmarkBuild(b *testing.B) {
	pages := benchPages(b)
	size, entries := 0, 0
	for _, p := range pages {
		entries += len(p.entries)
		for _, e := range p.entries {
			size += len(e.Title) + len(e.Text) + len(e.Body) + len(e.Of)
		}
	}
	before, peak := alive(), uint64(0)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var x *Index
	for b.Loop() {
		if x != nil {
			x.Close()
		}
		bu := New(lang.For("en"))
		var batch Batch
		for i, p := range pages {
			batch.Reset(bu)
			batch.Begin(p.Document)
			for _, e := range p.entries {
				batch.Add(e)
			}
			if err := bu.Add(&batch); err != nil {
				b.Fatal(err)
			}
			if i == len(pages)/2 {
				b.StopTimer()
				peak = max(peak, alive()-before)
				b.StartTimer()
			}
		}
		var err error
		if x, err = bu.Finish(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	defer x.Close()
	b.ReportMetric(float64(peak)/1e6, "MB-alive")
	b.ReportMetric(float64(entries), "entries")
	var raw, sent, root counter
	for i, f := range x.Files() {
		var z bytes.Buffer
		w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
		if _, err := f.WriteTo(io.MultiWriter(w, &raw)); err != nil {
			b.Fatal(err)
		}
		w.Close()
		sent += counter(z.Len())
		if i == 0 {
			root = counter(z.Len())
		}
	}
	b.ReportMetric(float64(len(x.Files())), "files")
	b.ReportMetric(float64(raw)/1e6, "MB-raw")
	b.ReportMetric(float64(sent)/1e6, "MB-sent")
	b.ReportMetric(float64(root)/1e3, "kB-root")
}

// alive is how many bytes are in use after a collection.
func alive() uint64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// TestWrite writes an index into the folder NUTGRAF_SEARCH_OUT, for
// testdata/compare to measure: of the built site NUTGRAF_SEARCH_SITE, or of the
// explainers in NUTGRAF_SEARCH_CONTENT.
func TestWrite(t *testing.T) {
	dir := os.Getenv("NUTGRAF_SEARCH_OUT")
	if dir == "" {
		return // nobody asked
	}
	var pages []page
	if site := os.Getenv("NUTGRAF_SEARCH_SITE"); site != "" {
		pages = sitePages(t, site)
	} else {
		pages = benchPages(t)
	}
	_, x := build(t, "en", pages)
	for _, f := range x.Files() {
		out, err := os.Create(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteTo(out); err != nil {
			t.Fatal(err)
		}
		out.Close()
	}
	t.Logf("%d pages, %d files", len(pages), len(x.Files()))
}
