package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestCompletion asks each shell itself what it would complete.
func TestCompletion(t *testing.T) {
	for _, c := range []struct{ shell, ask, want string }{
		{"bash", `. "$1"; COMP_WORDS=(nutgraf build --fo) COMP_CWORD=2; _nutgraf; echo "${COMPREPLY[@]}"`, "--format"},
		{"bash", `. "$1"; COMP_WORDS=(nutgraf check --format s) COMP_CWORD=3; _nutgraf; echo "${COMPREPLY[@]}"`, "sarif"},
		{"bash", `. "$1"; COMP_WORDS=(nutgraf vers) COMP_CWORD=1; _nutgraf; echo "${COMPREPLY[@]}"`, "version"},
		{"zsh", `autoload -U compinit; compinit -u -D; compdef() { :; }; _describe() { echo "$1"; print -l $commands; }; ` +
			`CURRENT=2 words=(nutgraf ''); . "$1"`, "build:Build the site."},
		{"zsh", `_arguments() { print -l -- "$@"; }; CURRENT=3 words=(nutgraf build --fo); . "$1"`,
			"--format[How to print mistakes: text, json, github or sarif.]:format:(text json github sarif)"},
		{"fish", `source $argv[1]; complete -C "nutgraf build --fo"`, "--format"},
		{"fish", `source $argv[1]; complete -C "nutgraf new ex"`, "explainer"},
		{"fish", `source $argv[1]; complete -C "nutgraf vers"`, "version"},
	} {
		t.Run(c.shell, func(t *testing.T) {
			shell, err := exec.LookPath(c.shell)
			if err != nil {
				t.Skip(err)
			}
			file := filepath.Join(t.TempDir(), "nutgraf")
			var script bytes.Buffer
			err = (&completionCmd{c.shell}).Run(&app{stdout: &script})
			if err == nil {
				err = os.WriteFile(file, script.Bytes(), 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
			args := []string{"-c", c.ask, c.shell, file}
			if c.shell == "fish" {
				args = []string{"-c", c.ask, file}
			}
			cmd := exec.Command(shell, args...)
			cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
			got, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(strings.ReplaceAll(string(got), `\:`, ":"), c.want) {
				t.Errorf("%s says %q, %v; want %q", c.ask, got, err, c.want)
			}
		})
	}
}

// TestEveryFlagIsTold: completion and manual page leave no flag out.
func TestEveryFlagIsTold(t *testing.T) {
	parser, err := newParser(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	commands := shownCommands(parser.Model)
	for name, text := range map[string]string{"bash": bashCompletion(commands), "zsh": zshCompletion(commands),
		"fish": strings.ReplaceAll(fishCompletion(commands), " -l ", " --"),
		"man":  strings.ReplaceAll(manPage(parser.Model), `\-`, "-")} {
		for _, n := range commands {
			if !strings.Contains(text, n.Name) {
				t.Errorf("%s lacks the command %s", name, n.Name)
			}
			for _, f := range n.Flags {
				if !strings.Contains(text, "--"+f.Name) {
					t.Errorf("%s lacks --%s of %s", name, f.Name, n.Name)
				}
			}
		}
	}
}
