package serve

import (
	"fmt"
	"strconv"
)

// number writes a count with its thousands apart.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// kilobytes writes a count of bytes in thousands.
func kilobytes(n int) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }
