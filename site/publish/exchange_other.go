//go:build !linux

package publish

import "errors"

// exchange swaps the names of two folders in one step, where the system can.
func exchange(_, _ string) error { return errors.ErrUnsupported }
