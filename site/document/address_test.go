package document

import (
	"math/rand/v2"
	"net/url"
	"testing"
)

// TestPlainAddress holds that an address which is not parsed would be.
func TestPlainAddress(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	plain := 0
	for range 20_000 {
		s := []string{"https://", "http://", "http:/", "//"}[random.IntN(4)]
		for range random.IntN(8) {
			s += string("abZ059-././/:@%?#[] _"[random.IntN(13+random.IntN(9))])
		}
		if !isPlainAddress(s) {
			continue
		}
		plain++
		if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			t.Errorf("%q: %v", s, err)
		}
	}
	if plain < 1000 {
		t.Errorf("only %d were plain", plain)
	}
}
