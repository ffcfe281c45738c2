package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// hub knows the open tabs.
type hub struct {
	mu      sync.Mutex
	clients map[*client]bool
}

// client is one open tab.
type client struct {
	path string        // of the page that it shows, as Book.Find takes it
	more chan *message // the newest that it has not read yet
}

// message is what a tab is told.
type message struct {
	Key   string `json:"key"`   // of its page now, "" where there is none
	Fails bool   `json:"fails"` // there are errors
	Facts []fact `json:"facts"`
}

// fact is a diagnostic with the address that opens its place in an editor.
type fact struct {
	diag.Fact
	Caret string `json:"caret,omitempty"`
	Edit  string `json:"edit,omitempty"`
}

// mostClients is how many tabs are told of changes.
const mostClients = 100

// announce tells each tab what became of its page.
func (h *hub) announce(shown *snapshot) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.clients {
		c.tell(shown)
	}
}

func (c *client) tell(shown *snapshot) {
	m := &message{Key: shown.key(c.path), Fails: shown.fails}
	for _, f := range shown.facts {
		m.Facts = append(m.Facts, fact{Fact: f, Caret: f.Caret})
	}
	select {
	case <-c.more: // an older one is not worth telling
	default:
	}
	c.more <- m
}

// key is the key of a page, or of what is shown where there is none.
func (n *snapshot) key(path string) string {
	if path == deskPath {
		return strconv.FormatInt(n.turn, 10)
	}
	if n.edition == nil || !n.edition.hold() {
		return ""
	}
	defer n.edition.reading.RUnlock()
	i := n.edition.Find(path)
	if i < 0 {
		return ""
	}
	leaf, err := n.edition.Open(i)
	if err != nil {
		return ""
	}
	defer leaf.Close()
	return keyText(leaf.Key)
}

func keyText(key document.Sum) string { return fmt.Sprintf("%x", key[:8]) }

// events is the channel on which a tab is told of changes: server-sent events
// (WHATWG HTML, 9.2).
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	c := &client{path: r.URL.Query().Get("page"), more: make(chan *message, 1)}
	s.hub.mu.Lock()
	if len(s.hub.clients) >= mostClients {
		s.hub.mu.Unlock()
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	s.hub.clients[c] = true
	if now := s.now.Load(); now != nil {
		c.tell(now)
	}
	s.hub.mu.Unlock()
	defer func() {
		s.hub.mu.Lock()
		delete(s.hub.clients, c)
		s.hub.mu.Unlock()
	}()
	control := http.NewResponseController(w)
	control.SetWriteDeadline(time.Time{})
	control.SetReadDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		if err := control.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case m := <-c.more:
			for i := range m.Facts {
				m.Facts[i].Edit = s.edit(m.Facts[i].Fact)
			}
			text, err := json.Marshal(m)
			if err != nil {
				return
			}
			fmt.Fprintf(w, "data: %s\n\n", text)
		}
	}
}
