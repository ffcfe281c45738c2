//go:build !linux

package par

// useLargePages does nothing: other systems choose the size of pages by themselves.
func useLargePages(uint64) {}
