package main

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"

	"nutgraf/site/front"
)

// editorFiles are what init writes for Visual Studio Code: the schemas, which
// its YAML extension completes and checks data files by, and the form that the
// extension Front Matter CMS shows beside a Markdown file. The YAML extension
// does not read front matter (https://github.com/redhat-developer/vscode-yaml/issues/207).
func editorFiles() ([]newFile, error) {
	schemas, err := schemaFiles(front.SchemaNames())
	if err != nil {
		return nil, err
	}
	var files []newFile
	for _, f := range schemas {
		files = append(files, newFile{path.Join(".vscode", f.name), f.data})
	}
	for _, f := range []struct {
		name  string
		value any
	}{
		{".vscode/settings.json", editorSettings()},
		{".vscode/extensions.json", map[string]any{"recommendations": []string{"redhat.vscode-yaml"}}},
		{"frontmatter.json", forms()},
	} {
		data, err := asJSON(f.value)
		if err != nil {
			return nil, err
		}
		files = append(files, newFile{f.name, data})
	}
	return files, nil
}

// editorSettings say which schema belongs to which files
// (https://github.com/redhat-developer/vscode-yaml#associating-schemas).
func editorSettings() any {
	schemas := map[string][]string{}
	for _, name := range []string{"site", "authors", "sources"} {
		schemas[".vscode/"+name+".schema.json"] = []string{"content/" + name + ".yaml"}
	}
	for _, name := range []string{"questions", "timeline", "sources", "images", "updates"} {
		key := ".vscode/" + name + ".schema.json"
		schemas[key] = append(schemas[key], "content/explainers/*/"+name+".yaml")
	}
	return map[string]any{"yaml.schemas": schemas}
}

// form is a content type of Front Matter CMS
// (https://frontmatter.codes/docs/content-creation/content-types).
type form struct {
	Name   string      `json:"name"`
	Fields []formField `json:"fields"`
}

// formField is a field of a form (https://frontmatter.codes/docs/content-creation/fields).
type formField struct {
	Title       string   `json:"title"`
	Name        string   `json:"name"`
	Type        string   `json:"type"`
	Description string   `json:"description,omitempty"`
	Choices     []string `json:"choices,omitempty"`
}

// formFolder is a folder whose files have a form. Files made by the extension
// get a key of its own, which is no key here: nutgraf new makes them.
type formFolder struct {
	Title           string   `json:"title"`
	Path            string   `json:"path"`
	ContentTypes    []string `json:"contentTypes"`
	DisableCreation bool     `json:"disableCreation"`
}

// forms is the configuration of Front Matter CMS. What is in no folder of its
// own has the form called default.
func forms() any {
	var types []form
	var folders []formFolder
	for _, f := range []struct{ name, schema, title, folder string }{
		{"default", "explainer", "Explainers", "explainers"},
		{"term", "term", "Glossary", "glossary"}, {"page", "page", "Pages", "pages"},
	} {
		types = append(types, form{f.name, formFields(front.SchemaOf(f.schema))})
		folders = append(folders, formFolder{f.title, "[[workspace]]/content/" + f.folder, []string{f.name}, true})
	}
	return struct {
		Schema  string       `json:"$schema"`
		Types   []form       `json:"frontMatter.taxonomy.contentTypes"`
		Folders []formFolder `json:"frontMatter.content.pageFolders"`
	}{"https://frontmatter.codes/frontmatter.schema.json", types, folders}
}

// formFields are the keys that a form can hold: texts, choices and lists of
// texts. Questions, events and sources are written in the file.
func formFields(s *front.Schema) []formField {
	var fields []formField
	for _, p := range s.Properties {
		f := formField{Title: p.Key, Name: p.Key, Description: p.Schema.Description}
		switch v := p.Schema; {
		case v.Enum != nil:
			f.Type, f.Choices = "choice", v.Enum
		case slices.Contains(v.Type, "string"):
			f.Type = "string"
		case slices.Contains(v.Type, "boolean"):
			f.Type = "boolean"
		case v.Items != nil && slices.Contains(v.Items.Type, "string"):
			f.Type = "list"
		default:
			continue
		}
		fields = append(fields, f)
	}
	return fields
}

func asJSON(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(value)
	return b.Bytes(), err
}
