// Package search makes the index that the search page reads: what can be found,
// word by word, in files small enough to fetch while the reader types.
//
// A Builder takes Entries and gives an Index, whose Files lie beside the search
// page. static/search.js reads them; site/doc/search.md says how and why.
//
// # Files
//
// All are UTF-8 JSON, so that hosts compress them.
//
//	index.json  {"n": entries, "stop": "a an …", "words": "a gate …", "first": NUMBERS, "inline": {"w0": …, "d0": …}}
//	w0.json …   shards: words in order, with their postings: one string
//	d0.json …   chunks: what is shown of entries: [[kind, title, url, text, of], …], empty ends left out
//
// Shard i holds the words from the i-th of "words" on, up to the next of them,
// in the order of UTF-16 code units, which is that of JavaScript's <. Chunk i
// begins with the entry that is the sum of the first i+1 NUMBERS of "first". A
// small index holds its only shard and chunk in itself, under "inline".
//
// A shard is records parted by spaces. A record is
//
//	SHARED SUFFIX "!" BACK [OF] (STEP IMPACT)…
//
// The word is the first SHARED code units of the word before it and the SUFFIX.
// BACK>>1 is how many records back there is another form of the word (a word of
// the same stem), 0 for none. If BACK&1, the postings were cut to the best, and
// OF is how many entries have the word; else as many as there are postings. STEP
// is the distance from the entry before, from -1 at first; with it comes the
// IMPACT of the word on the entry, 0 to 15, as one number STEP<<4 | IMPACT.
//
// Numbers are written with two sets of digits: the last digit of each is one of
// 34 from ']' on, those before it are of 57 from '#' on, the highest first. So a
// number needs no end, and no character an escape.
package search
