// Package site says what a site is. Load reads the writer's folders, parses
// every document and links them: glossary, references, timeline, topics,
// sources. The result is an immutable Site; what readers get of it is made by
// package pages.
package site
