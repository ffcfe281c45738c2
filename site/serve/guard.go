package serve

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// HostName returns the name or the IP address that a Host header asks by, without
// its port. ok is false where there is none that a machine can have.
func HostName(host string) (name string, ok bool) {
	u, err := url.Parse("http://" + host)
	if err != nil || u.Host != host {
		return "", false
	}
	name = strings.TrimSuffix(strings.ToLower(u.Hostname()), ".") // DNS's root
	if ip, err := netip.ParseAddr(name); err == nil {
		return ip.Unmap().String(), true
	}
	return name, hostGrammar.MatchString(name)
}

// hostGrammar is that of names in DNS, with the underscores of Docker's.
var hostGrammar = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$`)

// meant reports whether a name can only mean this machine, at whatever port it is
// asked for: a container, a tunnel or an editor may give it another one. Of all
// other names, anybody can make his own lead here (DNS rebinding).
func (s *Server) meant(r *http.Request, name string) bool {
	ip, err := netip.ParseAddr(name)
	if err != nil {
		return name == "localhost" || strings.HasSuffix(name, ".localhost") || slices.Contains(s.o.Hosts, name)
	}
	at, _ := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ip.IsLoopback() || slices.Contains(s.o.Hosts, name) || at != nil && ip == at.AddrPort().Addr().Unmap()
}

// guard answers only what our own pages, the address bar and tools on this
// machine ask for. A page of somebody else, open in the same browser, gets
// nothing: neither by a name of its own for this machine, nor by asking for
// parts, nor by a frame (Fetch Metadata Request Headers; RFC 6454).
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "frame-ancestors 'self'")
		name, ok := HostName(r.Host)
		switch {
		case !ok || !s.meant(r, name):
			refuse(w, s.stranger(name, ok))
		case !s.ours(r, name):
			refuse(w, "A page of another site asked for this, which gets nothing of the preview.")
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func refuse(w http.ResponseWriter, why string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusForbidden)
	fmt.Fprintln(w, why)
}

// mostStrangers is how many names are printed on the terminal.
const mostStrangers = 20

// stranger says why a name is not answered, and what to do: on the terminal, too,
// once for each.
func (s *Server) stranger(name string, ok bool) string {
	if !ok {
		return "The request named no host that a machine can have."
	}
	why := fmt.Sprintf("The preview does not answer to the name %s: anyone can point a name of "+
		"their own at this machine.", name)
	fix := fmt.Sprintf("If it is yours, start again with: nutgraf serve --allow-host %s", name)
	s.strangers.Lock()
	defer s.strangers.Unlock()
	if n := len(s.strangers.names); n < mostStrangers && !slices.Contains(s.strangers.names, name) {
		s.strangers.names = append(s.strangers.names, name)
		s.log("%s %s", why, fix)
	}
	return why + "\n" + fix
}

// ours reports whether a request comes from one of our own pages, or from
// nobody's: a link on another page may be followed, but not into a frame. What
// stands between us and an allowed name may speak HTTPS.
func (s *Server) ours(r *http.Request, name string) bool {
	origin := r.Header.Get("Origin")
	secure := strings.EqualFold(origin, "https://"+r.Host) && slices.Contains(s.o.Hosts, name)
	if origin != "" && !secure && !strings.EqualFold(origin, "http://"+r.Host) {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}
