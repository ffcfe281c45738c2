// Package content is the demo site. This file is never content.
package content

import "embed"

// FS holds the demo site's files.
//
//go:embed all:site.yaml all:authors.yaml all:sources.yaml all:explainers all:glossary all:pages
var FS embed.FS
