package main

import (
	"fmt"
	"runtime/debug"
)

// versionCmd is nutgraf version.
type versionCmd struct{}

// Run prints the version of the program and of the Go that built it.
func (versionCmd) Run(a *app) error {
	version, goVersion := "devel", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
		if info.Main.Version != "" && info.Main.Version != "(devel)" {
			version = info.Main.Version
		}
	}
	_, err := fmt.Fprintf(a.stdout, "nutgraf %s (%s)\n", version, goVersion)
	return err
}
