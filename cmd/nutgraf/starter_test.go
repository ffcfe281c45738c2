package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// TestContentFitsSchemas validates the demo site and the one that init makes.
func TestContentFitsSchemas(t *testing.T) {
	t.Setenv("LANG", "fr_FR.UTF-8")
	dir := t.TempDir()
	if err := (&initCmd{Dir: dir}).Run(&app{stdout: io.Discard}); err != nil {
		t.Fatal(err)
	}
	for name, fsys := range map[string]fs.FS{"demo": os.DirFS("../../content"), "init": os.DirFS(dir + "/content")} {
		validated := 0
		err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
			schema := schemaFor(file)
			if err != nil || schema == "" {
				return err
			}
			data, err := fs.ReadFile(fsys, file)
			if err != nil {
				return err
			}
			if path.Ext(file) == ".md" {
				data = frontMatter(t, data)
			}
			if err := validate(t, schema, data); err != nil {
				t.Errorf("%s: %s: %v", name, file, err)
			}
			validated++
			return nil
		})
		if err != nil || validated < 4 {
			t.Errorf("%s: %d files, %v", name, validated, err)
		}
	}
}

// schemaFor names the schema of a file of content/, or "".
func schemaFor(file string) string {
	dir, base := path.Split(file)
	if path.Ext(base) == ".yaml" {
		return strings.TrimSuffix(base, ".yaml")
	}
	if path.Ext(base) != ".md" {
		return ""
	}
	return map[string]string{"explainers/": "explainer", "glossary/": "term", "pages/": "page"}[dir]
}

// noted is a setting that a text of starter notes down: # key: value, or what
// stands below one.
var noted = regexp.MustCompile(`(?m)^( *)# ([a-z_]+:( |$)|  )`)

// TestNewTeachesEveryKey takes the signs of comment away from every setting,
// as a writer would: each key is there, and each example is right.
func TestNewTeachesEveryKey(t *testing.T) {
	for _, kind := range []string{"explainer", "term", "page"} {
		data, err := fill("new/"+kind+".md", blanks{Title: `"What is it?"`, Today: "2024-06-10"})
		if err != nil {
			t.Fatal(err)
		}
		text := noted.ReplaceAllString(string(data), "$1$2")
		text = strings.Replace(text, "\nshort:\n", "\nshort: A word.\n", 1)
		keys, ds := parsed(kind, []byte(text))
		for _, d := range ds {
			t.Errorf("%s: %s at %d", kind, d.Message, d.At.Start)
		}
		for _, p := range front.SchemaOf(kind).Properties {
			if _, ok := keys[p.Key]; !ok {
				t.Errorf("new %s says nothing of %s", kind, p.Key)
			}
		}
		if err := validate(t, kind, frontMatter(t, []byte(text))); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func parsed(kind string, data []byte) (map[string]diag.Span, []diag.Diagnostic) {
	switch kind {
	case "explainer":
		v, _, ds := front.ParseExplainer("x.md", data)
		return v.Keys, ds
	case "term":
		v, _, ds := front.ParseTerm("x.md", data)
		return v.Keys, ds
	}
	v, _, ds := front.ParsePage("x.md", data)
	return v.Keys, ds
}

// TestSiteYAMLExamples does the same for the site.yaml of init, whose keys are
// only the first that a new site needs.
func TestSiteYAMLExamples(t *testing.T) {
	data, err := fill("site.yaml", blanks{Title: `"T"`, Lang: "en", Timezone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	data = noted.ReplaceAll(data, []byte("$1$2"))
	s, ds := front.ParseSite("site.yaml", data)
	if len(ds) > 0 || len(s.Keys) < 9 {
		t.Errorf("%d keys, %v", len(s.Keys), ds)
	}
	if err := validate(t, "site", data); err != nil {
		t.Error(err)
	}
}

func frontMatter(t *testing.T, data []byte) []byte {
	t.Helper()
	parts := bytes.SplitN(data, []byte("---\n"), 3)
	if len(parts) < 3 {
		t.Fatalf("no front matter: %.40q", data)
	}
	return parts[1]
}

// validate asks a schema about YAML.
func validate(t *testing.T, name string, data []byte) error {
	t.Helper()
	text, err := front.SchemaOf(name).JSON()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var n yaml.Node
	if err := yaml.Unmarshal(data, &n); err != nil {
		t.Fatal(err)
	}
	return schema.Validate(plain(t, n.Content[0]))
}

// plain is a node as an editor reads it: by YAML 1.2, which knows no dates.
func plain(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plain(t, c))
		}
		return list
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		x, err := strconv.ParseFloat(n.Value, 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	return n.Value
}

// TestDemoIsNotBlamed holds that the terminal is silent on the demo's own
// mistakes, which a writer can't mend, and prints those of the writer's templates.
func TestDemoIsNotBlamed(t *testing.T) {
	var out bytes.Buffer
	c := serveCmd{Source: t.TempDir()}
	ds := []diag.Diagnostic{
		{Severity: diag.Warning, Rule: "r", Message: "of the demo", At: diag.Place{File: "content/explainers/x.md"}},
		{Severity: diag.Warning, Rule: "r", Message: "of the writer", At: diag.Place{File: "templates/x.html"}},
	}
	c.loaded(&app{stderr: &out}, &site.Site{}, ds, 0)
	if text := out.String(); strings.Contains(text, "of the demo") || !strings.Contains(text, "of the writer") {
		t.Error(text)
	}
}
