// Package markdown turns Markdown values into Fragments: CommonMark and GFM by
// goldmark, code by chroma, and the markup of explainers (citations, terms,
// dates, callouts, quotations with speakers, figures), one extension a file.
// What nearly all values are is read without goldmark: ordinary.go.
package markdown
