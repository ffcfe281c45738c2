// Package front reads YAML front matter and data files into structs: strictly,
// with the place of every value, and with every mistake reported at once in a
// writer's words. It knows shapes (keys, kinds of values, the words an
// enumeration allows); what values mean is for package site.
package front
