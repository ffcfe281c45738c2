package front

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
	"nutgraf/site/lang"
)

// object reads a map into a struct.
func (p *parser) object(n *yaml.Node, v reflect.Value, what string) {
	s := shapes[v.Type()]
	start := p.offset(n.Line, n.Column)
	if p.isMap(n, what, s.keys[0]) {
		var keys map[string]diag.Span
		if s.given >= 0 {
			keys = map[string]diag.Span{}
			v.Field(s.given).Set(reflect.ValueOf(keys))
		}
		p.fields(n, s, v, keys)
	} else if t, ok := v.Field(s.fields[0].index).Addr().Interface().(*Text); ok && n.Kind == yaml.ScalarNode {
		*t = Text{n.Value, p.span(n)} // as the hint has it, so that it isn't missed as well
	}
	if s.span >= 0 {
		*v.Field(s.span).Addr().Interface().(*diag.Span) = diag.Span{Start: int32(start),
			End: int32(max(start, p.nodeEnd(n)))}
	}
}

// fields reads the pairs of a struct's map. A key that is misspelt is reported, and
// read as the one that was meant, so that nothing behind it is missed as well.
func (p *parser) fields(n *yaml.Node, s *shape, v reflect.Value, keys map[string]diag.Span) {
	var strange []strangePair
	var above *yaml.Node
	var read uint64 // the fields, by their index
	for key, value := range p.pairs(n) {
		if i, known := s.byKey[key.Value]; known {
			read |= 1 << i
			p.entry(s, i, v, keys, key, value)
		} else {
			strange = append(strange, strangePair{key, value, above != nil && above.Kind != yaml.ScalarNode})
		}
		above = value
	}
	for _, u := range strange {
		meant := p.unknown(s, u, func(key string) bool {
			i, known := s.byKey[key]
			return known && read&(1<<i) != 0
		})
		if e, ok := v.Addr().Interface().(*Explainer); ok {
			e.Unclear = e.Unclear || saysStatus(u.key.Value, meant)
		}
		if i, ok := s.byKey[meant]; ok && read&(1<<i) == 0 {
			read |= 1 << i
			p.entry(s, i, v, keys, u.key, u.value)
		}
	}
}

// entry reads one pair of a struct's map: its i-th field.
func (p *parser) entry(s *shape, i int, v reflect.Value, keys map[string]diag.Span, key Text, value *yaml.Node) {
	f := &s.fields[i]
	dst := v.Field(f.index).Addr().Interface()
	broken := p.brokenAt(key, value)
	if isNull(value) && broken.IsZero() && p.plainNode(value) {
		if !missed[s.name+"."+f.key] {
			p.noValue(key)
		} else if t, ok := dst.(*Text); ok && keys != nil {
			*t = Text{Span: key.Span}
		}
		return
	}
	if keys != nil {
		keys[f.key] = key.Span
	}
	if !broken.IsZero() { // reported already; what stands there serves for a text, so that it isn't missed as well
		if t, ok := dst.(*Text); ok && f.words == nil {
			*t = Text{strings.Clone(string(p.data[broken.Start:broken.End])), broken}
		}
		return
	}
	p.value(value, dst, v.Field(f.index), f)
}

// brokenAt returns the place of the value of key where that could not be read.
func (p *parser) brokenAt(key Text, value *yaml.Node) diag.Span {
	if isNull(value) {
		return p.broken[key.End]
	}
	return diag.Span{}
}

func (p *parser) noValue(key Text) {
	if p.commented(key) {
		return
	}
	p.warn("no-value", key.Span, fmt.Sprintf("`%s` has no value", key.Value), "", "write one or remove the line")
}

// commented reports a value that is none because it begins with a #, and whether it is so.
func (p *parser) commented(key Text) bool {
	end, _ := lineEnd(p.data, int(key.End))
	_, value, _ := bytes.Cut(p.data[key.End:end], []byte(":"))
	value = bytes.TrimSpace(value)
	if len(value) < 2 || value[0] != '#' || value[1] == ' ' || value[1] == '#' {
		return false
	}
	at := diag.Span{Start: key.End + int32(bytes.IndexByte(p.data[key.End:end], '#')), End: int32(end)}
	at.End = at.Start + int32(len(value))
	p.mistake("no-value", at, fmt.Sprintf("`%s` has no value: a # begins a comment", key.Value), "",
		fmt.Sprintf("put it in quotes: %s: %q", key.Value, value),
		diag.Write(p.place(at), strconv.Quote(string(value)))...)
	return true
}

// pairs yields the pairs of a map in their order, without those whose key is
// none or a repetition, which it reports.
func (p *parser) pairs(n *yaml.Node) func(yield func(Text, *yaml.Node) bool) {
	return func(yield func(Text, *yaml.Node) bool) {
		seen := keysSeen{p: p, from: len(p.keys)}
		defer func() { p.keys = p.keys[:seen.from] }()
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, ok := p.key(n.Content[i])
			if !ok {
				continue
			}
			if first, twice := seen.add(key); twice {
				p.add(diag.Diagnostic{Severity: diag.Error, Rule: "duplicate-key",
					Message: fmt.Sprintf("`%s` is given twice", key.Value),
					Hint:    "keep one of the two", At: p.place(key.Span),
					Related: []diag.Related{{Message: "first given here", At: p.place(first)}}})
				continue
			}
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

// keysSeen are the keys of a map so far.
type keysSeen struct {
	p    *parser
	from int                  // they are p.keys[from:], as long as they are few
	more map[string]diag.Span // all of them, when they are many
}

// fewKeys is how many keys are compared one by one.
const fewKeys = 16

// add reports whether key was there already, and where; else it is now.
func (s *keysSeen) add(key Text) (first diag.Span, twice bool) {
	if s.more != nil {
		if first, twice = s.more[key.Value]; !twice {
			s.more[key.Value] = key.Span
		}
		return first, twice
	}
	for _, k := range s.p.keys[s.from:] {
		if k.Value == key.Value {
			return k.Span, true
		}
	}
	if s.p.keys = append(s.p.keys, key); len(s.p.keys)-s.from == fewKeys {
		s.more = map[string]diag.Span{}
		for _, k := range s.p.keys[s.from:] {
			s.more[k.Value] = k.Span
		}
	}
	return diag.Span{}, false
}

// key reads the key of a pair.
func (p *parser) key(n *yaml.Node) (Text, bool) {
	if !p.plainNode(n) {
		return Text{}, false
	}
	at := p.span(n)
	switch {
	case n.Kind != yaml.ScalarNode:
		p.mistake("key", at, "a list or a map can't be a key", "", "put quotes round it if it is text")
		return Text{}, false
	case isNull(n):
		p.mistake("key", diag.Span{Start: at.Start, End: at.Start + 1}, "this value has no key", "",
			"write the key before the colon")
		return Text{}, false
	case n.Value == "<<" && n.Style == 0:
		p.mistake("merge-key", at, "`<<` merges another map into this one, which is not read here",
			"what a file says should stand where it is said", "write the keys out")
		return Text{}, false
	}
	p.unfitText(n, Text{n.Value, at})
	return Text{n.Value, at}, true
}

// plainNode reports whether n is what it seems: no anchor, alias or tag. It reports where not.
func (p *parser) plainNode(n *yaml.Node) bool {
	start := p.offset(n.Line, n.Column)
	switch {
	case n.Kind == yaml.AliasNode:
		at := diag.Span{Start: int32(start), End: int32(min(start+1+len(n.Value), p.end))}
		p.mistake("alias", at, "`*"+n.Value+"` is a YAML alias, which is not read here",
			"a text that begins with * must stand in quotes",
			"put quotes round it, or write the value out")
	case n.Anchor != "" && p.byteAt(start) == '&':
		at := diag.Span{Start: int32(start), End: int32(min(start+1+len(n.Anchor), p.end))}
		p.mistake("anchor", at, "`&"+n.Anchor+"` is a YAML anchor, which is not read here",
			"a text that begins with & must stand in quotes",
			"put quotes round it, or remove the anchor")
	case isTagged(n) || n.Anchor != "":
		end := start
		for end < p.end && !isSpace(p.text[end]) {
			end++
		}
		at := diag.Span{Start: int32(start), End: int32(end)}
		p.mistake("tag", at, fmt.Sprintf("`%s` is a YAML tag, which is not read here",
			p.text[start:end]), "a text that begins with ! must stand in quotes",
			"put quotes round it, or remove the tag")
	default:
		return true
	}
	return false
}

func (p *parser) byteAt(off int) byte {
	if off < 0 || off >= p.end {
		return 0
	}
	return p.text[off]
}

// value reads n into dst, which is the address of v.
func (p *parser) value(n *yaml.Node, dst any, v reflect.Value, f *field) {
	what := f.quoted
	if !p.plainNode(n) {
		return
	}
	switch dst := dst.(type) {
	case *Text:
		*dst = p.oneOf(n, f, what)
	case *Bool:
		*dst = p.boolean(n, what)
	case *Number:
		*dst = p.number(n, what)
	case *[]Text:
		*dst = p.texts(n, f, what)
	case *[]Entry:
		*dst = p.entries(n, what)
	case *[]Topic:
		*dst = p.topics(n, what)
	case *[]Allow:
		*dst = p.allows(n, what)
	case *map[string]any:
		if p.isMap(n, what, "") {
			*dst, _ = p.plain(n, 1).(map[string]any)
		}
	default:
		if v.Kind() == reflect.Slice {
			p.items(n, v, what)
		} else {
			p.object(n, v, what)
		}
	}
}

// items reads a list of maps into a slice of structs.
func (p *parser) items(n *yaml.Node, v reflect.Value, what string) {
	if !p.isList(n, what, shapes[v.Type().Elem()]) {
		return
	}
	v.Set(p.memory.list(v.Type(), len(n.Content)))
	read, each := 0, "an item of "+what
	for _, c := range n.Content {
		if !p.plainNode(c) || p.isEmptyItem(c, what) {
			continue
		}
		item := v.Index(read)
		read++
		if source, ok := item.Addr().Interface().(*Source); ok && c.Kind == yaml.ScalarNode {
			source.Ref = p.scalar(c, each)
			source.Span = source.Ref.Span
		} else {
			p.object(c, item, each)
		}
	}
	v.SetLen(read)
}

// texts reads a list of texts.
func (p *parser) texts(n *yaml.Node, f *field, what string) []Text {
	if f.one && n.Kind == yaml.ScalarNode {
		return []Text{p.oneOf(n, f, what)}
	}
	if !p.isList(n, what, nil) {
		return nil
	}
	list, each := make([]Text, 0, len(n.Content)), "an item of "+what
	for _, c := range n.Content {
		if p.plainNode(c) && !p.isEmptyItem(c, what) {
			if t := p.oneOf(c, f, each); t.Given() && !(f.words != nil && t.Value == "") {
				list = append(list, t)
			}
		}
	}
	return list
}

func (p *parser) isEmptyItem(n *yaml.Node, what string) bool {
	if !isNull(n) {
		return false
	}
	at := p.offset(n.Line, n.Column)
	p.mistake("no-value", diag.Span{Start: int32(max(at-1, p.start)), End: int32(at)},
		"this item of "+what+" is empty", "", "write it or remove the dash")
	return true
}

// entries reads a map of keys that the writer chooses.
func (p *parser) entries(n *yaml.Node, what string) (list []Entry) {
	if !p.isMap(n, what, "") {
		return nil
	}
	for key, value := range p.pairs(n) {
		if value.Kind != yaml.ScalarNode && lang.Valid(key.Value) && keyNames[key.Value] == "" {
			p.inOneLanguage(key.Span, key.Value)
			break
		}
		if p.given(key, value) {
			if t := p.scalar(value, "`"+key.Value+"`"); t.Given() {
				list = append(list, Entry{key, t})
			}
		}
	}
	return list
}

// given reports whether a pair has a value that is what it seems.
func (p *parser) given(key Text, value *yaml.Node) bool {
	if isNull(value) && p.brokenAt(key, value) != (diag.Span{}) || !p.plainNode(value) {
		return false
	}
	if isNull(value) {
		p.noValue(key)
		return false
	}
	return true
}

func (p *parser) topics(n *yaml.Node, what string) (list []Topic) {
	if !p.isMap(n, what, "") {
		return nil
	}
	list = []Topic{} // none, but read
	for key, value := range p.pairs(n) {
		topic := Topic{Slug: key}
		if p.given(key, value) {
			p.object(value, reflect.ValueOf(&topic).Elem(), "`"+key.Value+"`")
		}
		list = append(list, topic)
	}
	return list
}

func (p *parser) authors(n *yaml.Node) (list []Author) {
	if !p.isMap(n, "this file", "") {
		return nil
	}
	for key, value := range p.pairs(n) {
		author := Author{ID: key}
		if p.given(key, value) {
			p.object(value, reflect.ValueOf(&author).Elem(), "`"+key.Value+"`")
		}
		list = append(list, author)
	}
	return list
}

func (p *parser) allows(n *yaml.Node, what string) (list []Allow) {
	if !p.isMap(n, what, "") {
		return nil
	}
	for key, value := range p.pairs(n) {
		if p.given(key, value) {
			list = append(list, Allow{key, p.texts(value, &field{key: key.Value, one: true}, "`"+key.Value+"`")})
		}
	}
	return list
}

// oneOf reads a text, and where the field has words, one of those.
func (p *parser) oneOf(n *yaml.Node, f *field, what string) Text {
	if f.words == nil {
		return p.scalar(n, what)
	}
	if n.Kind != yaml.ScalarNode {
		return p.scalar(n, what)
	}
	t := Text{n.Value, p.span(n)}
	if slices.Contains(f.words, t.Value) {
		return t // a comment behind it cuts nothing
	}
	why, hint := "it is one of: "+strings.Join(f.words, ", "), ""
	if ours := Translated(t.Value, f.words); ours != "" {
		p.mistake("unknown-value", t.Span, fmt.Sprintf("%s can't be “%s”", what,
			short(t.Value)), why,
			"write "+ours, p.instead(t, ours)...)
		t.Value = ours // nothing follows from the mistake
		return t
	}
	if near, ok := diag.Nearest(t.Value, f.words); ok {
		hint = "did you mean `" + near + "`?"
	} else {
		why, hint = "", "write one of: "+strings.Join(f.words, ", ")
	}
	p.mistake("unknown-value", t.Span, fmt.Sprintf("%s can't be “%s”", what, short(t.Value)), why, hint,
		diag.ReplaceByNearest(p.place(t.Span), t.Value, f.words)...)
	t.Value = ""
	return t
}

// scalar reads a text.
func (p *parser) scalar(n *yaml.Node, what string) Text {
	switch n.Kind {
	case yaml.SequenceNode:
		p.notText(n, what, "a list")
		return Text{}
	case yaml.MappingNode:
		p.notText(n, what, "a map")
		return Text{}
	}
	t := Text{n.Value, p.span(n)}
	p.cut(n, t)
	p.unfitText(n, t)
	return t
}

// notText reports that a list or a map stands where a text is wanted: often a
// bracket or a colon in it made it one.
func (p *parser) notText(n *yaml.Node, what, kind string) {
	at := p.span(n)
	hint := "write one text"
	switch {
	case byLanguage(n):
		p.inOneLanguage(p.span(n.Content[0]), n.Content[0].Value)
		return
	case n.Kind == yaml.SequenceNode && len(n.Content) == 1 && n.Content[0].Kind == yaml.ScalarNode:
		one := p.span(n.Content[0])
		written := string(p.text[one.Start:one.End])
		p.mistake("wrong-type", at, fmt.Sprintf("%s wants text, not %s", what, kind), "",
			"write "+short(written), diag.Write(p.place(at), written)...)
		return
	case n.Style&yaml.FlowStyle != 0:
		hint = fmt.Sprintf("put quotes round it if it is text: a text can't begin with %c", p.text[at.Start])
	case n.Kind == yaml.MappingNode && len(n.Content) == 2:
		hint = "put quotes round it: a colon with a blank behind it makes it a key and a value"
	}
	p.mistake("wrong-type", at, fmt.Sprintf("%s wants text, not %s", what, kind), "", hint)
}

// byLanguage reports a map whose keys are languages.
func byLanguage(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return false
	}
	for i := 0; i < len(n.Content); i += 2 {
		if key := n.Content[i].Value; !lang.Valid(key) || keyNames[key] != "" && key != "id" {
			return false
		}
	}
	return true
}

// inOneLanguage reports what stands in several languages where there is one for all of the site.
func (p *parser) inOneLanguage(at diag.Span, tag string) {
	p.mistake("wrong-type", at, "what stands here is not sorted by language",
		"it is said once for the site, in the language that `lang` names",
		fmt.Sprintf("keep what stands with that one language, and put it in the place of "+
			"`%s:`", tag))
}

// cut reports text that a comment behind it cuts off.
func (p *parser) cut(n *yaml.Node, t Text) {
	if n.Style != 0 {
		return
	}
	off := int(t.End)
	for off < p.end && isBlank(p.text[off]) {
		off++
	}
	if off > int(t.End) && p.byteAt(off) == '#' {
		end, _ := lineEnd(p.text, off)
		p.mistake("comment", diag.Span{Start: int32(off), End: int32(end)},
			"everything after ` #` would be lost", "in YAML ` #` begins a comment",
			"put quotes round the text, or move the comment to a line of its own")
	}
}

func (p *parser) boolean(n *yaml.Node, what string) Bool {
	at := p.span(n)
	if n.Kind == yaml.ScalarNode {
		switch n.Value {
		case "true", "false":
			return Bool{n.Value == "true", at}
		}
		if meant := Translated(n.Value, []string{"true", "false"}); meant != "" ||
			strings.EqualFold(n.Value, "true") ||
			strings.EqualFold(n.Value, "false") {
			meant = cmp.Or(meant, strings.ToLower(n.Value))
			p.mistake("wrong-type", at, fmt.Sprintf("%s is true or false, not “%s”", what,
				short(n.Value)), "", "write "+meant, diag.Write(p.place(at), meant)...)
			return Bool{Value: meant == "true", Span: at}
		}
	}
	p.mistake("wrong-type", at, what+" is true or false", "", "write true or false")
	return Bool{}
}

func (p *parser) number(n *yaml.Node, what string) Number {
	at := p.span(n)
	if n.Kind == yaml.ScalarNode && n.Value != "" && strings.Trim(n.Value, "0123456789+-.") == "" && len(n.Value) < 32 {
		if x, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return Number{x, at}
		}
	}
	hint := "write it in digits, such as 51.5"
	switch what {
	case "`importance`":
		hint = "write 1, 2 or 3: 1 is highest, and 2 is what counts where it is left out"
	case "`per_page`", "`feed_limit`":
		hint = "write it in digits, such as 20"
	}
	if degrees := inDegrees(n.Value); degrees != "" {
		p.mistake("wrong-type", at, what+" wants a number", "", "write "+degrees,
			diag.Write(p.place(at), degrees)...)
		return Number{}
	}
	var fix []diag.Edit
	if plain := plainNumber(n.Value); plain != n.Value && n.Style == 0 {
		hint, fix = "write "+plain, p.instead(Text{n.Value, at}, plain)
	}
	if withComma.MatchString(n.Value) && n.Style == 0 {
		point := strings.Replace(n.Value, ",", ".", 1)
		hint, fix = "write "+point, p.instead(Text{n.Value, at}, point)
	}
	p.mistake("wrong-type", at, what+" wants a number", "", hint, fix...)
	return Number{}
}
