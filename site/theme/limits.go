package theme

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// Limits on templates, since html/template takes a multiple of their size. The built-in
// theme has a tenth of each.
const (
	maxTemplate  = 1 << 20 // bytes of a file
	maxNodes     = 100_000 // parts of all {{…}}
	eachTemplate = 100     // of them that a file or a {{define}} counts for
	maxRanges    = 12      // within each other
	maxAction    = 100     // commands, names or parentheses in one {{…}}
)

// What a page may take of its templates. It is counted, not timed, so that the
// same site fails on every machine or on none; no page needs a tenth of it.
const (
	maxSteps = 10_000_000 // turns of ranges and calls of templates
	maxPage  = 32 << 20   // bytes of the page
	maxText  = 64 << 20   // bytes of the texts that functions make for it
	maxDepth = 1000       // of templates that call each other: no stack overflows before

	callSteps = 20 // a call of a template is so many turns of a range
)

// limit is what a page used too much of.
type limit uint8

const (
	depthLimit limit = iota // templates that call each other
	stepsLimit              // turns of ranges and calls of templates
	pageLimit               // its bytes
	textLimit               // bytes that functions make
)

// limitError says that a page would take more of its templates than there is.
type limitError struct {
	limit    limit
	template string // "" where html/template names it
	at       int    // the byte of its file, 0 where only the template is known
}

// Error says which limit it is.
func (e limitError) Error() string {
	switch e.limit {
	case depthLimit:
		return e.template + " is called within itself without end"
	case stepsLimit:
		return fmt.Sprintf("%s takes more than %d steps", e.template, maxSteps)
	}
	return fmt.Sprintf("%s makes too many bytes", e.template)
}

// budget is what one run has used.
type budget struct {
	steps, depth int
}

// enter counts a call of a template, which ends with b.depth--.
func (b *budget) enter(name string) error {
	if b.depth++; b.depth > maxDepth {
		return limitError{depthLimit, original(name), 0}
	}
	return b.turn(name, 0, 1, callSteps)
}

// turn counts the turns of a range before they are made: with {{break}}, too
// many.
func (b *budget) turn(name string, at, turns, weight int) error {
	if turns > maxSteps || turns*weight > maxSteps-b.steps {
		return limitError{stepsLimit, original(name), at}
	}
	b.steps += turns * weight
	return nil
}

// original is the name of the template of which html/template made an escaped
// copy for a place of its own.
func original(name string) string {
	name, _, _ = strings.Cut(name, "$htmltemplate_")
	return name
}

// measure is how large a template is, and what it calls: a walk through its tree.
type measure struct {
	nodes   int // of the tree
	ranges  int // deepest within each other: html/template reads what stands in one twice
	action  int // the most commands, names or parentheses of one {{…}}
	calls   []string
	weights map[*parse.RangeNode]int // steps of one turn: one, and more where its body is long

	inRanges, inPipes int // where n stands
}

func measured(root parse.Node) measure {
	m := measure{weights: map[*parse.RangeNode]int{}}
	m.walk(root)
	return m
}

func (m *measure) walk(n parse.Node) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	m.nodes++
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			m.walk(c)
		}
	case *parse.RangeNode:
		before := m.nodes
		m.inRanges++
		m.ranges = max(m.ranges, m.inRanges)
		m.branch(&n.BranchNode)
		m.inRanges--
		m.weights[n] = 1 + (m.nodes-before)/stepSize
	case *parse.IfNode:
		m.branch(&n.BranchNode)
	case *parse.WithNode:
		m.branch(&n.BranchNode)
	case *parse.ActionNode:
		m.walk(n.Pipe)
	case *parse.TemplateNode:
		m.calls = append(m.calls, n.Name)
		m.walk(n.Pipe)
	case *parse.PipeNode:
		m.inPipes++
		m.action = max(m.action, m.inPipes, len(n.Cmds))
		for _, c := range n.Cmds {
			m.walk(c)
		}
		m.inPipes--
	case *parse.CommandNode:
		for _, a := range n.Args {
			m.walk(a)
		}
	case *parse.FieldNode:
		m.action = max(m.action, len(n.Ident))
	case *parse.VariableNode:
		m.action = max(m.action, len(n.Ident))
	case *parse.ChainNode:
		m.action = max(m.action, len(n.Field))
		m.walk(n.Node)
	}
}

func (m *measure) branch(n *parse.BranchNode) {
	m.walk(n.Pipe)
	m.walk(n.List)
	m.walk(n.ElseList)
}

// stepSize is how many nodes of a tree one step may visit.
const stepSize = 100
