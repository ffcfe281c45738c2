package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"nutgraf/content"
	"nutgraf/site"
	"nutgraf/site/check"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/site/serve"
)

// serveCmd is nutgraf serve.
type serveCmd struct {
	Source   string        `help:"Folder that holds content/, templates/ and static/ (default: the current one)." default:"." placeholder:"DIR" type:"path"`
	Addr     string        `help:"Address and port to serve at." default:"127.0.0.1:1313" placeholder:"HOST:PORT"`
	Open     bool          `help:"Open the browser."`
	LAN      bool          `name:"lan" help:"Let other machines on this network see the site, drafts included."`
	Allow    []string      `name:"allow-host" sep:"," help:"Answer to this name too, for a container, a tunnel or an editor. May be given more than once." placeholder:"NAME"`
	Poll     time.Duration `help:"Look for changes this often, even if the system reports them (default: 2s where it reports none)." placeholder:"DURATION"`
	NoDrafts bool          `help:"Show what readers would see: no drafts, and nothing that goes live later."`
	Clock    string        `help:"Show the site as of this time (default: SOURCE_DATE_EPOCH, or else now)." placeholder:"TIME"`
	Debug    bool          `help:"List the editors' temporary files that are ignored."`
	Editor   string        `help:"What opens when you follow a link to a mistake: vscode, jetbrains or file." enum:"vscode,jetbrains,file" default:"vscode" placeholder:"NAME"`
}

// Run serves the site until it is interrupted.
func (c *serveCmd) Run(a *app) error {
	if _, err := clock(c.Clock); err != nil {
		return err
	}
	if info, err := os.Stat(c.Source); err != nil || !info.IsDir() {
		return usageError{fmt.Errorf("there is no folder %s: name the folder of your site with --source", c.Source)}
	}
	if c.demo() {
		if err := withinSite(c.Source); err != nil {
			return err
		}
	}
	hosts, err := c.hosts()
	if err != nil {
		return err
	}
	l, err := c.listen(a)
	if err != nil {
		return err
	}
	at := l.Addr().(*net.TCPAddr)
	address := c.announce(a, at)
	what := "your site, and updates as you save"
	if c.demo() {
		what = "nutgraf's own demo"
		fmt.Fprintf(a.stderr, "%s has no content/ yet. Your site appears as soon as it "+
			"has one: “nutgraf init .” makes it.\n", c.Source)
	}
	fmt.Fprintf(a.stderr, "%s shows %s. Ctrl+C stops it.\n%s is the desk: everything "+
		"to fix, beside the page.\n", address, what, address+"_preview/")
	if c.Open {
		if err := browse(address); err != nil {
			fmt.Fprintf(a.stderr, "no browser opened (%v): open %s yourself\n", err, address)
		}
	}
	o := serve.Options{
		Open: c.folders,
		Dirs: map[string]string{"content": c.dir("content"), "templates": c.dir("templates"),
			"static": c.dir("static")},
		Hosts: append(hosts, at.IP.String()),
		Poll:  c.Poll,
		Findings: func(ctx context.Context, b *pages.Book) ([]diag.Diagnostic, error) {
			r, err := check.Site(ctx, b.Site(), b, check.Options{})
			if err != nil {
				return nil, err
			}
			return r.Findings, nil
		},
		Edit:      c.edit,
		Committed: c.committed,
		Demo:      c.demo,
		Log:       func(line string) { fmt.Fprintln(a.stderr, line) },
		Loaded:    func(s *site.Site, ds []diag.Diagnostic, elapsed time.Duration) { c.loaded(a, s, ds, elapsed) },
	}
	if c.Debug {
		o.Debug = o.Log
	}
	return serve.New(o).Run(a.ctx, l)
}

// demo reports whether the folder has no content, so that the demo is shown.
func (c *serveCmd) demo() bool {
	_, err := os.Stat(c.dir("content"))
	return errors.Is(err, fs.ErrNotExist)
}

func (c *serveCmd) dir(root string) string { return filepath.Join(c.Source, root) }

// folders opens the writer's folders anew; the demo stands in for content/.
func (c *serveCmd) folders() (site.Options, io.Closer, error) {
	if _, err := os.Stat(c.Source); err != nil { // demo stands in for content/ alone
		return site.Options{}, nil, fmt.Errorf("%s is gone: it is shown again when it is back", c.Source)
	}
	flags := siteFlags{Source: c.Source, Clock: c.Clock, Drafts: !c.NoDrafts, Future: !c.NoDrafts}
	r, err := flags.openWith(content.FS)
	if err != nil {
		return site.Options{}, nil, err
	}
	r.options.Once, r.options.Places = false, true
	return r.options, r, nil
}

// ports is how many ports are tried when the one wanted is taken.
const ports = 20

// listen takes the port, or the next free one.
func (c *serveCmd) listen(a *app) (net.Listener, error) {
	host, port, err := net.SplitHostPort(c.Addr)
	n, e := strconv.Atoi(port)
	if err != nil || e != nil || n < 0 || n > 65535 {
		return nil, usageError{fmt.Errorf("--addr %s: write it as 127.0.0.1:1313", c.Addr)}
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	ip := net.ParseIP(host)
	switch {
	case ip == nil && (host != "" || !c.LAN):
		return nil, usageError{fmt.Errorf("--addr %s: name an IP address of this machine, such as 127.0.0.1", c.Addr)}
	case c.LAN && ip.IsLoopback():
		host = ""
	case !ip.IsLoopback():
		c.LAN = true
	}
	for i := range ports {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n+i)))
		if err == nil {
			if i > 0 {
				fmt.Fprintf(a.stderr, "port %d is taken: this is %d\n", n, n+i)
			}
			return l, nil
		}
		if n == 0 || n+i == 65535 || !errors.Is(err, syscall.EADDRINUSE) {
			return nil, fmt.Errorf("can't serve at %s: %w", c.Addr, err)
		}
	}
	return nil, fmt.Errorf("ports %d to %d are all taken: name another one with --addr", n, n+ports-1)
}

// hosts are the names of --allow-host.
func (c *serveCmd) hosts() ([]string, error) {
	var hosts []string
	for _, given := range c.Allow {
		name, ok := serve.HostName(given)
		if !ok {
			return nil, usageError{fmt.Errorf("--allow-host %s: write the name alone, such as "+
				"preview.example.org", given)}
		}
		hosts = append(hosts, name)
	}
	return hosts, nil
}

// announce says who can see the site, and returns its address on this machine.
func (c *serveCmd) announce(a *app, at *net.TCPAddr) string {
	address := func(ip net.IP) string {
		return "http://" + net.JoinHostPort(ip.String(), strconv.Itoa(at.Port)) + "/"
	}
	if c.LAN {
		fmt.Fprintln(a.stderr, "warning: everybody in this network can see the site now, drafts "+
			"and what is due later among it")
	}
	if !at.IP.IsUnspecified() {
		return address(at.IP)
	}
	others := inNetwork()
	for _, ip := range others {
		fmt.Fprintf(a.stderr, "%s is for a phone or another machine in this network.\n", address(ip))
	}
	if len(others) == 0 {
		fmt.Fprintln(a.stderr, "This machine is in no network, so nobody else can see it yet.")
	}
	return address(net.IPv4(127, 0, 0, 1))
}

// inNetwork are the addresses under which other machines find this one: those of
// IPv4 if there are any, as people type them.
func inNetwork() []net.IP {
	addrs, _ := net.InterfaceAddrs() // without them there are none to name
	var four, six []net.IP
	for _, addr := range addrs {
		switch ip, ok := addr.(*net.IPNet); {
		case !ok || !ip.IP.IsGlobalUnicast():
		case ip.IP.To4() != nil:
			four = append(four, ip.IP)
		default:
			six = append(six, ip.IP)
		}
	}
	if len(four) > 0 {
		return four
	}
	return six
}

// edit is the address that opens an editor at a place.
func (c *serveCmd) edit(file string, line, column int) string {
	abs, err := filepath.Abs(filepath.Join(c.Source, filepath.FromSlash(file)))
	if err != nil {
		return ""
	}
	p := filepath.ToSlash(abs)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	switch c.Editor {
	case "vscode":
		return (&url.URL{Scheme: "vscode", Host: "file", Path: fmt.Sprintf("%s:%d:%d", p, line, column)}).String()
	case "jetbrains":
		return "idea://open?" + url.Values{"file": {abs}, "line": {strconv.Itoa(line)},
			"column": {strconv.Itoa(column)}}.Encode()
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// loaded prints on the terminal what a load found.
func (c *serveCmd) loaded(a *app, s *site.Site, ds []diag.Diagnostic, elapsed time.Duration) {
	if c.demo() { // nobody can mend what lies in this program
		ds = slices.DeleteFunc(slices.Clone(ds),
			func(d diag.Diagnostic) bool { return strings.HasPrefix(d.At.File+"/", "content/") })
	}
	p := diag.Printer{Color: a.terminal && os.Getenv("NO_COLOR") == "", Read: s.FileData}
	if err := p.Print(a.stderr, diag.Brief(ds)); err != nil {
		return // the terminal is gone
	}
	line := fmt.Sprintf("%s: %s, %s", time.Now().Format("15:04:05"),
		plural(len(s.Explainers), "explainer"), elapsed.Round(time.Millisecond))
	if n := diag.Count(ds, diag.Error); n > 0 {
		line += ", " + plural(n, "error") + ": what is wrong stays as it was, or out"
	}
	fmt.Fprintln(a.stderr, line)
}

// browse opens an address in the user's browser.
func browse(address string) error {
	switch runtime.GOOS {
	case "darwin":
		return exec.Command("open", address).Start()
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", address).Start()
	}
	return exec.Command("xdg-open", address).Start()
}
