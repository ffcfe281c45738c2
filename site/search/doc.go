// Package search makes the index that the search page reads: what can be found,
// word by word, in files small enough to fetch while the reader types.
//
// A Builder takes Batches of documents with their Entries and gives an Index, whose
// Files lie beside the search page. static/search.js reads them; site/doc/search.md
// says how and why.
//
// # Files
//
// All are UTF-8 JSON, so that hosts compress them.
//
//	index.json    {"n": about how many entries there are, "stop": "a an …", "months": "january …",
//	               "english": 1 if English, "bodies": 1 if entries have them,
//	               "words": " gate …", "chunks": NUMBERS}
//	              or, where one file is enough, in place of the last two:
//	              "documents": [DOCUMENT, …], "shard": SHARD
//	wgate.json …  SHARD: words in order, with their postings: one string
//	d4711.json …  chunks: [DOCUMENT, …]
//
// A DOCUMENT is what is shown of one: [number, URL, title, ENTRY, …]. Its number
// comes from its address alone: the first 20 bits of an XXH3; in an index of one file
// documents are counted. Those that have the same number stand together, and their
// entries are counted as those of one. An ENTRY is [kind, title, URL, text, of, body],
// empty ends left out. Its URL is "" for the document's own, "#place" for a place
// there, "#" for a place that is the title in lower case with hyphens between its
// words, or the whole one.
//
// A shard holds the words from its own on, up to the next of "words", in the order
// of UTF-16 code units, which is that of JavaScript's <; the first has none. Its name
// is "w" and that word, with what is no ASCII letter or digit as "_", the code point
// in hexadecimal digits, and "_". A chunk holds the documents from its number on; the
// n-th number is the sum of the first n NUMBERS of "chunks".
//
// Where a shard or chunk ends depends on what stands near it: see cuts. So a change
// of a word or a document leaves the files of all others as they are.
//
// A shard is records parted by spaces. A record is
//
//	SHARED SUFFIX "!" BACK [OF] (GAP (STEP_IMPACT_MORE)…)…
//
// The word is the first SHARED code units of the word before it and the SUFFIX.
// BACK>>1 is how many records back there is another form of the word (a word of
// the same stem), 0 for none. If BACK&1, the postings were cut to the best, and
// OF is how many entries have the word; else as many as there are postings. GAP is
// what is added to the number of the document before, 0 at first. Then come its
// entries, each as one number: what is added to the place of the entry before, 0 at
// first, times 32; twice the IMPACT of the word on the entry, 0 to 15; and 1 if
// another entry of the document follows.
//
// Besides words there are dates: "=2024-03-22", "=2024-03" and "=2024" stand for what
// happened then.
//
// Numbers are written with two sets of digits: the last digit of each is one of
// 32 from ']' on, those before it are of 57 from '#' on, the highest first. So a
// number needs no end, and no character an escape.
package search
