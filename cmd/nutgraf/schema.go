package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"nutgraf/site/front"
)

// schemaCmd is nutgraf schema.
type schemaCmd struct {
	Name string `arg:"" optional:"" help:"Which schema: explainer, term, page, questions, timeline, sources, images, updates, authors or site."`
	Out  string `help:"Folder to write it to, as NAME.schema.json; without a name, all of them." placeholder:"DIR" type:"path"`
}

// Run prints a JSON Schema, or writes schemas for editors to check against.
func (c *schemaCmd) Run(a *app) error {
	names := front.SchemaNames()
	if c.Name != "" {
		if front.SchemaOf(c.Name) == nil {
			return usageError{fmt.Errorf("there is no schema %q: name one of %s", c.Name, strings.Join(names, ", "))}
		}
		names = []string{c.Name}
	} else if c.Out == "" {
		return usageError{errors.New("which schema? Name one of " + strings.Join(names, ", ") +
			"; or write all of them into a folder with --out DIR")}
	}
	if c.Out == "" {
		data, err := front.SchemaOf(c.Name).JSON()
		if err == nil {
			_, err = a.stdout.Write(data)
		}
		return err
	}
	return c.write(names)
}

// write puts schemas into the folder, over those of another version.
func (c *schemaCmd) write(names []string) error {
	if err := os.MkdirAll(c.Out, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(c.Out)
	if err != nil {
		return err
	}
	defer root.Close()
	files, err := schemaFiles(names)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := root.WriteFile(f.name, f.data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// schemaFiles are the files of schemas: explainer.schema.json and so on.
func schemaFiles(names []string) ([]newFile, error) {
	var files []newFile
	for _, name := range names {
		data, err := front.SchemaOf(name).JSON()
		if err != nil {
			return nil, err
		}
		files = append(files, newFile{name + ".schema.json", data})
	}
	return files, nil
}
