//go:build !linux

package publish

// flush brings to the disk what the next build must not miss.
func flush(dir string) error { return flushManifest(dir) }
