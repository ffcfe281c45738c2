// Package kept holds what a build keeps beside its output, so that the next one that would
// come to the same does nothing: what it read, what else it depends on, what it told the
// writer, and what it left in the published folder.
//
// A State is never trusted blindly. One that is damaged, or of another program, or of other
// options, is as good as none.
package kept

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"time"

	"github.com/zeebo/xxh3"

	"nutgraf/site/document"
	"nutgraf/site/internal/par"
	"nutgraf/site/publish"
)

// State is what one build kept.
type State struct {
	// Depends is all that the build depends on besides its folders, the clock and the program.
	Depends string
	// From and Until are by the site's clock: when the build was made, and up to when one at
	// another time comes to the same. Until is zero where that is always.
	From, Until time.Time
	// Said is what the writer was told, in the command's own form.
	Said []byte
	// Standing is what lies in the published folder.
	Standing *publish.Standing

	program document.Sum // of the program's own file
	began   time.Time    // by the system's clock, before any file was looked at
	roots   []*root
}

// root is a folder that was read.
type root struct {
	given bool // else there is none
	files map[string]*source
}

// Keeper is one build's: it records what is read, and knows what the one before it kept.
type Keeper struct {
	file    string
	began   time.Time
	roots   []fs.FS
	records []*recorder
}

// Keep returns the Keeper of a build that began then, by the system's clock, reads roots, which may
// be nil each, and keeps its State in a file.
func Keep(file string, began time.Time, roots ...fs.FS) *Keeper {
	k := &Keeper{file: file, began: began, roots: roots}
	for _, r := range roots {
		k.records = append(k.records, newRecorder(r))
	}
	return k
}

// Root returns the i-th root to read from, nil where it is nil: what is read there is recorded.
func (k *Keeper) Root(i int) fs.FS {
	if k.roots[i] == nil {
		return nil
	}
	return k.records[i]
}

// Same returns what an earlier build kept if one at the time now, that depends on this and
// publishes to dir, would come to the same; nil otherwise. An error is of ctx.
func (k *Keeper) Same(ctx context.Context, depends string, now time.Time,
	dir string) (*State, error) {
	s, err := read(k.file)
	if err != nil || s.Depends != depends || len(s.roots) != len(k.roots) ||
		now.Before(s.From) || !s.Until.IsZero() && !now.Before(s.Until) {
		return nil, ctx.Err()
	}
	doubted := make([]bool, len(k.roots))
	looking, stop := context.WithCancel(ctx) // at what else there is, once one thing differs
	defer stop()
	err = par.Each(ctx, len(k.roots)+2, func(i int) (err error) {
		switch i {
		case len(k.roots):
			var sum document.Sum
			if sum, err = programSum(); err == nil && sum != s.program {
				err = errOther
			}
		case len(k.roots) + 1:
			if !s.Standing.Stands(looking, dir) {
				err = errOther
			}
		default:
			err = s.roots[i].compare(looking, k.roots[i], s.began, &doubted[i])
		}
		if err != nil {
			stop()
		}
		return err
	})
	if err != nil {
		return nil, ctx.Err()
	}
	for _, d := range doubted {
		if d { // another time the looks of the files are enough
			s.began = k.began
			_ = k.write(s) // else they are read once more
			break
		}
	}
	return s, ctx.Err()
}

// Keep writes what the build kept, whose Depends, From, Until, Said and Standing are given. What
// can't be told from what was read is not kept. An error is I/O.
func (k *Keeper) Keep(s *State) (err error) {
	s.began = k.began
	if s.program, err = programSum(); err != nil {
		return err
	}
	for i, r := range k.records {
		files, whole := r.result()
		if !whole {
			if err := os.Remove(k.file); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		}
		s.roots = append(s.roots, &root{k.roots[i] != nil, files})
	}
	return k.write(s)
}

// read reads a State's file; whatever else lies there is not even opened.
func read(file string) (*State, error) {
	info, err := os.Lstat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxState {
		return nil, errDamaged
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return decode(data)
}

// write puts a State in the place of the one before it, in one step. What a build that died left
// on its way there goes.
func (k *Keeper) write(s *State) error {
	staged := k.file + ".new"
	os.Remove(staged)
	out, err := os.OpenFile(staged, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer os.Remove(staged)
	_, err = out.Write(s.encode())
	if e := out.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(staged, k.file)
}

// ErrProgram says that a program can't read the file that it runs from, as where no /proc is: it
// can't be known by the next one, so nothing is kept.
var ErrProgram = errors.New("the program can't read its own file")

// programSum is the sum of the file that the program runs from: a program that was built anew
// may have no other version.
func programSum() (sum document.Sum, err error) {
	name := "/proc/self/exe" // whatever lies at the program's path by now
	if runtime.GOOS != "linux" {
		if name, err = os.Executable(); err != nil {
			return sum, err
		}
	}
	in, err := os.Open(name)
	if err != nil {
		return sum, fmt.Errorf("%w: %w", ErrProgram, err)
	}
	defer in.Close()
	h := xxh3.New()
	_, err = io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{in}, make([]byte, 256<<10))
	return h.Sum128().Bytes(), err
}
