package serve

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"nutgraf/site"
)

// unswept turns sweeps off, so that a change that no event leads to is never seen.
func unswept(o *Options) { o.Poll = never }

const never = time.Hour

// moments are those right before and right after content/ is listed or one of
// its files is opened, counted from 1; at some of them a test does something.
type moments struct {
	mu  sync.Mutex
	now int
	at  map[int]func()
}

func (m *moments) pass() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now++
	if do := m.at[m.now]; do != nil {
		do()
		delete(m.at, m.now)
	}
}

// set begins to count, with what is to be done.
func (m *moments) set(at map[int]func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now, m.at = 0, at
}

// rest does what is still to be done, and reports how much that was.
func (m *moments) rest(last int) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	left := len(m.at)
	for n := range last + 1 {
		if do := m.at[n]; do != nil {
			do()
		}
	}
	m.at = nil
	return left
}

// observe lets content/ be read with the moments.
func (m *moments) observe(o *Options) {
	open := o.Open
	o.Open = func() (site.Options, io.Closer, error) {
		s, c, err := open()
		if s.Content != nil {
			s.Content = observed{s.Content, m}
		}
		return s, c, err
	}
}

type observed struct {
	fs.FS
	m *moments
}

// Open opens a file between two moments.
func (o observed) Open(name string) (fs.File, error) {
	o.m.pass()
	defer o.m.pass()
	return o.FS.Open(name)
}

// ReadDir lists a folder between two moments.
func (o observed) ReadDir(name string) ([]fs.DirEntry, error) {
	o.m.pass()
	defer o.m.pass()
	return fs.ReadDir(o.FS, name)
}

// TestMoments changes the folders while they are looked at and loaded, in one
// moment after the other. Nothing sweeps them later.
func TestMoments(t *testing.T) {
	m := new(moments)
	p := start(t, small(), unswept, m.observe)
	one := filepath.Join(p.dir, "content/explainers/one.md")
	replace := func(text string) {
		p.write("content/explainers/.new", text)
		if err := os.Rename(filepath.Join(p.dir, "content/explainers/.new"), one); err != nil {
			t.Error(err)
		}
	}
	say := func(name, text string) { p.write("content/explainers/"+name, explainer(text, "Yes.")) }
	drop := func(name string) {
		if err := os.RemoveAll(filepath.Join(p.dir, "content/explainers", name)); err != nil {
			t.Error(err)
		}
	}
	folder := func(name string) {
		if err := os.MkdirAll(filepath.Join(p.dir, "content/explainers", name), 0o755); err != nil {
			t.Error(err)
		}
	}
	folder("anew")
	const last = 32
	reached := 0
	for n := 1; n < last; n += times(1, 5) {
		for _, c := range []struct {
			name   string
			before func()
			at     map[int]func()
		}{
			{"a file saved", func() { say("two.md", fmt.Sprintf("Two, %d?", n)) }, map[int]func(){
				n: func() { replace(explainer(fmt.Sprintf("One, %d?", n), "First.")) },
			}},
			{"a file saved, and its old text again", func() { say("two.md", fmt.Sprintf("Two again, %d?", n)) }, map[int]func(){
				n:     func() { replace(explainer(fmt.Sprintf("For a moment, %d?", n), "First.")) },
				n + 1: func() { replace(explainer(fmt.Sprintf("One, %d?", n), "First.")) },
			}},
			{"a file in a new folder", func() { folder("new") }, map[int]func(){
				n: func() { say("new/index.md", fmt.Sprintf("New, %d?", n)) },
			}},
			{"a file in a folder made anew", func() { drop("anew"); folder("anew") }, map[int]func(){
				n: func() { say("anew/index.md", fmt.Sprintf("Anew, %d?", n)) },
			}},
			{"a file deleted", func() { say("gone.md", fmt.Sprintf("Gone, %d?", n)) }, map[int]func(){
				n: func() { drop("gone.md"); drop("new"); drop("anew/index.md") },
			}},
		} {
			todo := len(c.at)
			m.set(c.at)
			c.before()
			p.get("/")
			reached += todo - m.rest(last)
			p.agrees(fmt.Sprintf("%s in moment %d", c.name, n))
		}
	}
	if reached == 0 {
		t.Error("no moment was reached")
	}
	t.Logf("%d moments were reached", reached)
}
