package main

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// kindOf says what lies in each folder of content/.
var kindOf = map[string]string{"explainers": "an explainer", "glossary": "a glossary entry",
	"pages": "a page"}

// names are what is renamed and what it is to be called. At least one of them is there.
func (m *move) names() (old, now site.Name, err error) {
	if old, err = m.old(); err != nil {
		return old, now, err
	}
	if now, err = m.new(old); err != nil {
		return old, now, err
	}
	there, taken := m.site.Has(old), m.site.Has(now)
	switch {
	case old == now:
		return old, now, usageError{fmt.Errorf("%s is called that already", old)}
	case there && taken:
		return old, now, usageError{fmt.Errorf("%s is there already, and mv writes over nothing: "+
			"choose another name", now)}
	case !there && !taken:
		return old, now, usageError{m.unknown(old)}
	}
	return old, now, nil
}

// old reads what is to be renamed.
func (m *move) old() (site.Name, error) {
	n, err := m.read(m.Old)
	if err != nil || n.Folder != "" {
		return n, err
	}
	var found []site.Name
	for folder := range kindOf {
		n.Folder = folder
		if m.site.Has(site.Name{Folder: folder, ID: n.ID}) &&
			(n.Question == "" || folder == "explainers") {
			found = append(found, n)
		}
	}
	switch len(found) {
	case 0: // maybe it has its new name already, which says what it is
		if now, err := m.read(m.New); err == nil {
			for _, n.Folder = range []string{"pages", "glossary", "explainers"} {
				now.Folder = n.Folder
				if m.site.Has(now) {
					return n, nil
				}
			}
		}
		n.Folder = "explainers"
		return n, nil
	case 1:
		return found[0], nil
	}
	slices.SortFunc(found, func(a, b site.Name) int { return strings.Compare(a.Folder, b.Folder) })
	return n, usageError{fmt.Errorf("%s is the id of %s and of %s: write content/%s/%s.md or "+
		"content/%s/%s.md", n.ID, kindOf[found[0].Folder], kindOf[found[1].Folder],
		found[0].Folder, n.ID, found[1].Folder, n.ID)}
}

// new reads what something is to be called.
func (m *move) new(old site.Name) (site.Name, error) {
	n, err := m.read(m.New)
	if err != nil {
		return n, err
	}
	if old.Question != "" && n.Question == "" && n.Folder == "" {
		n.ID, n.Question = old.ID, n.ID
	}
	if n.ID == "" {
		n.ID = old.ID
	}
	if n.Folder == "" {
		n.Folder = old.Folder
	}
	id, typed := n.ID, old.ID
	if old.Question != "" {
		id, typed = n.Question, old.String()
	}
	switch {
	case n.Folder != old.Folder:
		return n, usageError{fmt.Errorf("%s is %s, and can't become %s: write a name alone, such "+
			"as nutgraf mv %s %s", old, kindOf[old.Folder], kindOf[n.Folder], quoteArg(typed), n.ID)}
	case old.Question == "" && n.Question != "":
		return n, usageError{fmt.Errorf("%s is a question, and %s is %s: name the question that "+
			"gets another id, such as nutgraf mv %s %s", n, old, kindOf[old.Folder],
			quoteArg(old.ID+"#its-id"), n.Question)}
	case old.Question != "" && (n.ID != old.ID || n.Question == ""):
		return n, usageError{fmt.Errorf("a question stays with its explainer: write its new id "+
			"alone, such as nutgraf mv %s its-id", quoteArg(old.String()))}
	case !document.ValidID(id):
		hint := "choose another"
		if s := markdown.Slug(id); document.ValidID(s) {
			hint = fmt.Sprintf("write nutgraf mv %s %s", quoteArg(typed), s)
		}
		return n, usageError{fmt.Errorf("“%s” can't be an address: it takes lower-case letters, "+
			"digits and single hyphens; %s", id, hint)}
	}
	return n, nil
}

// read reads a name as a writer types it. Its folder is "" where it does not say.
func (m *move) read(arg string) (n site.Name, err error) {
	s := norm.NFC.String(strings.TrimSpace(arg))
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		s = m.below(u)
	}
	s = strings.ReplaceAll(s, `\`, "/")
	if rel, err := filepath.Rel(m.siteFlags.Source, filepath.FromSlash(s)); filepath.IsAbs(s) &&
		err == nil && filepath.IsLocal(rel) {
		s = filepath.ToSlash(rel)
	}
	s = strings.TrimPrefix(s, "q:")
	if id, ok := strings.CutPrefix(s, "term:"); ok {
		s = "glossary/" + id
	}
	s, n.Question, _ = strings.Cut(s, "#")
	isAddress := strings.HasPrefix(s, "/")
	s = strings.TrimPrefix(strings.Trim(strings.TrimPrefix(s, "./"), "/"), "content/")
	parts := strings.Split(s, "/")
	if len(parts) > 2 && parts[1] == "explainers" {
		parts = parts[1:] // of an edition
	}
	switch {
	case len(parts) == 1 && isAddress:
		n.Folder, n.ID = "pages", parts[0]
	case len(parts) == 1:
		n.ID = fileID(parts[0])
	case kindOf[parts[0]] != "":
		n.Folder, n.ID = parts[0], fileID(parts[1])
		if len(parts) == 3 && parts[0] == "explainers" && !strings.HasSuffix(parts[2], ".md") {
			n.Question = parts[2] // the address of a card
		}
	default:
		return n, usageError{fmt.Errorf("%s names no explainer, question, entry or page, and mv "+
			"renames nothing else: write an id, such as nutgraf mv tide-gate gate", arg)}
	}
	if n.ID == "" && n.Question == "" {
		return n, usageError{errors.New("a name is missing: write what it is called and what it is " +
			"to be called, such as nutgraf mv tide-gate gate")}
	}
	return n, nil
}

// below is the path of an address on this site, without the folder that the site lies in.
func (m *move) below(u *url.URL) string {
	p := u.Path
	if base, err := url.Parse(m.site.Config.BaseURL); err == nil {
		if rest, ok := strings.CutPrefix(p, base.Path); ok {
			p = "/" + rest
		}
	}
	if u.Fragment != "" {
		p += "#" + u.Fragment
	}
	return p
}

// fileID is the id in the name of a file: isis-k of isis-k.fr.md.
func fileID(name string) string {
	if stem, ok := strings.CutSuffix(name, ".md"); ok {
		name, _, _ = strings.Cut(stem, ".")
	}
	return name
}

// unknown says that nothing is called that, and what is.
func (m *move) unknown(n site.Name) error {
	id, known := n.ID, []string{}
	for _, other := range m.site.Names() {
		if other.Folder == n.Folder {
			known = append(known, other.ID)
		}
	}
	_, kind, _ := strings.Cut(kindOf[n.Folder], " ")
	what := "there is no " + kind + " “" + n.ID + "”"
	typed := func(id string) string { return id }
	if n.Question != "" && slices.Contains(known, n.ID) {
		id, known = n.Question, m.site.Questions(n)
		what = "“" + n.ID + "” asks no question “" + n.Question + "”"
		typed = func(id string) string { return n.ID + "#" + id }
	}
	hint := "nutgraf mv takes an id, a file or an address of this site"
	if near, ok := diag.Nearest(id, known); ok {
		hint = fmt.Sprintf("did you mean nutgraf mv %s %s?", quoteArg(typed(near)), quoteArg(m.New))
	} else if len(known) > 0 && len(known) <= 8 {
		hint = "there are " + strings.Join(known, ", ")
	}
	return fmt.Errorf("%s: %s", what, hint)
}
