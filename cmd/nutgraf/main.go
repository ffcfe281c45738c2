// Command nutgraf builds a static site from a folder of explainers.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
)

// The exit codes. They are part of the command's contract with CI.
const (
	exitClean    = 0
	exitContent  = 1 // the writer's files have errors
	exitUsage    = 2
	exitInternal = 3 // I/O, or a bug of ours
	exitWarnings = 4 // warnings, under --strict
)

// cli is the whole command line.
type cli struct {
	Init    initCmd    `cmd:"" help:"Make a small site to start from."`
	New     newCmd     `cmd:"" help:"Make an explainer, a glossary term or a page to fill in."`
	Mv      mvCmd      `cmd:"" name:"mv" help:"Give an explainer, a question, a glossary entry or a page another name, and mend every link to it."`
	Build   buildCmd   `cmd:"" help:"Build the site."`
	Check   checkCmd   `cmd:"" help:"Say what an editor would say about the site."`
	Desk    deskCmd    `cmd:"" help:"Print the newsroom's morning list: reviews, launches, drafts, sources, corrections."`
	Serve   serveCmd   `cmd:"" help:"Show the site on this machine, and update it as you save."`
	Why     whyCmd     `cmd:"" help:"Say what a page is made of, and when it is rebuilt."`
	Schema  schemaCmd  `cmd:"" help:"Print a JSON Schema of what you write, for your editor."`
	Version versionCmd `cmd:"" help:"Print the version."`

	Completion completionCmd `cmd:"" help:"Print a script that lets your shell complete the command line."`
	Man        manCmd        `cmd:"" hidden:"" help:"Print the manual page."`
}

// app is what commands share.
type app struct {
	ctx            context.Context
	stdout, stderr io.Writer
	terminal       bool // stderr is one
	asks           bool // somebody sits there who can answer
	exit           int
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with its surroundings given.
func run(args []string, stdout, stderr *os.File) (code int) {
	defer func() {
		if p := recover(); p != nil {
			code = crash(stderr, p)
		}
	}()
	ctx, done := interruptible(stderr)
	defer done()
	a := &app{ctx: ctx, stdout: stdout, stderr: stderr, terminal: isTerminal(stderr)}
	a.asks = a.terminal && isTerminal(os.Stdin)
	var c cli
	exited := -1
	parser, err := newParser(&c,
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.UsageOnError(),
	)
	if err != nil {
		fmt.Fprintln(stderr, "nutgraf:", err)
		return exitInternal
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprint(stderr, misread(args, err))
		return exitUsage
	}
	if err := command.Run(a); err != nil {
		return a.fail(err)
	}
	return a.exit
}

// newParser is the parser of the whole command line.
func newParser(c *cli, more ...kong.Option) (*kong.Kong, error) {
	return kong.New(c, append(more, kong.Name("nutgraf"),
		kong.Description("nutgraf turns a folder of Markdown explainers into a static site.\n\n"+
			"Exit codes: 0 all is well; 1 the content has errors; 2 the command line is wrong; "+
			"3 a file or folder can't be read or written; 4 --strict was given, and there are warnings."))...)
}

// interruptible returns a context that ends when the system asks the program to:
// by Ctrl+C, or as it asks a service. It then cleans up; asked a second time, it
// ends at once, whatever it waits for. done is called when there is nothing left
// to end.
func interruptible(stderr io.Writer) (ctx context.Context, done func()) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	announced := make(chan struct{})
	unasked := context.AfterFunc(ctx, func() {
		defer close(announced)
		stop() // the system's own way to end a program holds again
		fmt.Fprintln(stderr, "nutgraf: ending; Ctrl+C once more ends it at once")
	})
	return ctx, func() {
		if !unasked() {
			<-announced
		}
		stop()
	}
}

// crash says what a user can do about a bug of ours. A panic of a worker comes
// as an error that has the worker's stack in it, before that of the caller.
func crash(stderr io.Writer, p any) int {
	fmt.Fprintf(stderr, "nutgraf: this is a mistake of nutgraf’s own, and not of your files; nothing was published.\n"+
		"Please report it, with the command that you gave and all of these lines:\n\n"+
		"%s (%s/%s)\n%v\n\n%s", version(), runtime.GOOS, runtime.GOARCH, p, debug.Stack())
	return exitInternal
}

// usageError is a mistake on the command line that only a command can see.
type usageError struct{ error }

func (a *app) fail(err error) int {
	if a.ctx.Err() != nil && errors.Is(err, a.ctx.Err()) {
		err = errors.New("it was ended before it was done")
	}
	fmt.Fprintln(a.stderr, "nutgraf:", diag.InWords(err))
	if usage := (usageError{}); errors.As(err, &usage) {
		return exitUsage
	}
	return exitInternal
}

// clock reads --clock, else SOURCE_DATE_EPOCH
// (https://reproducible-builds.org/specs/source-date-epoch/), else the clock.
func clock(flag string) (time.Time, error) {
	if flag != "" {
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05",
			"2006-01-02T15:04", "2006-01-02"} {
			if t, err := time.Parse(layout, flag); err == nil {
				return t, nil
			}
		}
		hint := "write it as 2024-03-22 or 2024-03-22T20:00:00Z"
		_, _, err := edtf.ParseDay(flag, time.UTC)
		if e := (*edtf.Error)(nil); errors.As(err, &e) && e.Meant(flag) != "" {
			hint = "write --clock " + e.Meant(flag)
		}
		return time.Time{}, usageError{fmt.Errorf("--clock %s: %s", flag, hint)}
	}
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		n, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			hint := "set it to what “git log -1 --format=%ct” prints, or remove it"
			if t, err := clock(epoch); err == nil {
				hint = fmt.Sprintf("write %d", t.Unix())
			}
			return time.Time{}, usageError{fmt.Errorf("SOURCE_DATE_EPOCH is %q, not a number of seconds "+
				"since 1970: %s", epoch, hint)}
		}
		if n > 1e11 { // after the year 5000
			return time.Time{}, usageError{fmt.Errorf("SOURCE_DATE_EPOCH is %q: it counts "+
				"milliseconds, and seconds are needed: %d", epoch, n/1000)}
		}
		return time.Unix(n, 0).UTC(), nil
	}
	return time.Now().UTC(), nil
}
