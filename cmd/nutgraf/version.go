package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
)

// versionCmd is nutgraf version.
type versionCmd struct {
	JSON     bool `help:"Print it as JSON, with the commit, the system and the processor." xor:"what"`
	Licences bool `help:"Print the licences of all that the program holds." xor:"what"`
}

// licences is made by TestLicences.
//
//go:embed licences.txt
var licences string

// What a release says of itself: the linker writes both, see .ci/release.
var releaseVersion, releaseCommit string

// versionFact is the program as version --json prints it.
type versionFact struct {
	Version string `json:"version"`          // "devel" where it is no release
	Commit  string `json:"commit,omitempty"` // of the source; empty where that is not known
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

// Run prints the version of the program and of the Go that built it, or the licences.
func (c *versionCmd) Run(a *app) error {
	switch {
	case c.Licences:
		_, err := io.WriteString(a.stdout, licences)
		return err
	case c.JSON:
		e := json.NewEncoder(a.stdout)
		e.SetIndent("", "  ")
		return e.Encode(thisVersion())
	}
	_, err := fmt.Fprintln(a.stdout, version())
	return err
}

// version is what version prints, in one line.
func version() string {
	v := thisVersion()
	return fmt.Sprintf("nutgraf %s (%s)", v.Version, v.Go)
}

func thisVersion() versionFact {
	v := versionFact{"devel", releaseCommit, runtime.Version(), runtime.GOOS, runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	switch {
	case releaseVersion != "":
		v.Version = releaseVersion
	case ok && info.Main.Version != "" && info.Main.Version != "(devel)":
		v.Version = strings.TrimPrefix(info.Main.Version, "v")
	}
	if ok && v.Commit == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Commit = s.Value
			}
		}
	}
	return v
}
