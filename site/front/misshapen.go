package front

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
)

// isMap reports whether n is a map, and reports where not; first is a key that it might have.
func (p *parser) isMap(n *yaml.Node, what, first string) bool {
	if n.Kind == yaml.MappingNode {
		return true
	}
	hint, fix := p.asMap(n, what, first)
	p.mistake("wrong-type", p.span(n), what+" wants keys and values", "", hint, fix...)
	return false
}

// asMap says how what stands at n is written as a map.
func (p *parser) asMap(n *yaml.Node, what, first string) (hint string, fix []diag.Edit) {
	text := n.Kind == yaml.ScalarNode
	key := first
	if what == "`csp_allow`" && text && strings.HasPrefix(n.Value, "https://") {
		key = "script-src"
	}
	odd := func(c *yaml.Node) bool { return c.Kind != yaml.ScalarNode || !inFlow(c.Value) }
	whole := n.Kind == yaml.SequenceNode && len(n.Content) > 0 && !slices.ContainsFunc(n.Content, odd)
	switch {
	case text && noSpace(n.Value):
		return "write a blank behind the colon",
			p.instead(Text{n.Value, p.span(n)}, strings.Replace(n.Value, ":", ": ", 1))
	case what == "`redirects`":
		return "write the old address before the colon, and the new one behind it: /old/: /new/", nil
	case what == "`topics`" && whole:
		var topics []string
		for _, c := range n.Content {
			topics = append(topics, fmt.Sprintf("%s: {title: %s}", c.Value, strings.ToUpper(c.Value[:1])+c.Value[1:]))
		}
		hint = "write each on a line of its own, with its title: `" + topics[0] + "`"
		return hint, diag.Write(p.place(p.span(n)), "{"+strings.Join(topics, ", ")+"}")
	case text && key != "" && strings.HasPrefix(what, "`") && inFlow(n.Value):
		whole := "{" + key + ": " + n.Value + "}"
		return "write `" + whole + "`", diag.Write(p.place(p.span(n)), whole)
	case text && key != "" && n.Style == 0 && !strings.Contains(n.Value, "\n"):
		return "write `" + key + ": " + short(n.Value) + "`", nil
	}
	return "write keys and values: `key: value`", nil
}

// inFlow reports whether a text can stand without quotes between braces or brackets.
func inFlow(s string) bool {
	return s != "" && len(s) < 60 && !strings.ContainsAny(s, "\n[]{},#\"'&*!|>%`") &&
		s[0] != '@' && s[0] != '-' && s[0] != '?' && !strings.Contains(s+" ", ": ") &&
		strings.TrimSpace(s) == s
}

// listSigns is what stands between the names of a list elsewhere: a word, or a comma of another script.
var listSigns = regexp.MustCompile(` *(?:[;،、，；·・] *| (?:and|und|et|y|e|en|i|oraz|och|og|ve|și|и|` +
	`та|й|και|و|和|と|및|và|dan|&) )`)

// isList reports whether n is a list, and reports where not; item is the shape of its items, nil
// where they are texts.
func (p *parser) isList(n *yaml.Node, what string, item *shape) bool {
	if n.Kind == yaml.SequenceNode {
		return true
	}
	if byLanguage(n) {
		p.inOneLanguage(p.span(n.Content[0]), n.Content[0].Value)
		return false
	}
	if n.Kind == yaml.ScalarNode && strings.HasPrefix(n.Value, "../") {
		p.mistake("wrong-type", p.span(n), "this is the path of another file, and not its text",
			"git wrote a link as a text here, as it does on Windows",
			"put the file itself here, or set core.symlinks to true and check it out again")
		return false
	}
	hint, fix := p.asList(n, what, item)
	p.mistake("wrong-type", p.span(n), what+" wants a list", "", hint, fix...)
	return false
}

// asList says how what stands at n is written as a list.
func (p *parser) asList(n *yaml.Node, what string, item *shape) (hint string, fix []diag.Edit) {
	switch {
	case n.Kind == yaml.MappingNode && item != nil && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 1:
		return p.mapAsList(n, item)
	case n.Kind == yaml.ScalarNode && strings.HasPrefix(n.Value, "-"):
		return "write a blank behind each dash", nil
	case n.Kind != yaml.ScalarNode || n.Style != 0 || item != nil && item.name != "Source":
	case what == "`aliases`" && strings.HasPrefix(n.Value, "http"):
		if u, err := url.Parse(n.Value); err == nil && inFlow(u.Path) {
			return "write it as a list: [" + u.Path + "]", p.instead(Text{n.Value, p.span(n)}, "["+u.Path+"]")
		}
	case !strings.ContainsAny(n.Value, "\n[]{}#:") && len(n.Value) < 60:
		names := n.Value
		if what == "`pinned`" || what == "`related`" {
			names = strings.ReplaceAll(names, ".md", "")
		}
		list := "[" + listSigns.ReplaceAllString(names, ", ") + "]"
		return "write it as a list: " + list, p.instead(Text{n.Value, p.span(n)}, list)
	}
	return "write it as a list: each item on a line of its own, behind a dash and a blank", nil
}

// mapAsList says how a map is written as a list: it is one item without its dash, or has an item
// under each of its keys.
func (p *parser) mapAsList(n *yaml.Node, item *shape) (hint string, fix []diag.Edit) {
	key, value := n.Content[0], n.Content[1]
	switch {
	case item.oneOf(key.Value) != "", len(item.named(strings.ToLower(key.Value))) > 0 && value.Kind == yaml.ScalarNode:
		return fmt.Sprintf("write a dash and a blank before `%s`, and two more blanks before each line below that "+
			"belongs to it", short(key.Value)), p.dashed(n)
	case value.Kind == yaml.MappingNode && item.oneOf("id") != "":
		return fmt.Sprintf("write `- id: %s` in place of `%[1]s:`, and so for each", short(key.Value)), nil
	case item.name == "Link" && value.Kind == yaml.ScalarNode:
		return fmt.Sprintf("write `- {title: %s, url: %s}` in place of `%[1]s: %[2]s`, and so for each",
			short(key.Value), short(value.Value)), nil
	}
	return "write it as a list: each item on a line of its own, behind a dash and a blank", nil
}

// dashed is the fix that makes a list of one item out of a block that is a map.
func (p *parser) dashed(n *yaml.Node) (fix []diag.Edit) {
	insert := func(at int, text string) {
		fix = append(fix, diag.Write(p.place(diag.Span{Start: int32(at), End: int32(at)}), text)...)
	}
	start, end := p.offset(n.Line, n.Column), p.nodeEnd(n)
	insert(start, "- ")
	for _, r := lineEnd(p.text, start); r < end; _, r = lineEnd(p.text, r) {
		if e, _ := lineEnd(p.text, r); e > r {
			insert(r, "  ")
		}
	}
	return fix
}

// noSpace reports whether s looks like a key and a value without a blank between them.
func noSpace(s string) bool {
	key, rest, ok := strings.Cut(s, ":")
	return ok && rest != "" && !isSpace(rest[0]) && rest[0] != '/' && key != "" && strings.Trim(key,
		"abcdefghijklmnopqrstuvwxyz_-") == ""
}
