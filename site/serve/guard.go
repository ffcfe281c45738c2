package serve

import (
	"net/http"
	"slices"
	"strings"
)

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
		switch {
		case !slices.Contains(s.o.Hosts, strings.ToLower(r.Host)), !ours(r):
			w.WriteHeader(http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// ours reports whether a request comes from one of our own pages, or from
// nobody's: a link on another page may be followed, but not into a frame.
func ours(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && !strings.EqualFold(origin, "http://"+r.Host) {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}
