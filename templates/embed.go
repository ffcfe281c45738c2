// Package templates holds the default theme. Templates in a writer's own
// templates/ replace those of the same name.
package templates

import "embed"

// FS holds every template by its file name.
//
//go:embed all:*.html
var FS embed.FS
