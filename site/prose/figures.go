package prose

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Figure is a number that a text gives of something.
type Figure struct {
	Extent
	Words string // as they stand in the text
	value string
	of    string // the words around it, and how exact it is: where they are the same, so is what it counts
}

// Figures finds the numbers of a passage that stand in words enough to say what
// they count: no dates, and no one or a.
func (r *Reading) Figures() (all []Figure) {
	for _, s := range r.sentences {
		for i := s.from; i < s.to; {
			value, n := r.count(i, s.to)
			if n == 0 || value == 1 && !r.tokens[i].digits {
				i++
				continue
			}
			if f := r.figure(i, i+n, value, s); f.of != "" {
				all = append(all, f)
			}
			i += n
		}
	}
	return all
}

// figure is the number at tokens[i:end].
func (r *Reading) figure(i, end, value int, s sentence) Figure {
	f := Figure{Extent: Extent{r.tokens[i].Start, r.tokens[end-1].End}, value: strconv.Itoa(value)}
	f.Words = r.Text[f.Start:f.End]
	if r.tokens[i].year() || i > s.from && r.tokens[i-1].word.month > 0 || end < s.to && r.tokens[end].word.month > 0 {
		return f
	}
	exact := ""
	if strings.Contains(f.Words, ".") { // 3.5 million
		f.value, exact = f.Words, "."
	}
	before := ""
	for k := i - 1; k >= s.from && !r.tokens[k+1].apart; k-- {
		if word := r.lower(k); r.tokens[k].word.is&hedging != 0 {
			exact += " " + word
		} else {
			if r.tokens[k].word.is&(small|article) == 0 {
				before = word
			}
			break
		}
	}
	if sign, _ := utf8.DecodeLastRuneInString(r.Text[:f.Start]); unicode.Is(unicode.Sc, sign) { // of money
		exact += string(sign)
	}
	after := r.behind(end, s, 1)
	if before == "" {
		after = r.behind(end, s, 3)
	}
	if after != "" {
		f.of = exact + " " + before + "|" + after
	}
	return f
}

// behind is the n words from token k on, if there are so many before anything parts
// them.
func (r *Reading) behind(k int, s sentence, n int) string {
	var words []string
	for ; len(words) < n; k++ {
		if k >= s.to || r.tokens[k].apart {
			return ""
		}
		words = append(words, r.lower(k))
	}
	return strings.Join(words, " ")
}

// lower is token k in small letters.
func (r *Reading) lower(k int) string {
	return strings.ToLower(r.Text[r.tokens[k].Start:r.tokens[k].End])
}

// Contradict returns the first numbers of two texts that differ and count the same,
// where each text counts that once. Both texts are of one event.
func Contradict(a, b []Figure) (x, y Figure, ok bool) {
	for _, x := range a {
		y, found := only(b, x.of)
		if _, once := only(a, x.of); once && found && x.value != y.value {
			return x, y, true
		}
	}
	return x, y, false
}

// only is the one figure that counts a thing.
func only(all []Figure, of string) (f Figure, ok bool) {
	n := 0
	for _, g := range all {
		if g.of == of {
			f = g
			n++
		}
	}
	return f, n == 1
}
