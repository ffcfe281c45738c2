package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// initCmd is nutgraf init.
type initCmd struct {
	Dir string `arg:"" name:"dir" help:"Folder to make the site in. Files that are already there are left alone." type:"path"`
}

// Run makes a small complete site, or nothing where a file is in the way.
func (c *initCmd) Run(a *app) error {
	files, err := c.files()
	if err != nil {
		return err
	}
	shown := new(siteFlags).shown(c.Dir)
	if info, err := os.Stat(c.Dir); err == nil && !info.IsDir() {
		return usageError{fmt.Errorf("%s is a file, and a site is a folder: choose another name", shown)}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(c.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if name, err := inTheWay(root, files); err != nil {
		return err
	} else if name != "" {
		return usageError{fmt.Errorf("%s is there already, and init writes over nothing: move it "+
			"away, or choose another folder. Nothing was written", filepath.Join(shown, filepath.FromSlash(name)))}
	}
	if err := write(root, files); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "A site with one explainer stands in %s. To see it:\n\n", shown)
	if shown != "." {
		fmt.Fprintf(a.stdout, "    cd %s\n", quoteArg(shown))
	}
	fmt.Fprint(a.stdout, "    nutgraf serve --open\n\nThen write over "+
		"content/explainers/leap-year.md: each save shows in the browser.\n")
	return nil
}

// files are those of a new site.
func (c *initCmd) files() ([]newFile, error) {
	b, err := newBlanks(folderTitle(c.Dir))
	if err != nil {
		return nil, err
	}
	files, err := editorFiles()
	if err != nil {
		return nil, err
	}
	for _, f := range []struct{ name, from string }{
		{".gitignore", "gitignore"}, // under that name git would heed it here
		{"content/site.yaml", "site.yaml"},
		{"content/explainers/leap-year.md", "leap-year.md"},
		{"content/glossary/gregorian-calendar.md", "gregorian-calendar.md"},
		{"content/glossary/julian-calendar.md", "julian-calendar.md"},
	} {
		data, err := fill(f.from, b)
		if err != nil {
			return nil, err
		}
		files = append(files, newFile{f.name, data})
	}
	return files, nil
}

// folderTitle makes a site's title of its folder's name: plain-answers is
// “Plain answers”.
func folderTitle(dir string) string {
	words := strings.FieldsFunc(strings.ToValidUTF8(filepath.Base(dir), ""),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	if len(words) == 0 {
		return "Explainers"
	}
	title := []rune(strings.Join(words, " "))
	title[0] = unicode.ToUpper(title[0])
	return string(title)
}

// quoteArg is a path as it can be pasted into a shell.
func quoteArg(p string) string {
	if strings.Trim(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._:-") == "" && p != "" {
		return p
	}
	return "'" + strings.ReplaceAll(p, "'", `'\''`) + "'"
}
