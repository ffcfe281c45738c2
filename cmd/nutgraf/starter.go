package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"text/template"
	"time"

	"nutgraf/site/lang"
)

// starter holds the texts that init and new write: Markdown and YAML with a
// few places to fill in.
//
//go:embed starter
var starter embed.FS

// blanks are what is filled into a text of starter.
type blanks struct {
	Title    string // in quotes, as YAML wants it
	Today    string
	Lang     string
	Timezone string
	Foreign  bool // the site's language is not that of the texts
}

// newBlanks takes the language, the time zone and the day from the machine.
func newBlanks(title string) (blanks, error) {
	now, err := clock("")
	if err != nil {
		return blanks{}, err
	}
	tag, zone := machineLanguage(), machineZone()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return blanks{}, err
	}
	base, _, _ := strings.Cut(tag, "-")
	// YAML's double quotes know every escape of Go's.
	return blanks{Title: strconv.Quote(title), Today: now.In(loc).Format("2006-01-02"), Lang: tag,
		Timezone: zone, Foreign: base != "en"}, nil
}

// fill returns a text of starter.
func fill(name string, b blanks) ([]byte, error) {
	t, err := template.ParseFS(starter, "starter/"+name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, b)
	return out.Bytes(), err
}

// newFile is a file to write, by its path in the site's folder.
type newFile struct {
	name string
	data []byte
}

// inTheWay returns what stands where one of the files is to be written, or
// where its folder is to be, or "".
func inTheWay(root *os.Root, files []newFile) (string, error) {
	for _, f := range files {
		for i, c := range f.name {
			if c != '/' {
				continue
			}
			dir := f.name[:i]
			if _, err := root.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
				break
			}
			if info, err := root.Stat(dir); err != nil || !info.IsDir() {
				return dir, nil
			}
		}
		if _, err := root.Lstat(f.name); err == nil {
			return f.name, nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return "", nil
}

// write makes the files with their folders. It never writes over one.
func write(root *os.Root, files []newFile) error {
	for _, f := range files {
		if err := root.MkdirAll(path.Dir(f.name), 0o777); err != nil {
			return err
		}
		w, err := root.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return err
		}
		_, err = w.Write(f.data)
		if err := errors.Join(err, w.Close()); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// machineLanguage is the language of the machine's locale as BCP 47 writes it,
// or en (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html).
func machineLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := os.Getenv(name)
		if value == "" {
			continue
		}
		tag, _, _ := strings.Cut(value, ".") // de_DE.UTF-8
		tag, _, _ = strings.Cut(tag, "@")    // de_AT@euro
		tag = strings.ReplaceAll(tag, "_", "-")
		if tag == "C" || tag == "POSIX" || !lang.Valid(tag) {
			return "en"
		}
		return tag
	}
	return "en"
}

// machineZone is the IANA name of the machine's time zone, or UTC.
func machineZone() string {
	name, set := os.LookupEnv("TZ")
	name = strings.TrimPrefix(name, ":")
	if !set {
		name, _ = os.Readlink("/etc/localtime")
	}
	if _, in, ok := strings.Cut(name, "zoneinfo/"); ok {
		name = in
	}
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		return "UTC"
	}
	return name
}
