// Package diag describes what is wrong in a writer's files: where, what, why,
// and how to mend it. A writer's mistake is always a Diagnostic, never an
// error; an error is I/O, cancellation or a bug of ours.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how much a Diagnostic weighs.
type Severity uint8

// The severities, from the lightest to the heaviest.
const (
	Note    Severity = iota // worth knowing; changes nothing
	Warning                 // the site is built all the same; --strict makes it fail
	Error                   // nothing is published
)

// String returns "note", "warning" or "error".
func (s Severity) String() string { return [...]string{"note", "warning", "error"}[s] }

// Span is a range of bytes in one file: from Start up to, and without, End.
// A position carries offsets only; line and column are computed when printed.
type Span struct{ Start, End int32 }

// IsZero reports whether s is no place at all.
func (s Span) IsZero() bool { return s == Span{} }

// Place is a Span of a named file. File is the slash path that the writer
// knows, such as "content/explainers/isis-k.md". A zero Span with a File is
// the file as a whole; a Place without File is the whole site.
type Place struct {
	File string
	Span
}

// Diagnostic is one thing that a writer should know.
type Diagnostic struct {
	Severity Severity
	// Rule is the stable name of what was checked: "unknown-key".
	Rule string
	// Message says what is wrong, in a writer's words, without a full stop.
	Message string
	// Why says why it matters or what the rule is; may be empty.
	Why string
	// Hint says what to do: "did you mean published?"; may be empty.
	Hint string
	// Fix is what a program can do in the place of the writer: the very change that Hint asks for,
	// with the escapes that the file needs. Its edits are all of one file, and are made together or
	// not at all. It is nil where Hint leaves a choice, or is not sure.
	Fix []Edit
	At  Place
	// Related are other places that belong to it: the first of two.
	Related []Related
	// Held says that it stands in what the build holds back or what is withdrawn: it is never what
	// makes a build fail.
	Held bool
}

// Related is another place that a Diagnostic speaks of.
type Related struct {
	Message string
	At      Place
}

// Sort orders diagnostics by file, place, weight, rule and message, so that
// the same mistakes are always reported in the same order, and drops repeats.
func Sort(ds []Diagnostic) []Diagnostic {
	order := make([]int32, len(ds)) // diagnostics are large to move about
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		if c := compare(&ds[i], &ds[j]); c != 0 {
			return c
		}
		return int(i - j)
	})
	for i := range order {
		first, k := ds[i], int32(i)
		for order[k] != int32(i) { // each of a circle takes the place of the one before it
			next := order[k]
			ds[k], order[k], k = ds[next], k, next
		}
		ds[k], order[k] = first, k
	}
	return slices.CompactFunc(ds, func(a, b Diagnostic) bool { return compare(&a, &b) == 0 })
}

// compare looks at files and places first: mostly they are enough.
func compare(a, b *Diagnostic) int {
	if c := strings.Compare(a.At.File, b.At.File); c != 0 {
		return c
	}
	if c := cmp.Compare(a.At.Start, b.At.Start); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(a.At.End, b.At.End),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Hint, b.Hint),
	)
}

// Count returns how many of ds have severity s.
func Count(ds []Diagnostic, s Severity) int {
	n := 0
	for _, d := range ds {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Most is how many diagnostics of one rule Brief leaves in one file.
const Most = 20

// Brief is ds with no more than Most of one rule and weight in one file, and a
// count in the place of the others: whoever makes one mistake a thousand times
// needs no thousand messages. ds must be sorted.
func Brief(ds []Diagnostic) []Diagnostic {
	type kind struct {
		file, rule string
		severity   Severity
	}
	of := func(d *Diagnostic) kind { return kind{d.At.File, d.Rule, d.Severity} }
	all, listed := map[kind]int{}, map[kind]int{}
	for i := range ds {
		all[of(&ds[i])]++
	}
	out := make([]Diagnostic, 0, min(len(ds), Most*len(all)+len(all)))
	for _, d := range ds {
		k := of(&d)
		rest := all[k] - Most
		switch listed[k]++; {
		case d.At.File == "" || rest <= 1 || listed[k] <= Most:
			out = append(out, d)
		case listed[k] == Most+1:
			out = append(out, Diagnostic{Severity: d.Severity, Rule: d.Rule, At: d.At,
				Message: fmt.Sprintf("this and %d more of the kind are not shown", rest-1),
				Why:     fmt.Sprintf("%d in one file tell enough", Most),
				Hint:    "mend those above first; --format json lists all"})
		}
	}
	return out
}
