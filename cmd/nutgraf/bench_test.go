package main

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkBuild builds the site in the folder that NUTGRAF_BENCH_SITE names, an
// absolute path, each time into a new folder. default.pgo is its CPU profile:
// by it go build decides what goes inline (decision 23).
func BenchmarkBuild(b *testing.B) {
	source := os.Getenv("NUTGRAF_BENCH_SITE")
	if source == "" {
		b.Skip("NUTGRAF_BENCH_SITE names no site")
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer null.Close()
	for b.Loop() {
		out := filepath.Join(b.TempDir(), "public")
		if code := run([]string{"build", "--quiet", "--source", source, "--out", out}, null, os.Stderr); code != exitClean {
			b.Fatalf("exit code %d", code)
		}
		b.StopTimer()
		if err := os.RemoveAll(out); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
