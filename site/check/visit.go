package check

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// Visitor asks the web whether addresses are there.
type Visitor struct {
	// Client asks; its CheckRedirect is not used.
	Client *http.Client
	// Dir is the folder that keeps what was found for some days; "" keeps nothing.
	Dir string
	// Pause is how long a host has peace between two requests.
	Pause time.Duration
	// Now dates the answers that are stored, and says whether stored ones are still good.
	Now time.Time
}

// verdict is what came of a visit. The zero verdict is: it is there.
type verdict struct {
	Gone  bool   `json:"gone,omitempty"`
	Moved string `json:"moved,omitempty"` // where to, for good
	Why   string `json:"why,omitempty"`   // it is gone, or nobody can tell
}

// unclear reports whether nobody can tell.
func (v verdict) unclear() bool { return !v.Gone && v.Why != "" }

// How long what was found is believed.
const (
	goodFor = 7 * 24 * time.Hour
	goneFor = 24 * time.Hour
)

// maxHops is how many redirects are followed.
const maxHops = 10

// host asks one host for its addresses, one after the other.
func (v *Visitor) host(ctx context.Context, urls []string) ([]verdict, error) {
	out := make([]verdict, len(urls))
	asked := false
	for i, u := range urls {
		if stored, ok := v.recall(u); ok {
			out[i] = stored
			continue
		}
		if asked {
			select {
			case <-time.After(v.Pause):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		asked = true
		out[i] = v.visit(ctx, u)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !out[i].unclear() {
			if err := v.remember(u, out[i]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// visit follows an address to where it leads.
func (v *Visitor) visit(ctx context.Context, address string) verdict {
	var moved string
	permanent := true
	at := address
	for range maxHops {
		status, location, err := v.ask(ctx, at)
		switch {
		case err != nil:
			return judgeError(err)
		case status == http.StatusNotFound || status == http.StatusGone:
			return verdict{Gone: true, Why: fmt.Sprintf("%d %s", status, http.StatusText(status))}
		case status >= 400:
			return verdict{Why: fmt.Sprintf("it answers %d %s", status, http.StatusText(status))}
		case status < 300 || location == "":
			return verdict{Moved: moved}
		}
		next, err := url.Parse(at)
		if err == nil {
			next, err = next.Parse(location)
		}
		if err != nil || next.Scheme != "http" && next.Scheme != "https" {
			return verdict{Why: "it leads to what is no web address"}
		}
		at = next.String()
		permanent = permanent && (status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect)
		if permanent {
			moved = at
		}
	}
	return verdict{Why: "it leads on and on"}
}

// ask asks for an address, with HEAD and, where that is refused, with GET.
func (v *Visitor) ask(ctx context.Context, address string) (status int, location string, err error) {
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		req, err := http.NewRequestWithContext(ctx, method, address, nil)
		if err != nil {
			return 0, "", err
		}
		req.Header.Set("User-Agent", "nutgraf check (looks whether links are there)")
		client := *v.Client
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		resp, err := client.Do(req)
		if err != nil {
			return 0, "", err
		}
		resp.Body.Close()
		status, location = resp.StatusCode, resp.Header.Get("Location")
		if status < 400 || status == http.StatusTooManyRequests {
			break
		}
	}
	return status, location, nil
}

// judgeError says what it means that there was no answer at all.
func judgeError(err error) verdict {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return verdict{Gone: true, Why: "there is no such host"}
	case errors.As(err, &timeout) && timeout.Timeout():
		return verdict{Why: "it takes too long to answer"}
	}
	return verdict{Why: "it can't be reached"}
}

// record is a verdict as it is stored.
type record struct {
	URL  string    `json:"url"`
	When time.Time `json:"when"`
	verdict
}

func (v *Visitor) file(address string) string {
	sum := sha256.Sum256([]byte(address))
	return filepath.Join(v.Dir, hex.EncodeToString(sum[:16])+".json")
}

// recall returns what was found some days ago. What is damaged is asked again.
func (v *Visitor) recall(address string) (verdict, bool) {
	if v.Dir == "" {
		return verdict{}, false
	}
	data, err := os.ReadFile(v.file(address))
	var r record
	if err != nil || json.Unmarshal(data, &r) != nil || r.URL != address {
		return verdict{}, false
	}
	age := v.Now.Sub(r.When)
	return r.verdict, age >= 0 && (age < goneFor || age < goodFor && !r.Gone)
}

func (v *Visitor) remember(address string, found verdict) error {
	if v.Dir == "" {
		return nil
	}
	data, err := json.Marshal(record{address, v.Now, found})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(v.Dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(v.file(address), data, 0o644)
}
