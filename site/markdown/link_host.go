package markdown

import (
	"net"
	"net/url"
	"strings"

	"nutgraf/site/diag"
)

// detours are pages that lead on to the address in a part of their query: programs put them in
// the place of an address that is copied.
var detours = []struct{ host, path, query string }{
	{"google.", "/url", "q"}, {"google.", "/url", "url"}, {"facebook.com", "/l.php", "u"},
	{"slack-redir.net", "/link", "url"}, {"safelinks.protection.outlook.com", "/", "url"},
}

// checkHost reports an address that leads over another page, or to the writer's own computer.
func (w *writer) checkHost(d destination, address string) {
	if !strings.Contains(address, "?") && !strings.Contains(address, "://localhost") &&
		!strings.Contains(address, "://127.") && !strings.Contains(address, "://[::1]") {
		return // nearly always
	}
	u, err := url.Parse(address)
	if err != nil {
		return
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() == "localhost" || ip.IsLoopback() {
		hint, to := "write the address that readers can open", ""
		if u.Path != "" && u.Path != "/" && !strings.HasPrefix(u.Path, "/_preview") {
			to = (&url.URL{Path: u.Path, Fragment: u.Fragment}).String()
			hint = "write " + to
		}
		w.report(diag.Warning, "own-computer", d.from, d.to, "this address is one of your own computer",
			"readers can't open it", hint, w.rewritten(d, to)...)
		return
	}
	for _, way := range detours {
		to := u.Query().Get(way.query)
		if u.Path == way.path && strings.HasPrefix(to, "http") && strings.Contains("."+u.Hostname(), "."+way.host) {
			w.report(diag.Warning, "detour", d.from, d.to, "this address leads to another one over "+u.Hostname(),
				"it tells them who reads this, and works as long as they like", "write "+to, w.rewritten(d, to)...)
			return
		}
	}
}

// rewritten is the change of an address to one that can stand in its place as it is.
func (w *writer) rewritten(d destination, to string) []diag.Edit {
	if to == "" || strings.ContainsAny(to, " ()<>\\") {
		return nil
	}
	return w.instead(d.from, d.to, to)
}
