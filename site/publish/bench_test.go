package publish

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"nutgraf/site/internal/par"
)

// BenchmarkBuild publishes 20,000 files of 4 KB, each in a folder of its own,
// after all, one or none of them changed.
func BenchmarkBuild(b *testing.B) {
	const n = 20_000
	text := bytes.Repeat([]byte("0123456789abcdef"), 256)
	paths := make([]string, n)
	for i := range paths {
		paths[i] = fmt.Sprintf("explainers/some-explainer-%d/question-%d/index.html", i/10, i%10)
	}
	run := func(b *testing.B, dir string, changed int) {
		f := open(b, dir)
		entries := make([]entry, n)
		err := par.Each(context.Background(), n, func(i int) error {
			if e, ok := f.prev.lookup(paths[i]); ok && i >= changed && f.reuse(paths[i]) == nil {
				entries[i] = e
				return nil
			}
			w, err := f.create(paths[i])
			if err != nil {
				return err
			}
			fmt.Fprint(w, b.N, " ", changed, time.Now().UnixNano())
			w.Write(text)
			err = w.Close()
			entries[i] = entry{Path: paths[i], Sum: w.sum, Size: w.size}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.commit(newManifest(entries, nil)); err != nil {
			b.Fatal(err)
		}
	}
	for _, c := range []struct {
		name    string
		changed int
	}{{"all", n}, {"one", 1}, {"none", 0}} {
		b.Run(c.name, func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "public")
			run(b, dir, n)
			b.ReportAllocs()
			for b.Loop() {
				run(b, dir, c.changed)
			}
		})
	}
}
