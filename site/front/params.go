package front

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// maxDepth is how deep lists and maps may be nested in each other.
const maxDepth = 16

// plain reads free data: string, bool, int, float64, nil, []any and
// map[string]any, by the core schema of YAML 1.2.
func (p *parser) plain(n *yaml.Node, depth int) any {
	if !p.plainNode(n) {
		return nil
	}
	if depth > maxDepth {
		p.tooDeep(p.span(n))
		return nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for key, value := range p.pairs(n) {
			m[key.Value] = p.plain(value, depth+1)
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, c := range n.Content {
			list = append(list, p.plain(c, depth+1))
		}
		return list
	}
	if isNull(n) {
		return nil
	}
	t := p.scalar(n, "")
	if n.Style != 0 {
		return t.Value
	}
	return p.core(t)
}

// core reads an unquoted scalar by YAML's core schema. A number that its type
// can't hold is reported, not bent.
func (p *parser) core(t Text) any {
	s := t.Value
	switch s {
	case "null", "Null", "NULL", "~":
		return nil
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	case ".nan", ".NaN", ".NAN":
		return math.NaN()
	}
	sign, digits := 1.0, s
	if s[0] == '-' || s[0] == '+' {
		digits = s[1:]
		if s[0] == '-' {
			sign = -1
		}
	}
	switch {
	case digits == ".inf" || digits == ".Inf" || digits == ".INF":
		return math.Inf(int(sign))
	case strings.HasPrefix(s, "0x") && isDigits(s[2:], "0123456789abcdefABCDEF"):
		return p.integer(t, s[2:], 16)
	case strings.HasPrefix(s, "0o") && isDigits(s[2:], "01234567"):
		return p.integer(t, s[2:], 8)
	case isDigits(digits, "0123456789"):
		return p.integer(t, s, 10)
	case isFloat(digits):
		if x, err := strconv.ParseFloat(s, 64); err == nil {
			return x
		}
		p.bigNumber(t)
		return nil
	}
	return s
}

func (p *parser) integer(t Text, digits string, base int) any {
	n, err := strconv.ParseInt(digits, base, strconv.IntSize)
	if err != nil {
		p.bigNumber(t)
		return nil
	}
	return int(n)
}

func (p *parser) bigNumber(t Text) {
	p.mistake("number", t.Span, fmt.Sprintf("the number %.40s is too large", t.Value), "",
		"put quotes round it if it is text")
}

func isDigits(s, digits string) bool { return s != "" && strings.Trim(s, digits) == "" }

// isFloat reports whether s is [0-9]*(\.[0-9]*)?([eE][-+]?[0-9]+)? with a digit before the exponent.
func isFloat(s string) bool {
	mantissa, exponent := s, "0"
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa, exponent = s[:i], strings.TrimLeft(s[i+1:], "+-")
		if len(s)-i-1-len(exponent) > 1 {
			return false
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	return isDigits(whole+fraction, "0123456789") && isDigits(exponent, "0123456789")
}
