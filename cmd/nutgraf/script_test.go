package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"nutgraf": main,
	})
}

// TestScripts runs each command as a user would, and compares what it says to
// the letter. UPDATE_SCRIPTS=1 rewrites the expected output.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1718000000") // 10 June 2024
			env.Setenv("TZ", "Pacific/Auckland")          // must not matter
			env.Values[seenKey{}] = map[string]fs.FileInfo{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "seen": seen, "written": written, "same": same, "among": among,
		},
	})
}

// exits runs a program that must end with an exit code: exits 3 nutgraf build
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [args]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if want, err := strconv.Atoi(args[0]); err != nil || code != want {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// seenKey is where a script keeps the files of its last look at a folder.
type seenKey struct{}

// seen remembers which files a folder holds: seen public
func seen(ts *testscript.TestScript, neg bool, args []string) {
	files := ts.Value(seenKey{}).(map[string]fs.FileInfo)
	clear(files)
	walk(ts, args[0], func(name string, info fs.FileInfo) { files[name] = info })
}

// written prints the files that a build has made anew, not kept from what was
// seen, and with a minus those that it took away: written public
func written(ts *testscript.TestScript, neg bool, args []string) {
	files := maps.Clone(ts.Value(seenKey{}).(map[string]fs.FileInfo))
	var lines []string
	walk(ts, args[0], func(name string, info fs.FileInfo) {
		if old := files[name]; old == nil || !os.SameFile(old, info) {
			lines = append(lines, name)
		}
		delete(files, name)
	})
	for name := range files {
		lines = append(lines, "-"+name)
	}
	slices.Sort(lines)
	for _, l := range lines {
		fmt.Fprintln(ts.Stdout(), l)
	}
}

// same makes sure that two folders hold the same bytes: same public other
func same(ts *testscript.TestScript, neg bool, args []string) {
	read := func(dir string) map[string]string {
		all := map[string]string{}
		walk(ts, dir, func(name string, _ fs.FileInfo) { all[name] = ts.ReadFile(filepath.Join(dir, name)) })
		return all
	}
	if d := cmp.Diff(read(args[0]), read(args[1])); (d == "") == neg {
		ts.Fatalf("same is %v:\n%s", !neg == (d == ""), d)
	}
}

// among makes sure that a pattern matches in one of the files that paths name, which
// may be folders or have a *: among 'url\(' a/assets/*.css. With a ! it is in none;
// there must be files in either case.
func among(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: among pattern path...")
	}
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	files, found := 0, ""
	for _, arg := range args[1:] {
		paths, err := filepath.Glob(ts.MkAbs(arg))
		ts.Check(err)
		for _, path := range paths {
			walk(ts, path, func(name string, _ fs.FileInfo) {
				files++
				if name = filepath.Join(path, name); pattern.MatchString(ts.ReadFile(name)) {
					found = name
				}
			})
		}
	}
	if files == 0 || (found != "") == neg {
		ts.Fatalf("%s is in %q, of %d files", args[0], found, files)
	}
}

func walk(ts *testscript.TestScript, dir string, visit func(string, fs.FileInfo)) {
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Lstat(p)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, p)
		visit(filepath.ToSlash(name), info)
		return err
	}))
}
