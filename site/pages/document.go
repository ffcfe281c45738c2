package pages

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
