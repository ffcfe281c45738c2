package check

// comparing reports whether there is something to compare with.
func (c *checker) comparing() bool { return c.o.Live != nil }

// lostAddress reports pages and questions that are live and would be gone.
func lostAddress(c *checker) error {
	if c.book != nil && c.comparing() {
		c.found = append(c.found, c.book.Lost(c.o.Live)...)
	}
	return nil
}
