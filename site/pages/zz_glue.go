package pages

import "nutgraf/site"

func CSP(a []site.Allow, m bool) string               { return "" }
func (b *builder) markdownCopy(e *site.Explainer) any { return nil }
func (b *builder) timelineData() any                  { return nil }
func (b *builder) timelineICS() any                   { return nil }
func (b *builder) timelineCSV() any                   { return nil }
func (b *builder) glossaryData() any                  { return nil }
func (b *Book) planOutputs()                          {}
func (b *Book) Questions() map[string][]string        { return nil }

const zzNoData = true
