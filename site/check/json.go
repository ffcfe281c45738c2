package check

import (
	"encoding/json"
	"strings"
)

// members calls f for each member of the JSON object that src begins with, its
// key without quotation marks and its value as they are written; of an array, key
// is nil. It returns where the object or array ends, and -1 where it is none or no
// JSON (RFC 8259). Structured data stands on every page, and to make Go's values of
// all of it for the few that a rule asks for took a twentieth of a check.
func members(src []byte, f func(key, value []byte)) int {
	at := blanks(src, 0)
	if at == len(src) || src[at] != '{' && src[at] != '[' {
		return -1
	}
	object, closer := src[at] == '{', src[at]+2
	if at = blanks(src, at+1); at < len(src) && src[at] == closer {
		return at + 1
	}
	for {
		var key []byte
		if object {
			n := stringEnd(src[at:])
			if n < 0 {
				return -1
			}
			key = src[at+1 : at+n-1]
			if at = blanks(src, at+n); at == len(src) || src[at] != ':' {
				return -1
			}
			at = blanks(src, at+1)
		}
		n := valueEnd(src[at:])
		if n < 0 {
			return -1
		}
		f(key, src[at:at+n])
		if at = blanks(src, at+n); at == len(src) {
			return -1
		}
		switch src[at] {
		case ',':
			at = blanks(src, at+1)
		case closer:
			return at + 1
		default:
			return -1
		}
	}
}

// valueEnd returns where the JSON value ends that begins src, -1 where none does.
func valueEnd(src []byte) int {
	if len(src) == 0 {
		return -1
	}
	switch src[0] {
	case '{', '[':
		return members(src, func(_, _ []byte) {})
	case '"':
		return stringEnd(src)
	}
	end := 0
	for end < len(src) && strings.IndexByte("+-.0123456789Eaeflnrstu", src[end]) >= 0 {
		end++
	}
	if !json.Valid(src[:end]) { // a number, true, false or null
		return -1
	}
	return end
}

// stringEnd returns where the JSON string ends that begins src, -1 where none does.
func stringEnd(src []byte) int {
	if len(src) == 0 || src[0] != '"' {
		return -1
	}
	for i := 1; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			if i++; i == len(src) {
				return -1
			}
			if src[i] == 'u' {
				if i+4 >= len(src) || !isHex(src[i+1:i+5]) {
					return -1
				}
				i += 4
			} else if strings.IndexByte(`"\/bfnrt`, src[i]) < 0 {
				return -1
			}
		}
	}
	return -1
}

func isHex(digits []byte) bool {
	for _, c := range digits {
		if strings.IndexByte("0123456789abcdefABCDEF", c) < 0 {
			return false
		}
	}
	return true
}

// blanks returns where the blanks end that begin at a byte of src.
func blanks(src []byte, at int) int {
	for at < len(src) && (src[at] == ' ' || src[at] == '\n' || src[at] == '\t' || src[at] == '\r') {
		at++
	}
	return at
}
