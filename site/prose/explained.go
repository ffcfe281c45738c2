package prose

import (
	"bytes"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// explains reports whether the text around token i, or what stood before it, says
// what its letters stand for.
func (a *Abbreviations) explains(r *Reading, i int, letters string) bool {
	return a.initialed(strings.Map(onlyLetters, letters)) || r.bracketed(i, letters) ||
		r.spelled(i, letters) || r.introduced(i, letters) || r.apposed(i) || r.apposes(i)
}

// initialed reports letters that are the initials of a name before, or, where they are
// three and more, of any words: two come together by chance.
func (a *Abbreviations) initialed(letters string) bool {
	stands := func(initials []byte) bool { return bytes.Contains(initials[:max(0, len(initials)-1)], []byte(letters)) }
	return stands(a.initials) || utf8.RuneCountInString(letters) > 2 && stands(a.common)
}

// onlyLetters drops what is no letter.
func onlyLetters(c rune) rune {
	if unicode.IsLetter(c) {
		return unicode.ToUpper(c)
	}
	return -1
}

// bracketed reports World Health Organization (WHO): one of the words before has
// the first letter.
func (r *Reading) bracketed(i int, letters string) bool {
	k := i
	if k > 0 && r.tokens[k-1].word.is&article != 0 {
		k--
	}
	return strings.HasSuffix(r.Text[:r.tokens[k].Start], "(") && r.led(k, letters)
}

// led reports whether a word shortly before token i has the first of letters.
func (r *Reading) led(i int, letters string) bool {
	first, _ := utf8.DecodeRuneInString(letters)
	for k := i - 1; k >= max(0, i-2*len(letters)-3); k-- {
		for word := range strings.FieldsFuncSeq(r.Text[r.tokens[k].Start:r.tokens[k].base], joins) {
			c, _ := utf8.DecodeRuneInString(word)
			if unicode.ToUpper(c) == unicode.ToUpper(first) {
				return true
			}
		}
	}
	return false
}

// spelled reports WHO (World Health Organization): two words of what is in the
// parenthesis have a capital letter, or the first one has the first letter.
func (r *Reading) spelled(i int, letters string) bool {
	const far = 200
	behind := r.tokens[i].End
	if !strings.HasPrefix(r.Text[behind:], " (") && !strings.HasPrefix(r.Text[behind:], " [") {
		return false
	}
	end := strings.IndexAny(r.Text[behind:min(len(r.Text), behind+far)], ")]")
	if end < 0 {
		return false
	}
	words, capitals := 0, 0
	for _, t := range r.tokens[i+1:] {
		if t.Start >= behind+end {
			break
		}
		words++
		if t.capital {
			capitals++
		}
	}
	return words > 1 && (capitals > 1 || strings.EqualFold(r.Text[behind+2:behind+3], letters[:1]))
}

// introduced reports known as WHO; health organisation, or WHO; WHO is short for it.
func (r *Reading) introduced(i int, letters string) bool {
	for k := max(0, i-3); k < i; k++ {
		if p, end := r.find(expanding, k, i); p != nil && end == i {
			return true
		}
	}
	if i > 0 && r.tokens[i-1].apart && r.tokens[i-1].word.is&either != 0 && r.led(i-1, letters) {
		return true
	}
	if i+1 < len(r.tokens) {
		p, _ := r.find(expanded, i+1, len(r.tokens))
		return p != nil
	}
	return false
}

// apposed reports the WHO, the health agency, and the WHO, Geneva's health agency:
// between commas, or at the end of a sentence that did not just begin.
func (r *Reading) apposed(i int) bool {
	k := i + 1
	if k >= len(r.tokens) || !strings.HasPrefix(r.Text[r.tokens[i].End:], ",") {
		return false
	}
	if next := &r.tokens[k]; next.word.is&article == 0 && next.base == next.End {
		return false
	}
	if k++; k < len(r.tokens) && r.tokens[k].base < r.tokens[k].End { // the UN's
		k++
	}
	if k >= len(r.tokens) || r.tokens[k].capital || r.tokens[k].apart {
		return false
	}
	return r.closed(i, k)
}

// closed reports whether the apposition that token k belongs to ends at a comma, or
// with a sentence in which token i stood late enough to be more than an opening:
// according to the WHO, the vaccine works.
func (r *Reading) closed(i, k int) bool {
	const opening = 4
	n := sort.Search(len(r.sentences), func(n int) bool { return r.sentences[n].to > i })
	s := r.sentences[n]
	for k++; k < s.to; k++ {
		if r.tokens[k].apart && strings.HasPrefix(r.Text[r.tokens[k-1].End:], ",") {
			return true
		}
	}
	return i-s.from >= opening
}

// apposes reports the health agency, the WHO, on either side.
func (r *Reading) apposes(i int) bool {
	k := i
	if k > 0 && r.tokens[k-1].word.is&article != 0 {
		k--
	}
	if k == 0 || !r.tokens[k].apart || !strings.HasPrefix(r.Text[r.tokens[i].End:], ",") {
		return false
	}
	noun := &r.tokens[k-1]
	return !noun.capital && noun.word.is == 0 && noun.number < 0
}
