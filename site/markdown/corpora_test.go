package markdown

import (
	"os"
	"path/filepath"
	"testing"
)

// corpus returns a file of the test inputs that lie beside the repository. A
// test without them is skipped, unless NUTGRAF_REQUIRE_CORPORA says that they
// must be there.
func corpus(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(corpusPath(name))
	if err != nil {
		if os.Getenv("NUTGRAF_REQUIRE_CORPORA") == "1" {
			t.Fatal(err)
		}
		t.Skipf("the test inputs are not beside the repository: %v", err)
	}
	return data
}

// corpusPath returns where a file or folder of the test inputs lies.
func corpusPath(name string) string {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, gone := os.Stat(filepath.Join(dir, "go.mod")); gone == nil || dir == filepath.Dir(dir) {
			break
		}
	}
	return filepath.Join(dir, "..", "shared", "corpora", filepath.FromSlash(name))
}
