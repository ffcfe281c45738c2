package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// manCmd is nutgraf man, for whoever makes packages of the program.
type manCmd struct{}

// Run prints the manual page in man's own macros. It is made of the command line itself.
func (manCmd) Run(a *app) error {
	parser, err := newParser(&cli{})
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.stdout, manPage(parser.Model))
	return err
}

// manPage is the manual page, man(7).
func manPage(m *kong.Application) string {
	var b strings.Builder
	about, codes, _ := strings.Cut(m.Help, "\n\n")
	fmt.Fprintf(&b, ".TH NUTGRAF 1 \"\" \"nutgraf %s\" \"User Commands\"\n", roff(thisVersion().Version))
	b.WriteString(".SH NAME\nnutgraf \\- static site generator for explainers\n" +
		".SH SYNOPSIS\n.B nutgraf\n.I command\n.RI [ flags ]\n")
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n.SH COMMANDS\n", roff(about))
	for _, n := range shownCommands(m) {
		fmt.Fprintf(&b, ".SS nutgraf %s\n%s\n", roff(n.Summary()), roff(n.Help))
		for _, p := range n.Positional {
			fmt.Fprintf(&b, ".TP\n.I %s\n%s\n", roff(p.Name), roff(p.Help))
		}
		for _, f := range n.Flags {
			name := `\fB` + roff("--"+f.Name) + `\fR`
			if f.Short != 0 {
				name = fmt.Sprintf(`\fB\-%c\fR, %s`, f.Short, name)
			}
			if !f.IsBool() {
				name += `=\fI` + roff(f.FormatPlaceHolder()) + `\fR`
			}
			fmt.Fprintf(&b, ".TP\n%s\n%s\n", name, roff(f.Help))
		}
	}
	fmt.Fprintf(&b, ".SH EXIT STATUS\n%s\n", roff(strings.TrimPrefix(codes, "Exit codes: ")))
	b.WriteString(".SH ENVIRONMENT\n.TP\n.B SOURCE_DATE_EPOCH\nThe time that a build takes for now, " +
		"in seconds since 1970, where \\fB\\-\\-clock\\fR is not given.\n" +
		".TP\n.B NO_COLOR\nWhere it is set, messages have no colours.\n")
	return b.String()
}

// roff is a text in which nothing is markup of roff.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", " ").Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + s
	}
	return s
}
