package main

import (
	"cmp"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"nutgraf/site/diag"
)

// commands are all there are.
var commands = []string{"init", "new", "mv", "build", "check", "desk", "serve", "why", "schema", "version",
	"completion", "man"}

// otherCommands are the commands of Hugo, Eleventy, Astro, Jekyll, MkDocs and their
// kind, and ours for them.
var otherCommands = map[string]string{
	"server": "serve", "s": "serve", "dev": "serve", "develop": "serve", "start": "serve",
	"preview": "serve", "watch": "serve", "run": "serve", "live": "serve", "open": "serve",
	"b": "build", "make": "build", "generate": "build", "gen": "build", "compile": "build",
	"render": "build", "export": "build", "dist": "build", "all": "build",
	"deploy": "build", "publish": "build", "gh-deploy": "build", "push": "build", "upload": "build",
	"clean": "build", "lint": "check", "validate": "check", "test": "check", "doctor": "check",
	"verify": "check", "fix": "check --fix", "create": "init", "setup": "init", "add": "new",
	"rename": "mv", "move": "mv", "ren": "mv",
	"list": "desk", "status": "desk", "todo": "desk", "explain": "why", "help": "--help",
	"--version": "version", "-v": "version", "-V": "version", "-version": "version",
}

// otherKinds are what other programs make with new, and ours for it.
var otherKinds = map[string]string{"post": "explainer", "article": "explainer", "content": "explainer",
	"draft": "explainer", "explainers": "explainer", "story": "explainer", "glossary": "term",
	"definition": "term", "entry": "term", "terms": "term", "pages": "page"}

// otherFlags are flags of the same programs, and ours for them: a host and a port make
// --addr together; serve stands for what only serve does; "" is not needed here, and
// "=" neither it nor its value. Where a flag has another meaning with one command, the
// command stands before it.
var otherFlags = map[string]string{
	"-s": "--source", "--src": "--source", "--src-dir": "--source", "--source-dir": "--source",
	"--input": "--source", "-i": "--source", "--root": "--source", "-r": "--source", "--dir": "--source",
	"--cwd": "--source", "-C": "--source", "--site-root": "--source", "--contentDir": "=", "-c": "=",
	"-o": "--out", "-d": "--out", "--output": "--out", "--destination": "--out", "--dest": "--out",
	"--outDir": "--out", "--out-dir": "--out", "--output-dir": "--out", "--site-dir": "--out",
	"--publishDir": "--out", "--dist": "--out", "--target": "--out", "--public": "--out",
	"-D": "--drafts", "--buildDrafts": "--drafts", "--build-drafts": "--drafts", "--draft": "--drafts",
	"--unpublished": "--drafts", "-F": "--future", "--buildFuture": "--future",
	"-b": "--base-url", "--baseURL": "--base-url", "--base": "--base-url", "--url": "--base-url",
	"--site": "--base-url", "--site-url": "--base-url", "--pathprefix": "=",
	"--now": "--clock", "--date": "--clock", "--time": "--clock",
	"--panicOnWarning": "--strict", "--fail-on-warnings": "--strict", "--strict-mode": "--strict",
	"--silent": "--quiet", "--previous": "--against", "--compare": "--against",
	"-w": "serve", "--watch": "serve", "--serve": "serve", "--server": "serve", "--livereload": "serve",
	"--live-reload": "serve", "--incremental": "", "-I": "", "--port": "port", "-p": "port", "-P": "port",
	"--host": "host", "--bind": "host", "-H": "host", "-B": "host", "--hostname": "host", "-a": "host",
	"--dev-addr": "host", "--listen": "host", "--address": "host", "--ip": "host",
	"serve -o": "--open", "-O": "--open", "--open-url": "--open", "--open-browser": "--open",
	"--browser": "--open", "--navigateToChanged": "", "serve --base-url": "=", "serve --out": "=",
	"serve --drafts": "", "serve --future": "", "serve --disk": "", "serve --strict": "", "serve --quiet": "",
	"--minify": "", "--gc": "", "--clean": "", "--cleanDestinationDir": "", "--force": "", "--trace": "",
	"--production": "", "--prod": "", "-e": "=", "--environment": "=", "--env": "=", "--mode": "=",
	"--config": "=", "-f": "=", "--config-file": "=", "--theme": "=", "-t": "=", "--logLevel": "=",
	"--ignoreCache": "", "--buildExpired": "", "-E": "", "--disableFastRender": "", "--noHTTPCache": "",
	"-l": "", "-v": "", "build --verbose": "", "serve --verbose": "", "-V": "", "--dirty": "",
	"--json": "--format json", "desk --format": "--json",
}

// meaning is a command line in the words of another program, as it is read.
type meaning struct {
	command    string   // ours
	args       []string // and what follows
	sourced    bool     // --source is among them
	host, port string
	flags      map[string]*kong.Flag // of the command
	needless   []string              // what was left out
}

// meant is the command line that stands here for one that is wrong, "" where none is
// known that can be read, and what is left out of it because it isn't needed.
func meant(args []string) (line string, needless []string) {
	var m meaning
	args = slices.Clone(args)
	for i, a := range args { // text programs make one dash, or a long one, of two
		if rest := strings.TrimLeft(a, "-–—‐‑−"); rest != a && utf8.RuneCountInString(rest) > 1 &&
			otherCommands[a] == "" {
			args[i] = "--" + rest
		}
	}
	args = m.name(args)
	if slices.ContainsFunc(args, func(a string) bool { return m.command == "build" && serves(a) }) {
		m.command = "serve"
	}
	parser, err := kong.New(&cli{})
	if err != nil {
		return "", nil
	}
	m.flags = map[string]*kong.Flag{}
	for _, c := range parser.Model.Children {
		if c.Name == strings.Fields(m.command)[0] {
			for _, f := range c.Flags {
				m.flags["--"+f.Name] = f
			}
		}
	}
	for len(args) > 0 {
		args = m.next(args)
	}
	if m.host != "" || m.port != "" {
		if host, port, err := net.SplitHostPort(m.host); err == nil {
			m.host, m.port = host, port
		}
		m.args = append(m.args, "--addr", net.JoinHostPort(cmp.Or(m.host, "127.0.0.1"), cmp.Or(m.port, "1313")))
	}
	all := append(strings.Fields(m.command), m.args...)
	if !slices.Contains(all, "--help") { // at which the parser would end the program
		if _, err := parser.Parse(all); err != nil {
			return "", nil
		}
	}
	for i, a := range all {
		all[i] = quoteArg(a)
	}
	return "nutgraf " + strings.Join(all, " "), m.needless
}

// misread says what is wrong with a command line, and the one to type.
func misread(args []string, err error) string {
	wrong, _, _ := strings.Cut(err.Error(), ", did you mean")
	wrong = strings.TrimSuffix(wrong, ` but got "EOL" (<EOL>)`)
	line, needless := meant(args)
	if line == "" {
		help := "nutgraf --help"
		if slices.Contains(commands, args[0]) {
			help = "nutgraf " + args[0] + " --help"
		}
		return fmt.Sprintf("nutgraf: %s\nTry “%s”.\n", wrong, help)
	}
	note := ""
	switch args[0] {
	case "deploy", "publish", "gh-deploy", "push", "upload":
		note = "nutgraf sends nothing to a host: copy the folder that it builds, public/, to yours.\n"
	case "clean":
		note = "There is nothing to clean: each build removes what the site no longer has.\n"
	}
	for _, n := range needless {
		note += fmt.Sprintf("%s is not needed here.\n", n)
	}
	return fmt.Sprintf("nutgraf: %s\nHere it is:\n  %s\n%s", wrong, line, note)
}

// serves reports a flag that says to serve the site.
func serves(arg string) bool {
	name, _, _ := strings.Cut(arg, "=")
	switch otherFlags[name] {
	case "serve", "host", "port", "--open":
		return true
	}
	return false
}

// name takes the command, and what it makes, off the arguments.
func (m *meaning) name(args []string) []string {
	first, rest := args[0], args[1:]
	near, ok := diag.Nearest(first, commands)
	switch {
	case otherCommands[first] != "":
		m.command = otherCommands[first]
	case isFolder(first), strings.HasPrefix(first, "-"):
		m.command, rest = "build", args
	case ok:
		m.command = near
	default:
		m.command, rest = "build", args
	}
	switch m.command {
	case "new":
		return newKind(m, rest)
	case "init":
		if len(rest) == 0 {
			return []string{"my-site"}
		}
	case "--help":
		if len(rest) > 0 && slices.Contains(commands, rest[0]) {
			m.command = rest[0] + " --help"
		}
		return nil
	case "version":
		return nil
	}
	return rest
}

// newKind reads what new is to make: “new posts/tide-gate.md” is an explainer.
func newKind(m *meaning, args []string) []string {
	if len(args) == 0 {
		return []string{"explainer", "What is a leap year?"}
	}
	kind := strings.ToLower(args[0])
	if kind == "site" {
		m.command = "init"
		return args[1:]
	}
	if k := otherKinds[kind]; k != "" {
		kind = k
	}
	if near, ok := diag.Nearest(kind, []string{"explainer", "term", "page"}); ok {
		if args = args[1:]; len(args) == 0 {
			return []string{near, "What is a leap year?"}
		}
		return append([]string{near, titled(args)}, flagsOf(args)...)
	}
	return append([]string{"explainer", titled(args)}, flagsOf(args)...)
}

// titled is a title whose quotes were forgotten, or that is a file's name.
func titled(args []string) string {
	words := args[:len(args)-len(flagsOf(args))]
	if len(words) == 1 && filepath.Ext(words[0]) == ".md" {
		return folderTitle(strings.TrimSuffix(words[0], ".md"))
	}
	return strings.Join(words, " ")
}

// flagsOf are the arguments from the first flag on.
func flagsOf(args []string) []string {
	i := slices.IndexFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") })
	if i < 0 {
		return nil
	}
	return args[i:]
}

// next reads one flag with its value, or one argument, and returns the rest.
func (m *meaning) next(args []string) []string {
	name, value, given := strings.Cut(args[0], "=")
	rest := args[1:]
	if !strings.HasPrefix(name, "-") {
		m.argument(args[0])
		return rest
	}
	ours := m.ours(name)
	flag, of, _ := strings.Cut(ours, " ")
	f := m.flags[flag]
	takes := ours == "=" || ours == "host" || ours == "port" || f != nil && !f.IsBool() && of == ""
	if takes && !given && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		value, given, rest = rest[0], true, rest[1:]
	}
	value = strings.Trim(value, `"'“”„«»‘’`)
	if f != nil && f.Enum != "" {
		if near, ok := diag.Nearest(value, strings.Split(f.Enum, ",")); ok {
			value = near
		}
	}
	if flag == "--poll" && strings.Trim(value, "0123456789.") == "" {
		value += "s"
	}
	if name == "-s" && !given && m.command == "build" { // MkDocs’s
		flag, takes = "--strict", false
	}
	switch {
	case ours == "=" || ours == "":
		m.needless = append(m.needless, name)
	case ours == "serve":
	case ours == "port":
		m.port = value
	case ours == "host" && !given:
		m.args = append(m.args, "--lan")
	case ours == "host":
		m.host = value
	case of != "":
		m.args = append(m.args, flag, of)
	case takes && given:
		m.sourced = m.sourced || flag == "--source"
		m.args = append(m.args, flag, value)
	default:
		m.args = append(m.args, flag)
	}
	return rest
}

// ours is the flag here for one of another program, or for a slip: itself where
// neither is known.
func (m *meaning) ours(name string) string {
	flag := name
	if m.flags[name] == nil {
		flag = theirs(name)
	}
	for _, n := range []string{name, flag} {
		if here, ok := otherFlags[m.command+" "+n]; ok {
			return here
		}
	}
	if flag != name || m.flags[name] != nil {
		return flag
	}
	if near, ok := diag.Nearest(name, slices.Sorted(maps.Keys(m.flags))); ok && len(name) > 2 {
		return near
	}
	return name
}

// theirs is the flag here for one of another program, in any case of its letters where
// it is more than one: itself where none is known.
func theirs(name string) string {
	if here, ok := otherFlags[name]; ok {
		return here
	}
	for _, other := range slices.Sorted(maps.Keys(otherFlags)) {
		if len(name) > 2 && strings.EqualFold(other, name) {
			return otherFlags[other]
		}
	}
	return name
}

// argument reads what is no flag: of build, serve and desk, the site's folder, and then
// the one to build into.
func (m *meaning) argument(arg string) {
	switch {
	case m.command != "build" && m.command != "serve" && m.command != "desk",
		m.sourced && m.command != "build":
		m.args = append(m.args, arg)
	case m.sourced:
		m.args = append(m.args, "--out", arg)
	case m.command == "build" && isFolder("content") && !isFolder(filepath.Join(arg, "content")):
		m.args = append(m.args, "--out", arg)
	case isFolder(arg):
		m.sourced = true
		m.args = append(m.args, "--source", arg)
	default:
		m.args = append(m.args, arg)
	}
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
