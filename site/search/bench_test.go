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
	"strings"
	"testing"
)

// benchEntries reads the explainers of the bench kit: NUTGRAF_SEARCH_CONTENT is
// their folder. It is no YAML reader: what it needs stands on lines of its own.
func benchEntries(b testing.TB) []Entry {
	dir := os.Getenv("NUTGRAF_SEARCH_CONTENT")
	if dir == "" {
		b.Skip("NUTGRAF_SEARCH_CONTENT names no folder of explainers")
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(names) == 0 {
		b.Fatal("no explainers in ", dir, err)
	}
	var entries, events []Entry
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		url := "explainers/" + strings.TrimSuffix(filepath.Base(name), ".md") + "/#"
		title, section, date := "", "", ""
		var last *Entry
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if len(line) > 0 && line[0] >= 'a' && line[0] <= 'z' {
				section, _, _ = strings.Cut(line, ":")
			}
			item := strings.TrimLeft(line, " -")
			key, value, _ := strings.Cut(item, ": ")
			value = strings.Trim(value, `"`)
			switch {
			case key == "title" && title == "":
				title = value
			case key == "question" && section == "questions":
				entries = append(entries, Entry{Title: value, Of: title, URL: url + fmt.Sprint("question-", len(entries))})
				last = &entries[len(entries)-1]
			case key == "short" && section == "questions":
				last.Text = value
			case section == "questions" && last != nil && strings.HasPrefix(line, "      "):
				last.Body = append(append(last.Body, strings.TrimSpace(line)...), '\n')
			case key == "date" && section == "timeline":
				date = value
			case key == "title" && section == "timeline":
				events = append(events, Entry{Kind: Event, Title: value, Of: date, URL: url + "event-" + date})
			}
		}
	}
	return append(entries, events...)
}

// BenchmarkBuild tells what the index of a site costs and weighs:
//
//	NUTGRAF_SEARCH_CONTENT=…/explainers go test -run '^$' -bench Build -benchtime 3x ./site/search
func BenchmarkBuild(b *testing.B) {
	entries := benchEntries(b)
	size := 0
	for _, e := range entries {
		size += len(e.Title) + len(e.Text) + len(e.Body) + len(e.Of)
	}
	before, peak := alive(), uint64(0)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var x *Index
	for b.Loop() {
		if x != nil {
			x.Close()
		}
		bu := New("en")
		for i, e := range entries {
			if err := bu.Add(e); err != nil {
				b.Fatal(err)
			}
			if i == len(entries)/2 {
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
	b.ReportMetric(float64(len(entries)), "entries")
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
	var entries []Entry
	if site := os.Getenv("NUTGRAF_SEARCH_SITE"); site != "" {
		entries = siteEntries(t, site)
	} else {
		entries = benchEntries(t)
	}
	_, x := build(t, "en", entries)
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
	t.Logf("%d entries, %d files", len(entries), len(x.Files()))
}
