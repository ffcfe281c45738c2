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

// tabs knows the open tabs.
type tabs struct {
	mu   sync.Mutex
	open map[*tab]bool
}

// tab is one open tab.
type tab struct {
	path string        // of the page that it shows, as Book.Find takes it
	more chan *message // the newest that it has not read yet
}

// message is what a tab is notified of.
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

// mostTabs is how many tabs are notified of changes.
const mostTabs = 100

// announce notifies each tab of what became of its page.
func (t *tabs) announce(shown *snapshot) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for c := range t.open {
		c.notify(shown)
	}
}

func (c *tab) notify(shown *snapshot) {
	m := &message{Key: shown.key(c.path), Fails: shown.fails}
	for _, f := range shown.facts {
		m.Facts = append(m.Facts, fact{Fact: f, Caret: f.Caret})
	}
	select {
	case <-c.more: // an older one is not worth sending
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

// events is the channel on which a tab is notified of changes: server-sent events
// (WHATWG HTML, 9.2).
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	c := &tab{path: r.URL.Query().Get("page"), more: make(chan *message, 1)}
	s.tabs.mu.Lock()
	if len(s.tabs.open) >= mostTabs {
		s.tabs.mu.Unlock()
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	s.tabs.open[c] = true
	if now := s.now.Load(); now != nil {
		c.notify(now)
	}
	s.tabs.mu.Unlock()
	defer func() {
		s.tabs.mu.Lock()
		delete(s.tabs.open, c)
		s.tabs.mu.Unlock()
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
