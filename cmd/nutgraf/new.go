package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// newCmd is nutgraf new.
type newCmd struct {
	Kind   string `arg:"" enum:"explainer,term,page" help:"What to make: explainer, term or page."`
	Title  string `arg:"" help:"Its title, in quotes: \"What is a leap year?\""`
	ID     string `name:"id" help:"Its id, the last part of its address (default: made from the title)." placeholder:"ID"`
	Source string `help:"Folder that holds content/ (default: the current one)." default:"." placeholder:"DIR" type:"path"`
}

// kinds are what new makes: the folder it goes to, and what to do next.
var kinds = map[string]struct{ folder, next string }{
	"explainer": {"explainers", "It is a draft, which builds leave out. To see it, and what it lacks: nutgraf serve"},
	"term":      {"glossary", "Write its definition behind short: before you build, for every entry needs one."},
	"page":      {"pages", "The next build publishes it, unless you give it a date to come."},
}

// Run writes a file that teaches what can stand in it, never over another.
func (c *newCmd) Run(a *app) error {
	id, title, err := c.named()
	if err != nil {
		return err
	}
	b, err := newBlanks(title)
	if err != nil {
		return err
	}
	data, err := fill("new/"+c.Kind+".md", b)
	if err != nil {
		return err
	}
	shown := new(siteFlags).shown(c.Source)
	root, err := os.OpenRoot(filepath.Join(c.Source, "content"))
	if errors.Is(err, fs.ErrNotExist) {
		if err := withinSite(c.Source); err != nil {
			return err
		}
		return usageError{fmt.Errorf("%s has no folder content/: name the folder of your site "+
			"with --source, or make one with “nutgraf init”", shown)}
	}
	if err != nil {
		return err
	}
	defer root.Close()
	file := kinds[c.Kind].folder + "/" + id + ".md"
	within := func(name string) string { return filepath.Join(shown, "content", filepath.FromSlash(name)) }
	if name, err := inTheWay(root, []newFile{{name: file}}); err != nil {
		return err
	} else if name != "" {
		return usageError{fmt.Errorf("%s is there already, and new writes over nothing: open it, "+
			"or give the new %s another name with --id", within(name), c.Kind)}
	}
	whole := kinds[c.Kind].folder + "/" + id + "/index.md" // the other place of a document
	if _, err := root.Lstat(whole); err == nil {
		return usageError{fmt.Errorf("%s is there already, and has the same address: open it, or "+
			"give the new %s another name with --id", within(whole), c.Kind)}
	}
	if err := write(root, []newFile{{file, data}}); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "Made %s\n%s\n", within(file), kinds[c.Kind].next)
	return nil
}

// named returns the id and the title, of one line.
func (c *newCmd) named() (id, title string, err error) {
	title = strings.Join(strings.Fields(strings.ToValidUTF8(c.Title, "�")), " ")
	if title == "" {
		return "", "", usageError{fmt.Errorf("the title is empty: write one, such as nutgraf new "+
			"%s \"What is a leap year?\"", c.Kind)}
	}
	if c.ID != "" {
		if document.ValidID(c.ID) {
			return c.ID, title, nil
		}
		hint := "choose another"
		if s := markdown.Slug(c.ID); document.ValidID(s) {
			hint = "write --id " + s
		}
		return "", "", usageError{fmt.Errorf("--id %s can't be the name of a file and an "+
			"address: it takes lower-case letters, digits and single hyphens; %s", c.ID, hint)}
	}
	if id = markdown.Slug(title); !document.ValidID(id) {
		return "", "", usageError{fmt.Errorf("no address can be made of the title “%s”: give one "+
			"with --id, in lower-case letters, digits and hyphens, such as --id leap-year", title)}
	}
	return id, title, nil
}
