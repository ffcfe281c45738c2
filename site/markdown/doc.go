// Package markdown turns Markdown values into Fragments: CommonMark and GFM by
// goldmark, code by chroma, and the markup of explainers (citations, terms,
// dates, callouts, quotations with speakers, figures), one extension a file.
// Ordinary prose takes a short cut around goldmark: prose.go.
package markdown
