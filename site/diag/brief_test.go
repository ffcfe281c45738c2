package diag

import (
	"fmt"
	"strings"
	"testing"
)

// TestBrief holds that a thousand mistakes of one kind in one file become twenty
// and a count, and that nothing else is left out.
func TestBrief(t *testing.T) {
	var ds []Diagnostic
	add := func(n int, sev Severity, rule, file string) {
		for i := range n {
			ds = append(ds, Diagnostic{Severity: sev, Rule: rule, Message: fmt.Sprintf("no %d", i), At: Place{File: file, Span: Span{Start: int32(i), End: int32(i + 1)}}})
		}
	}
	add(1000, Error, "a", "x.md")
	add(21, Warning, "a", "x.md")
	add(20, Error, "b", "x.md")
	add(22, Error, "a", "y.md")
	add(30, Note, "c", "")
	out := Brief(Sort(ds))
	kinds := map[string]int{}
	var counts []string
	for _, d := range out {
		kinds[d.Severity.String()+" "+d.Rule+" "+d.At.File]++
		if strings.Contains(d.Message, "not shown") {
			counts = append(counts, fmt.Sprintf("%s %d %s", d.At.File, d.At.Start, d.Message))
		}
	}
	want := map[string]int{"error a x.md": 21, "warning a x.md": 21, "error b x.md": 20, "error a y.md": 21, "note c ": 30}
	if fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", kinds, want)
	}
	if got := strings.Join(counts, "; "); got != "x.md 20 this and 979 more of the kind are not shown; y.md 20 this and 1 more of the kind are not shown" {
		t.Error(got)
	}
}
