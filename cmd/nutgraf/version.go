package main

import (
	"fmt"
	"runtime/debug"
)

// versionCmd is nutgraf version.
type versionCmd struct{}

// Run prints the version of the program and of the Go that built it.
func (versionCmd) Run(a *app) error {
	_, err := fmt.Fprintln(a.stdout, version())
	return err
}

func version() string {
	v, goVersion := "devel", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
		if info.Main.Version != "" && info.Main.Version != "(devel)" {
			v = info.Main.Version
		}
	}
	return fmt.Sprintf("nutgraf %s (%s)", v, goVersion)
}
