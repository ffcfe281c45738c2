package check

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestMembers holds members to what stands in objects and arrays.
func TestMembers(t *testing.T) {
	for src, want := range map[string][]string{
		`{"a": 1, "b":{"c":[2,"}"]} , "d\"": "\u00e9\\"} x`: {`a=1`, `b={"c":[2,"}"]}`, `d\"="\u00e9\\"`},
		` [null,{} , "x"]`: {`=null`, `={}`, `="x"`},
		`{}`:               nil,
	} {
		var got []string
		end := members([]byte(src), func(key, value []byte) { got = append(got, string(key)+"="+string(value)) })
		if !slices.Equal(got, want) || end != len(strings.TrimSuffix(src, " x")) {
			t.Errorf("%s: %q, up to %d", src, got, end)
		}
	}
}

// FuzzMembers holds members to what the library takes for JSON.
func FuzzMembers(f *testing.F) {
	for _, s := range []string{`{"@graph":[{"@type":"A","n":-1.5e+3}]}`, `[true,false,null]`, `{"a":tru}`, `{"a":1,}`, `["\x"]`, `["\u12g4"]`, `["\u123`, "[\"\n\"]", `{"a" 1}`, `{1:2}`, `[01]`, `[1}`, `{`, ``, ` [ ] `} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		src := []byte(s)
		end := members(src, func(_, _ []byte) {})
		got := end >= 0 && blanks(src, end) == len(src)
		first := strings.TrimLeft(s, " \n\t\r")
		want := json.Valid(src) && (first[0] == '{' || first[0] == '[')
		if got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	})
}
