package pages

// Document returns the file that page i is made of, as diagnostics name it; ""
// where it is made of many.
func (b *Book) Document(i int) string { return b.page(i).at.File }

// PageOf returns the page of a document, by its Markdown file, or -1.
func (b *Book) PageOf(document string) int {
	if e := b.site.ExplainerAt(document); e != nil {
		return b.Find(explainerPath(e))
	}
	if t := b.site.TermAt(document); t != nil {
		return b.Find(termPath(t))
	}
	if g := b.site.PageAt(document); g != nil {
		return b.Find(plainPath(g))
	}
	return -1
}
