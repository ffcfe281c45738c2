package diag

import (
	"io"
	"net/url"
	"strings"
)

// SARIF 2.1.0 (OASIS), as far as diagnostics need it.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifFix struct {
		Changes []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion  `json:"deletedRegion"`
		Inserted sarifMessage `json:"insertedContent"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifMessage `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

func printSARIF(w io.Writer, r *resolver, ds []Diagnostic) error {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "nutgraf", Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	index := map[string]int{}
	for i := range ds {
		f := r.resolve(&ds[i])
		if _, known := index[f.Rule]; !known {
			index[f.Rule] = len(index)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{f.Rule})
		}
		result := sarifResult{RuleID: f.Rule, RuleIndex: index[f.Rule], Level: f.Severity,
			Message: sarifMessage{sarifText(f)}}
		if f.File != "" {
			result.Locations = []sarifLocation{sarifPlace(f)}
		}
		for id, g := range f.Related {
			if g.File != "" {
				at := sarifPlace(g)
				at.ID, at.Message = &id, &sarifMessage{g.Message}
				result.Related = append(result.Related, at)
			}
		}
		if len(f.Fix) > 0 {
			result.Fixes = []sarifFix{{[]sarifChange{sarifChanges(f.Fix)}}}
		}
		run.Results = append(run.Results, result)
	}
	return encode(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// sarifText is a message with its reason and its fix, which SARIF has no words for.
func sarifText(f Fact) string {
	lines := []string{f.Message}
	if f.Why != "" {
		lines = append(lines, "why: "+f.Why)
	}
	if f.Hint != "" {
		lines = append(lines, "fix: "+f.Hint)
	}
	return strings.Join(lines, "\n")
}

func sarifPlace(f Fact) sarifLocation {
	at := sarifLocation{Physical: sarifPhysical{Artifact: sarifFile(f.File)}}
	if f.Line > 0 {
		at.Physical.Region = &sarifRegion{f.Line, f.Column, f.EndLine, f.EndColumn}
	}
	return at
}

func sarifFile(file string) sarifArtifact { return sarifArtifact{(&url.URL{Path: file}).String()} }

// sarifChanges is a fix, whose edits are all of one file.
func sarifChanges(fix []EditFact) sarifChange {
	change := sarifChange{Artifact: sarifFile(fix[0].File)}
	for _, e := range fix {
		change.Replacements = append(change.Replacements, sarifReplacement{
			sarifRegion{e.Line, e.Column, e.EndLine, e.EndColumn}, sarifMessage{e.Text}})
	}
	return change
}
