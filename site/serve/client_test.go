package serve

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// listen opens a tab's channel, and returns a function that waits for the next
// message on it.
func (p *preview) listen(page string) func() *message {
	p.t.Helper()
	r, err := http.Get(p.address + p.server.secret + "events?page=" + url.QueryEscape(page))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { r.Body.Close() })
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(r.Body); s.Scan(); {
			select {
			case lines <- s.Text():
			case <-p.t.Context().Done():
				return
			}
		}
	}()
	return func() *message {
		p.t.Helper()
		for {
			select {
			case line, ok := <-lines:
				if !ok {
					p.t.Fatal("the channel was closed")
				}
				if text, ok := strings.CutPrefix(line, "data: "); ok {
					m := new(message)
					if err := json.Unmarshal([]byte(text), m); err != nil {
						p.t.Fatal(err)
					}
					return m
				}
			case <-time.After(deadline):
				p.t.Fatal("waited in vain for a message")
			}
		}
	}
}
