package serve

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// asked is one request.
type asked struct{ host, origin, site, mode, dest, method, path string }

// named are the values of Host that are asked for, with those that only this
// machine can have, and one that is allowed.
func named(host string) map[string]bool {
	port := host[strings.Index(host, ":"):]
	return map[string]bool{
		host: true, "127.0.0.1": true, "127.0.0.1:1": true, "127.1.2.3" + port: true, "[::1]" + port: true, "[::ffff:127.0.0.1]" + port: true,
		"localhost": true, "LocalHost:8080": true, "one.localhost:8080": true, mapped: true, mapped + ":8080": true,
		"evil.example": false, "evil.example" + port: false, "127.0.0.1.evil.example": false, "localhost.evil.example": false, "notlocalhost": false,
		"x." + mapped: false, "evil.example@127.0.0.1": false, "127.0.0.1@evil.example": false, "127.0.0.1/evil.example": false, "128.0.0.1" + port: false,
		"[2001:db8::1]" + port: false, "0.0.0.0" + port: false, host + ".": false, "127.0.0.1:x": false, "": false, "\r\nevil": false, "-x.example": false,
	}
}

// mapped is the name that a tunnel leads here by.
const mapped = "name-1313.app.example"

// allowed reports what the guard must: only our own pages, the address bar and
// links on other pages are answered.
func (a asked) allowed(host string) bool {
	return named(host)[a.host] && (a.origin == "" || a.origin == "http://"+a.host || a.origin == "https://"+a.host && strings.HasPrefix(a.host, mapped)) &&
		(a.site == "" || a.site == "none" || a.site == "same-origin" || a.mode == "navigate" && a.dest == "document")
}

// request is it as the server reads it from the wire.
func (a asked) request() *http.Request {
	u, err := url.ParseRequestURI(a.path)
	if err != nil {
		u = &url.URL{Path: a.path}
	}
	r := &http.Request{Method: a.method, Host: a.host, Header: http.Header{}, URL: u, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	for k, v := range map[string]string{"Origin": a.origin, "Sec-Fetch-Site": a.site, "Sec-Fetch-Mode": a.mode, "Sec-Fetch-Dest": a.dest} {
		if v != "" {
			r.Header.Set(k, v)
		}
	}
	return r
}

// recorder keeps an answer. httptest's would set a code that nobody wrote.
type recorder struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

// Header returns the header.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader keeps the first code.
func (r *recorder) WriteHeader(code int) {
	if r.code == 0 {
		r.code = code
	}
}

// Write keeps the body.
func (r *recorder) Write(b []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(b)
}

// answers are the paths that are asked for, with the status that each has for
// those who may ask.
func answers(secret string) map[string]int {
	return map[string]int{
		"/":                                  200,
		"/?x=/../canary.txt":                 200,
		"/explainers/one/":                   200,
		"/explainers/one/index.html":         200,
		"/own.css":                           200,
		secret + "preview.js":                200,
		"/explainers/one":                    301,
		"/canary.txt":                        404,
		"/../canary.txt":                     404,
		"/%2e%2e/canary.txt":                 404,
		"/..%2fcanary.txt":                   404,
		"/..\\canary.txt":                    404,
		"/static/../../canary.txt":           404,
		"/explainers/one/../../canary.txt":   404,
		"/explainers/one/canary.txt":         404,
		"/content/explainers/one/canary.txt": 404,
		"/content/explainers/one.md":         404,
		"/explainers/one.md":                 404,
		"/.git/config":                       404,
		"//evil.example/":                    404,
		"/\\evil.example":                    404,
		"//evil.example/..":                  404,
		"/_preview/":                         302,
		"/_preview/?page=/../canary.txt":     302,
		"/_preview/?page=/explainers/one/":   200,
		secret + "desk.js":                   200,
		secret + "source?page=/../canary.txt&text=bird": 404,
		"/_preview/x/preview.js":                        404,
		"/own.css\x00.html":                             404,
	}
}

// TestHostileRequests asks in every way that a page of somebody else could: for
// each path by each method, from each origin, under each name of this machine.
// No answer but the right one, and nothing is read that is not the site's.
func TestHostileRequests(t *testing.T) {
	files := small()
	const canary = "a bird sings"
	files["canary.txt"] = canary
	files["content/explainers/one/canary.txt"] = canary
	files["content/explainers/one.md"] = strings.Replace(files["content/explainers/one.md"], "standfirst:", "notes: "+canary+"\nstandfirst:", 1)
	p := start(t, files, unswept, func(o *Options) { o.Hosts = []string{mapped} })
	var opened []func() bool
	for _, name := range []string{"canary.txt", "content/explainers/one/canary.txt"} {
		opened = append(opened, opening(t, filepath.Join(p.dir, name)))
	}
	host := strings.TrimPrefix(p.address, "http://")
	h, r := p.server.handler(), chance(t)
	modes := []string{"", "navigate", "cors", "no-cors", "same-origin", "websocket", "nonsense"}
	dests := []string{"", "document", "iframe", "frame", "image", "script", "object", "empty"}
	count, passed := 0, 0
	for hostName := range named(host) {
		for _, origin := range []string{"", "http://" + hostName, "https://" + hostName, "http://" + host, "null", "http://evil.example", "http://localhost:3000", "http://" + host + ".evil.example", "file://"} {
			for _, site := range []string{"", "none", "same-origin", "same-site", "cross-site", "nonsense"} {
				for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"} {
					for path, status := range answers(p.server.secret) {
						a := asked{hostName, origin, site, modes[r.IntN(len(modes))], dests[r.IntN(len(dests))], method, path}
						w := &recorder{header: http.Header{}}
						h.ServeHTTP(w, a.request())
						count++
						if !a.allowed(host) {
							status = http.StatusForbidden
						} else if method != "GET" && method != "HEAD" {
							status = http.StatusMethodNotAllowed
						} else {
							passed++
						}
						if fault := w.fault(status); fault != "" || strings.Contains(w.body.String(), canary) {
							t.Fatalf("%+v: %s: %d, %v\n%s", a, fault, w.code, w.header, w.body.String())
						}
					}
				}
			}
		}
	}
	if count < 50_000 || passed == 0 {
		t.Errorf("only %d requests, and %d passed", count, passed)
	}
	for _, is := range opened {
		if is() {
			t.Error("a canary was read")
		}
	}
}

// fault says what is wrong with an answer whose status should be the one given.
func (r *recorder) fault(status int) string {
	for name := range r.header {
		if strings.HasPrefix(name, "Access-Control-") || name == "Timing-Allow-Origin" {
			return "a page of another origin may read it"
		}
	}
	for name, want := range map[string]string{"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"} {
		if !slices.Equal(r.header.Values(name), []string{want}) {
			return "wrong " + name
		}
	}
	refused := status == http.StatusForbidden || status == http.StatusMethodNotAllowed
	to := r.header.Get("Location")
	switch {
	case r.code != status:
		return "wrong status"
	case !strings.Contains(r.header.Get("Content-Security-Policy"), "frame-ancestors 'self'"):
		return "it may be framed"
	case refused && r.body.Len() > 0 && r.header.Get("Content-Type") != "text/plain; charset=utf-8", strings.Contains(r.body.String(), "evil.example@"):
		return "a refusal is more than a text"
	case status == http.StatusForbidden && r.body.Len() == 0:
		return "a refusal says nothing"
	case (status == http.StatusMethodNotAllowed) != (r.header.Get("Allow") == "GET, HEAD"):
		return "wrong Allow"
	case (status == http.StatusMovedPermanently || status == http.StatusFound) != strings.HasPrefix(to, "/"), strings.HasPrefix(to, "//"), strings.ContainsAny(to, ":\\"), strings.Contains(to, "evil") && !strings.Contains(to, "?x="):
		return "it leads elsewhere"
	}
	return ""
}

// TestStranger holds that whoever is refused for his name reads why, and what to
// do; the terminal, too, once.
func TestStranger(t *testing.T) {
	var mu sync.Mutex
	var printed []string
	p := start(t, small(), func(o *Options) {
		o.Log = func(line string) {
			mu.Lock()
			defer mu.Unlock()
			printed = append(printed, line)
		}
	})
	ask := func(host string) string {
		r, err := http.NewRequest("GET", p.address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		answer, err := browser.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		return answer.Status + "\n" + string(body)
	}
	const want = "403 Forbidden\nThe preview does not answer to the name name-1313.app.example: anyone can point a name of their own at this machine.\n" +
		"If it is yours, start again with: nutgraf serve --allow-host name-1313.app.example\n"
	for _, host := range []string{mapped, mapped + ":8080", strings.ToUpper(mapped)} {
		if got := ask(host); got != want {
			t.Errorf("%s: %s", host, got)
		}
	}
	for i := range 3 * mostStrangers {
		ask(fmt.Sprintf("n%d.example", i))
	}
	mu.Lock()
	defer mu.Unlock()
	if len(printed) != mostStrangers || printed[0] != strings.ReplaceAll(strings.TrimSpace(strings.TrimPrefix(want, "403 Forbidden\n")), "\n", " ") {
		t.Errorf("%d lines on the terminal: %q", len(printed), printed)
	}
}

// TestRawRequests writes what no browser does to the wire.
func TestRawRequests(t *testing.T) {
	p := start(t, small())
	host := strings.TrimPrefix(p.address, "http://")
	for _, c := range []struct{ request, want string }{
		{"GET / HTTP/1.1\r\nHost: " + host + "\r\n", "HTTP/1.1 200"},
		{"GET http://evil.example/ HTTP/1.1\r\nHost: " + host + "\r\n", "HTTP/1.1 403"},
		{"GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: " + host + "\r\nForwarded: host=" + host + "\r\n", "HTTP/1.1 403"},
		{"GET / HTTP/1.1\r\nHost: " + host + "\r\nHost: evil.example\r\n", "HTTP/1.1 400"},
		{"GET / HTTP/1.1\r\n", "HTTP/1.1 400"},
		{"GET / HTTP/1.0\r\n", "HTTP/1.0 403"},
		{"GET ../canary.txt HTTP/1.1\r\nHost: " + host + "\r\n", "HTTP/1.1 400"},
		{"GET / HTTP/1.1\r\nHost: " + host + "\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n", "HTTP/1.1 431"},
	} {
		conn, err := net.DialTimeout("tcp", host, deadline)
		if err != nil {
			t.Fatal(err)
		}
		conn.SetDeadline(time.Now().Add(deadline))
		fmt.Fprintf(conn, "%sConnection: close\r\n\r\n", c.request)
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.HasPrefix(line, c.want) {
			t.Errorf("%.60q: %q, %v; want %s", c.request, line, err, c.want)
		}
		conn.Close()
	}
}
