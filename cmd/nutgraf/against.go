package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"nutgraf/site/pages"
	"nutgraf/site/publish"
)

// againstFlag says what readers have.
type againstFlag struct {
	Against string `help:"Compare with what is live: a manifest, or the folder or address that holds it." placeholder:"FILE|URL"`
}

// live reads what readers have, nil where the flag is not given.
func (c *againstFlag) live(a *app) (*pages.Live, error) {
	if c.Against == "" {
		return nil, nil
	}
	in, err := c.openManifest(a)
	if err != nil {
		return nil, fmt.Errorf("--against %s: %w", c.Against, err)
	}
	defer in.Close()
	m, err := publish.ReadManifest(in)
	if bad := (*publish.ManifestError)(nil); errors.As(err, &bad) {
		return nil, usageError{fmt.Errorf("--against: %s %w", c.Against, bad)}
	}
	if err != nil {
		return nil, fmt.Errorf("--against %s: %w", c.Against, err)
	}
	live, err := m.Live()
	if err != nil {
		return nil, usageError{fmt.Errorf("--against: %s %w", c.Against, err)}
	}
	return live, nil
}

// openManifest opens the manifest that --against names, or that lies in the
// folder or at the address that it names.
func (c *againstFlag) openManifest(a *app) (io.ReadCloser, error) {
	if !strings.HasPrefix(c.Against, "https://") && !strings.HasPrefix(c.Against, "http://") {
		name := c.Against
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			name = filepath.Join(name, publish.ManifestName)
		}
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no such file: name the folder of a built site, the %s in it, or the address of the live site", publish.ManifestName)
		}
		return f, err
	}
	address := c.Against
	if path.Ext(address) != ".json" {
		address = strings.TrimSuffix(address, "/") + "/" + publish.ManifestName
	}
	req, err := http.NewRequestWithContext(a.ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := (&http.Client{Timeout: time.Minute}).Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, fmt.Errorf("the host answers %s", resp.Status)
	}
	return resp.Body, nil
}
