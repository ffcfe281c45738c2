package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"nutgraf/site/pages"
	"nutgraf/site/publish"
)

// againstFlag says what readers have.
type againstFlag struct {
	Against *string `help:"Compare with what is live: a manifest, the folder or address that holds it, or a sitemap." placeholder:"FILE|URL"`
}

// live reads what readers have, nil where the flag is not given.
func (c *againstFlag) live(a *app) (*pages.Live, error) {
	if c.Against == nil {
		return nil, nil
	}
	if *c.Against == "" { // such as a variable of CI that is not set
		return nil, usageError{errors.New("--against is empty: name the folder of a built site, " +
			"or the address of the live site")}
	}
	if isSitemap(*c.Against) {
		live, err := liveFromSitemap(a, *c.Against)
		if err != nil {
			return nil, fmt.Errorf("--against %s: %w", *c.Against, err)
		}
		return live, nil
	}
	in, err := openManifest(a, *c.Against)
	if err != nil {
		return nil, fmt.Errorf("--against %s: %w", *c.Against, err)
	}
	defer in.Close()
	m, err := publish.ReadManifest(in)
	if bad := (*publish.ManifestError)(nil); errors.As(err, &bad) {
		return nil, usageError{fmt.Errorf("--against: %s %w; name the %s of the live site, or "+
			"its address",
			*c.Against, bad, publish.ManifestName)}
	}
	if err != nil {
		return nil, fmt.Errorf("--against %s: %w", *c.Against, err)
	}
	live, err := m.Live()
	if err != nil {
		return nil, usageError{fmt.Errorf("--against: %s %w", *c.Against, err)}
	}
	return live, nil
}

// isHost matches the name of a host, which no file of ours has.
var isHost = regexp.MustCompile(`^(?i)(?:[a-z0-9-]+\.)+(?:[a-z]{2,})(?::\d+)?$`)

// openManifest opens the manifest that against names, or that lies in the
// folder or at the address that it names.
func openManifest(a *app, against string) (io.ReadCloser, error) {
	name := against
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, publish.ManifestName)
	} else if isAddress(name) && path.Ext(name) != ".json" {
		name = strings.TrimSuffix(name, "/") + "/" + publish.ManifestName
	}
	return openLive(a, name)
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// openLive opens a file, or what a host has at an address.
func openLive(a *app, name string) (io.ReadCloser, error) {
	if !isAddress(name) {
		f, err := os.Open(name)
		if host, _, _ := strings.Cut(name, "/"); errors.Is(err, fs.ErrNotExist) &&
			isHost.MatchString(host) && filepath.Ext(name) != ".json" {
			return nil, fmt.Errorf("there is no such file: for the live site write --against "+
				"https://%s", name)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no such file: name the folder of a built site, the "+
				"%s in it, or the address of the live site", publish.ManifestName)
		}
		return f, err
	}
	req, err := http.NewRequestWithContext(a.ctx, http.MethodGet, name, nil)
	if err != nil {
		return nil, err
	}
	resp, err := (&http.Client{Timeout: time.Minute}).Do(req)
	if err != nil {
		var at *url.Error
		if errors.As(err, &at) {
			err = at.Err
		}
		return nil, fmt.Errorf("nobody answers there (%w): write the address of the live site, "+
			"or leave --against out while there is none", err)
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, fmt.Errorf("the host answers %s for %s: write the address that the site "+
			"begins at, or leave --against out while it is not live", resp.Status, name)
	}
	return resp.Body, nil
}
