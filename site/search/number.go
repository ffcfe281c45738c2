package search

// The digits of numbers, and how many there are of each set.
const (
	lastDigit, lasts   = ']', 32
	otherDigit, others = '#', 57
)

// appendNumber appends n as doc.go says.
func appendNumber(b []byte, n uint64) []byte {
	var digits [12]byte
	i := len(digits) - 1
	digits[i] = lastDigit + byte(n%lasts)
	for n /= lasts; n > 0; n /= others {
		i--
		digits[i] = otherDigit + byte(n%others)
	}
	return append(b, digits[i:]...)
}
