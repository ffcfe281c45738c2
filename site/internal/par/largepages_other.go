//go:build !linux

package par

// UseLargePages does nothing: other systems choose the size of pages by themselves.
func UseLargePages(uint64) {}
