package document

import (
	"io/fs"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/internal/memo"
)

// Author is somebody who wrote or edited.
type Author struct {
	ID   string // "" for a name that is not in authors.yaml
	Name string
	Role string
	URL  string
}

// Data is what the data files of content/ say.
type Data struct {
	Config    Config
	Authors   map[string]*Author // of authors.yaml, by id
	AuthorIDs []string           // in its order
	Shared    map[string]*Source // of sources.yaml, likewise
	SharedIDs []string
	// authors.yaml and sources.yaml have parts that can't be read.
	AuthorsLost, SharedLost bool
}

// ReadData reads site.yaml, authors.yaml and sources.yaml, as far as they are among
// files. name is the site's title where site.yaml gives none. What is said of sources
// goes into the store; an error is of that.
func ReadData(
	content fs.FS, files map[string]Entry, name string, store *memo.Store,
) (*Data, []diag.Diagnostic, error) {
	d := &Data{Authors: map[string]*Author{}, Shared: map[string]*Source{}}
	var ds []diag.Diagnostic
	read := func(file string, into func(p *parser)) *parser {
		p := dataParser(content, files, file)
		into(p)
		ds = append(ds, p.diags...)
		return p
	}
	read("site.yaml", func(p *parser) { d.Config = p.config(name) })
	read("authors.yaml", d.readAuthors)
	shared := read("sources.yaml", d.readShared)
	var err error
	shared.rec.Sources, err = store.Put(appendSources(nil, shared.about))
	return d, ds, err
}

func dataParser(content fs.FS, files map[string]Entry, name string) *parser {
	p := &parser{file: "content/" + name, strict: true, rec: &Record{}, memory: &memory{}}
	e, ok := files[name]
	if !ok {
		return p
	}
	data, err := Read(content, e.Path, MaxDocument)
	switch {
	case err != nil:
		p.diags, p.unread = append(p.diags, Unreadable(p.file, err)), true
	case data == nil:
		p.data = []byte{}
	default:
		p.data = data
	}
	return p
}

func (d *Data) readAuthors(p *parser) {
	d.AuthorsLost = p.unread
	if p.data == nil {
		return
	}
	list, ds := front.ParseAuthors(p.file, p.data)
	d.AuthorsLost = unreadable(ds, len(list) == 0)
	p.diags = append(p.diags, ds...)
	for _, a := range list {
		id := p.id(a.ID, "an author")
		if id == "" {
			continue
		}
		if !a.Name.Given() && !d.AuthorsLost {
			p.missing(a.ID.Span, "this author has no name", "add name:")
		}
		d.Authors[id] = &Author{ID: id, Name: p.plainText(a.Name), Role: p.plainText(a.Role), URL: p.link(a.URL)}
		d.AuthorIDs = append(d.AuthorIDs, id)
	}
}

func (d *Data) readShared(p *parser) {
	d.SharedLost = p.unread
	if p.data == nil {
		return
	}
	list, ds := front.ParseSources(p.file, p.data)
	d.SharedLost = unreadable(ds, len(list) == 0)
	p.diags = append(p.diags, ds...)
	for _, s := range p.sources(list) {
		if s.Ref != nil {
			p.wrong("shared-source", s.Ref.At.Span,
				"sources.yaml holds sources, not ids of sources",
				"write the source: - id: …, title: …")
			continue
		}
		s.Shared = true
		d.Shared[s.ID] = s
		d.SharedIDs = append(d.SharedIDs, s.ID)
	}
}
