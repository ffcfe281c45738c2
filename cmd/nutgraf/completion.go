package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// completionCmd is nutgraf completion.
type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"Which shell: bash, zsh or fish."`
}

// Run prints the script for a shell. It is made of the command line itself, so that it has
// every flag.
func (c *completionCmd) Run(a *app) error {
	parser, err := newParser(&cli{})
	if err != nil {
		return err
	}
	commands := shownCommands(parser.Model)
	var script string
	switch c.Shell {
	case "bash":
		script = bashCompletion(commands)
	case "zsh":
		script = zshCompletion(commands)
	case "fish":
		script = fishCompletion(commands)
	}
	_, err = fmt.Fprint(a.stdout, script)
	return err
}

// shownCommands are the commands that --help lists.
func shownCommands(m *kong.Application) []*kong.Node {
	return slices.DeleteFunc(slices.Clone(m.Children), func(n *kong.Node) bool { return n.Hidden })
}

// nodeNames are the names of commands.
func nodeNames(commands []*kong.Node) (names []string) {
	for _, n := range commands {
		names = append(names, n.Name)
	}
	return names
}

// words are those that an argument or the value of a flag may be; none where it is free.
func words(v *kong.Value) []string {
	if v.Enum == "" {
		return nil
	}
	return strings.Split(v.Enum, ",")
}

// isFolderFlag reports a flag whose value is a folder.
func isFolderFlag(f *kong.Flag) bool { return f.PlaceHolder == "DIR" }

func bashCompletion(commands []*kong.Node) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Completion of nutgraf for bash: put it into /usr/share/bash-completion/completions/nutgraf.
_nutgraf() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= w
  for w in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $w in %s) command=$w; break ;; esac
  done
  case $command:$prev in
`, strings.Join(nodeNames(commands), "|"))
	for _, n := range commands {
		for _, f := range n.Flags {
			switch {
			case f.IsBool():
			case words(f.Value) != nil:
				fmt.Fprintf(&b, "    %s:--%s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n",
					n.Name, f.Name, strings.Join(words(f.Value), " "))
			case isFolderFlag(f):
				fmt.Fprintf(&b, "    %s:--%s) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n", n.Name, f.Name)
			default:
				fmt.Fprintf(&b, "    %s:--%s) return ;;\n", n.Name, f.Name)
			}
		}
	}
	b.WriteString("  esac\n  case $command in\n")
	fmt.Fprintf(&b, "    '') w='%s --help' ;;\n", strings.Join(nodeNames(commands), " "))
	for _, n := range commands {
		all := []string{"--help"}
		for _, p := range n.Positional {
			all = append(all, words(p)...)
		}
		for _, f := range n.Flags {
			all = append(all, "--"+f.Name)
		}
		fmt.Fprintf(&b, "    %s) w='%s' ;;\n", n.Name, strings.Join(all, " "))
	}
	b.WriteString(`  esac
  COMPREPLY=($(compgen -W "$w" -- "$cur"))
}
complete -o default -F _nutgraf nutgraf
`)
	return b.String()
}

// zshText is a text within single quotes of zsh, in which brackets and colons part what
// _arguments reads.
func zshText(s string) string {
	return strings.NewReplacer(`'`, `'\''`, `[`, `\[`, `]`, `\]`, `:`, `\:`, "`", "").Replace(s)
}

func zshCompletion(commands []*kong.Node) string {
	var b strings.Builder
	b.WriteString("#compdef nutgraf\n# Completion of nutgraf for zsh: put it into a folder of $fpath, as _nutgraf.\n" +
		"_nutgraf() {\n  local -a commands=(\n")
	for _, n := range commands {
		fmt.Fprintf(&b, "    '%s:%s'\n", n.Name, zshText(n.Help))
	}
	b.WriteString("  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n" +
		"  local command=$words[2]\n  words=(\"${(@)words[2,-1]}\")\n  (( CURRENT-- ))\n  case $command in\n")
	for _, n := range commands {
		fmt.Fprintf(&b, "    %s) _arguments '--help[Show what it does.]'", n.Name)
		for _, f := range n.Flags {
			fmt.Fprintf(&b, " \\\n      '--%s[%s]", f.Name, zshText(f.Help))
			switch {
			case f.IsBool():
			case words(f.Value) != nil:
				fmt.Fprintf(&b, ":%s:(%s)", f.Name, strings.Join(words(f.Value), " "))
			case isFolderFlag(f):
				b.WriteString(":DIR:_files -/")
			default:
				fmt.Fprintf(&b, ":%s: ", f.Name)
			}
			b.WriteString("'")
		}
		for _, p := range n.Positional {
			if of := words(p); of != nil {
				fmt.Fprintf(&b, " \\\n      ':%s:(%s)'", p.Name, strings.Join(of, " "))
			} else {
				fmt.Fprintf(&b, " \\\n      ':%s:_files'", p.Name)
			}
		}
		b.WriteString(" ;;\n")
	}
	b.WriteString("  esac\n}\n_nutgraf \"$@\"\n")
	return b.String()
}

// fishText is a text within single quotes of fish.
func fishText(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

func fishCompletion(commands []*kong.Node) string {
	var b strings.Builder
	b.WriteString("# Completion of nutgraf for fish: put it into ~/.config/fish/completions/nutgraf.fish.\n" +
		"complete -c nutgraf -l help -d 'Show what it does.'\n")
	for _, n := range commands {
		fmt.Fprintf(&b, "complete -c nutgraf -n __fish_use_subcommand -f -a %s -d %s\n", n.Name, fishText(n.Help))
		seen := "'__fish_seen_subcommand_from " + n.Name + "'"
		for _, p := range n.Positional {
			if of := words(p); of != nil {
				fmt.Fprintf(&b, "complete -c nutgraf -n %s -f -a '%s'\n", seen, strings.Join(of, " "))
			}
		}
		for _, f := range n.Flags {
			fmt.Fprintf(&b, "complete -c nutgraf -n %s -l %s -d %s", seen, f.Name, fishText(f.Help))
			switch {
			case f.IsBool():
			case words(f.Value) != nil:
				fmt.Fprintf(&b, " -x -a '%s'", strings.Join(words(f.Value), " "))
			case isFolderFlag(f):
				b.WriteString(" -x -a '(__fish_complete_directories)'")
			default:
				b.WriteString(" -r")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
