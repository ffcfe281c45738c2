// Package static holds the files of the default theme that are copied as they
// are. A file in a writer's own static/ replaces that of the same path.
package static

import "embed"

// FS holds the theme's files.
//
//go:embed all:style.css all:fonts.css all:site.js all:search.js all:icon.svg all:fonts
var FS embed.FS
