package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLicences: licences.txt has the licence of all that is in the program, on every system that
// it is released for. UPDATE_LICENCES=1 writes the file anew.
func TestLicences(t *testing.T) {
	const file = "licences.txt"
	want := allLicences(t)
	if os.Getenv("UPDATE_LICENCES") != "" {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal([]byte(licences), want) {
		t.Errorf("%s is not what the modules of the program say: "+
			"UPDATE_LICENCES=1 go test ./cmd/nutgraf -run TestLicences writes it anew", file)
	}
}

// allLicences are the licences of the program's own code, Go's, those of its modules and of the
// theme's fonts; parts under one text stand above it together.
func allLicences(t *testing.T) []byte {
	parts := map[string][]string{} // by the text
	add := func(name, file string) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n"))
		parts[s] = append(parts[s], name)
	}
	add("nutgraf", "../../LICENSE")
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	add("Go and its standard library", filepath.Join(strings.TrimSpace(string(root)), "LICENSE"))
	for module, dir := range modulesOf(t) {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range files {
			if licenceFile.MatchString(f.Name()) {
				found = true
				add(module, filepath.Join(dir, f.Name()))
			}
		}
		if !found {
			t.Errorf("%s has no file with its licence", module)
		}
	}
	fonts, err := filepath.Glob("../../static/fonts/OFL-*.txt")
	if err != nil || len(fonts) == 0 {
		t.Fatal("the theme's fonts have no licence: ", err)
	}
	for _, f := range fonts {
		add("the font "+strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "OFL-"), ".txt"), f)
	}
	return inOrder(parts)
}

// inOrder writes each text below the names of the parts that are under it.
func inOrder(parts map[string][]string) []byte {
	byNames := map[string]string{}
	for _, text := range slices.Sorted(maps.Keys(parts)) {
		names := slices.Compact(slices.Sorted(slices.Values(parts[text])))
		key := strings.Join(names, "\n")
		if byNames[key] != "" {
			byNames[key] += "\n\n"
		}
		byNames[key] += text
	}
	var b bytes.Buffer
	b.WriteString("The licences of all that this program holds.\n")
	for _, names := range slices.Sorted(maps.Keys(byNames)) {
		line := strings.Repeat("=", 72)
		fmt.Fprintf(&b, "\n%s\n%s\n%[1]s\n\n%[3]s\n", line, names, byNames[names])
	}
	return b.Bytes()
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[sc]e|copying|notice|patents|attrib)`)

// modulesOf are the folders of the modules that the program is made of, on any of the systems.
func modulesOf(t *testing.T) map[string]string {
	dirs := map[string]string{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, arch := range []string{"amd64", "arm64"} {
			cmd := exec.Command("go", "list", "-deps", "-f",
				"{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
			cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+arch)
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %v", cmd, err)
			}
			for line := range strings.Lines(string(out)) {
				if module, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
					dirs[module] = dir
				}
			}
		}
	}
	return dirs
}
