package serve

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path"
	"runtime"
	"strings"
	"testing"
	"time"
)

// operator makes random file operations. Documents that could stand in each
// other's way have names that differ, so that mistakes are made on purpose only.
type operator struct {
	*writer
	r     *rand.Rand
	kept  []copied
	wrong string // the file with a mistake, which nothing else touches; "" for none
	was   []byte // its text before; nil where it was not there
}

// copied is what a file was.
type copied struct {
	name  string
	text  []byte
	mtime time.Time
}

// kind is what a file is: what can take its name.
func kind(name string) string {
	if rest, ok := strings.CutPrefix(name, "content/"); ok {
		folder, _, _ := strings.Cut(rest, "/")
		return folder
	}
	return path.Ext(name)
}

// some is a file that there may be, or may come to be.
func (o *operator) some() string {
	n := o.r.IntN(6)
	names := []string{
		fmt.Sprintf("content/explainers/e%d.md", n), fmt.Sprintf("content/explainers/f%d/index.md", n),
		fmt.Sprintf("content/glossary/g%d.md", n), fmt.Sprintf("content/pages/p%d.md", n),
		fmt.Sprintf("static/d%d/s%d.txt", n%2, n), fmt.Sprintf("static/s%d.css", n),
	}
	for {
		if name := names[o.r.IntN(len(names))]; name != o.wrong {
			return name
		}
	}
}

// like is a file of the same kind.
func (o *operator) like(name string) string {
	for {
		if other := o.some(); kind(other) == kind(name) {
			return other
		}
	}
}

// words is a text that suits a file, and is like none before.
func (o *operator) words(name string) string {
	o.n++
	switch kind(name) {
	case "explainers":
		return explainer(fmt.Sprintf("Number %d?", o.n), "A tide gate, or "+strings.Repeat("more. ", o.r.IntN(20)))
	case "glossary":
		return fmt.Sprintf("---\nterm: word %d\nshort: A thing, the %dth.\n---\n", o.n, o.n)
	case "pages":
		return fmt.Sprintf("---\ntitle: Page %d\n---\nA page.\n", o.n)
	}
	return fmt.Sprintf("/* %d */\n", o.n)
}

// operation makes one. That there may be nothing to open, rename or remove is
// no fault: the folders then stay as they are.
func (o *operator) operation() {
	name := o.some()
	file := o.path(name)
	switch o.r.IntN(12) {
	case 0, 1:
		o.write(name, o.words(name))
	case 2:
		o.write(name+".new", o.words(name))
		o.rename(name+".new", name)
	case 3:
		if f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0); err == nil {
			o.n++
			fmt.Fprintf(f, "\nMore, the %dth.\n", o.n)
			f.Close()
		}
	case 4:
		if size := o.r.Int64N(8); kind(name) != "glossary" && kind(name) != "pages" { // without a title they are mistakes
			if strings.HasSuffix(name, ".md") {
				size = 0 // and so is half of a front matter
			}
			os.Truncate(file, size)
		}
	case 5:
		os.Rename(file, o.path(o.like(name)))
	case 6:
		os.Remove(file)
	case 7:
		os.Mkdir(path.Dir(file), 0o755)
	case 8:
		os.Remove(path.Dir(file)) // if it is empty
	case 9:
		o.exchange()
	case 10:
		o.keep(name)
	case 11:
		o.restore()
	}
}

// exchange swaps two folders, one of which may be missing.
func (o *operator) exchange() {
	pairs := [][2]string{{"content/explainers/f0", "content/explainers/f1"}, {"content/explainers/f2", "content/explainers/f3"}, {"static/d0", "static/d1"}}
	pair := pairs[o.r.IntN(len(pairs))]
	a, b, between := o.path(pair[0]), o.path(pair[1]), o.path(pair[0]+".swap")
	os.Rename(a, between)
	os.Rename(b, a)
	os.Rename(between, b)
}

// keep remembers a file; of a term only one file may hold a word.
func (o *operator) keep(name string) {
	if info, err := os.Stat(o.path(name)); err == nil && kind(name) != "glossary" {
		text, err := os.ReadFile(o.path(name))
		o.must(err)
		o.kept = append(o.kept, copied{name, text, info.ModTime()})
	}
}

// restore gives a file an old text with its old time, in place or by a rename.
func (o *operator) restore() {
	if len(o.kept) == 0 {
		return
	}
	c := o.kept[o.r.IntN(len(o.kept))]
	if c.name == o.wrong {
		return
	}
	name := c.name
	if o.r.IntN(2) == 0 {
		name += ".old"
	}
	o.write(name, string(c.text))
	o.must(os.Chtimes(o.path(name), c.mtime, c.mtime))
	if name != c.name {
		o.rename(name, c.name)
	}
}

// err makes a mistake in a file, at once.
func (o *operator) err() {
	o.wrong = fmt.Sprintf("content/explainers/e%d.md", o.r.IntN(6))
	var err error
	if o.was, err = os.ReadFile(o.path(o.wrong)); err != nil {
		o.was = nil
	}
	o.write("content/explainers/.wrong", strings.Replace(o.words(o.wrong), "published", "publishd", 1))
	o.must(os.Rename(o.path("content/explainers/.wrong"), o.path(o.wrong)))
	o.fails("publishd")
}

// mend makes up for it.
func (o *operator) mend() {
	name := o.wrong
	o.wrong = ""
	o.remove(name)
	o.write(name, o.words(name))
}

// gone holds that no page is served that there was before and should be no more.
func (o *operator) gone(after string, want, before map[string]string) {
	o.t.Helper()
	for path := range before {
		if _, ok := want[path]; !ok && o.status(path) != http.StatusNotFound {
			o.t.Fatalf("after %s %s is there still", after, path)
		}
	}
}

// TestOperations makes thousands of file operations, and compares what is served
// with a clean build after a few of them, each time. With a mistake in a file that
// must be one in which the file is as it was, whatever else is done, until it is
// mended.
func TestOperations(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a request may come before the events there")
	}
	o := &operator{writer: &writer{preview: start(t, small(), unswept)}, r: chance(t)}
	good, _ := o.clean()
	most := setting(t, "NUTGRAF_OPERATIONS", 5000, 200)
	for n := 0; n < most; {
		batch := 1
		if o.r.IntN(4) > 0 {
			batch += o.r.IntN(80)
		}
		for range batch {
			o.operation()
			if o.r.IntN(20) == 0 {
				o.get("/") // and the folders are looked at in the middle of it
			}
		}
		n += batch
		after := fmt.Sprintf("%d operations", n)
		if o.wrong != "" {
			want, after := o.with(o.wrong, o.was), after+" and a mistake in "+o.wrong
			o.served(want, after)
			o.gone(after, want, good)
			o.mend()
			good = want
		}
		want, ok := o.clean()
		if !ok {
			t.Fatalf("after %s the folder can't be built", after)
		}
		o.served(want, after)
		o.gone(after, want, good)
		good = want
		if o.r.IntN(4) == 0 {
			o.err()
		}
	}
}
