package browsertest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A report is what we read of what Lighthouse says.
type report struct {
	RuntimeError *struct{ Message string }
	Categories   map[string]struct {
		Score     float64
		AuditRefs []struct {
			ID     string
			Weight float64
		}
	}
	Audits map[string]struct {
		Title string
		Score *float64
	}
}

// mustBePerfect are the categories that a machine's load can't touch.
var mustBePerfect = []string{"accessibility", "best-practices", "seo"}

// TestLighthouse takes the scores of Lighthouse, as on a phone. Performance is
// only told, for it dips on a busy machine: the median of as many runs as
// NUTGRAF_LIGHTHOUSE_RUNS says, or one.
func TestLighthouse(t *testing.T) {
	s := demoSite(t)
	if chromiumPath() == "" {
		required(t, "Chromium")
	}
	runs := 1
	if n, err := strconv.Atoi(os.Getenv("NUTGRAF_LIGHTHOUSE_RUNS")); err == nil {
		runs = n
	}
	cli := npm(t, "lighthouse/cli/index.js")
	for _, kind := range []string{"explainer", "home", "timeline", "glossary", "entry", "topic", "search"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			address := s.page(t, kind)
			var performance []int
			for i := range runs {
				r := lighthouse(t, cli, address, i > 0)
				performance = append(performance, int(100*r.Categories["performance"].Score+.5))
				if i == 0 {
					perfect(t, r)
				}
			}
			slices.Sort(performance)
			t.Logf("performance: %d", performance[len(performance)/2])
		})
	}
}

// attempts are how often Lighthouse may fail to record a trace (NO_NAVSTART and
// its like: Chromium was too busy), which says nothing of the page.
const attempts = 3

func lighthouse(t *testing.T, cli, address string, onlySpeed bool) report {
	t.Helper()
	var err error
	for range attempts {
		var r report
		if r, err = lighthouseOnce(t, cli, address, onlySpeed); err == nil {
			return r
		}
		t.Log(err)
	}
	t.Fatal(err)
	return report{}
}

func lighthouseOnce(t *testing.T, cli, address string, onlySpeed bool) (r report, err error) {
	categories := "performance"
	if !onlySpeed {
		categories += "," + strings.Join(mustBePerfect, ",")
	}
	out := filepath.Join(t.TempDir(), "report.json")
	cmd := exec.CommandContext(t.Context(), "node", cli, address, "--quiet", "--disable-full-page-screenshot", "--output=json", "--output-path="+out, "--only-categories="+categories,
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --disable-component-update --disable-background-networking --disable-sync")
	cmd.Env = append(os.Environ(), "CHROME_PATH="+chromiumPath())
	if said, err := cmd.CombinedOutput(); err != nil {
		return r, fmt.Errorf("%w\n%s", err, said)
	}
	data, err := os.ReadFile(out)
	if err == nil {
		err = json.Unmarshal(data, &r)
	}
	if err == nil && r.RuntimeError != nil {
		err = errors.New(r.RuntimeError.Message)
	}
	return r, err
}

// perfect tells what keeps a category from 100.
func perfect(t *testing.T, r report) {
	t.Helper()
	for _, name := range mustBePerfect {
		c := r.Categories[name]
		if c.Score == 1 {
			continue
		}
		t.Errorf("%s: %.0f", name, 100*c.Score)
		for _, ref := range c.AuditRefs {
			if a := r.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
				t.Errorf("  %s: %s", ref.ID, a.Title)
			}
		}
	}
}
