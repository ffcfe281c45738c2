// Package site says what a site is. Load reads the writer's folders and links the documents
// that package document makes of them: glossary, references, timeline, topics, sources. The
// result is a Site, which only Amend changes; what readers get of it is made by package
// pages.
package site
