package check

import (
	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/pages"
)

// rule is one thing that is checked: its part of the manual, and what holds a
// site to it.
type rule struct {
	name, level string // error, warning or off
	what, why   string // what it reports, and why that matters
	bad, good   string // an example of each; code

	doc  func(*docCheck) error // held to each explainer
	any  func(*docCheck) error // held to each explainer, term and page
	site func(*checker) error  // held to the whole, when the documents are read
	// asked says whether a rule that needs more than the site was asked for; nil
	// is always.
	asked func(*checker) bool
	// model says that the rule looks at the linked Site alone, and at no text: build
	// counts what it finds.
	model bool
}

const (
	unsourcedRule = "unsourced"
	staleDateRule = "stale-date"
)

// rules are all there are, the most harmful first: in this order findings are
// shown where not all are. Those without a function are held to the pages, or
// where what they speak of is read.
var rules = []rule{
	{name: pages.LostAddress, level: "error", site: lostAddress, asked: (*checker).comparing,
		what: "An address or a question that is live is gone, and nothing leads on from there: " +
			"an explainer, a question, an entry, a topic, a page or an alias. Needs `--against`. " +
			"`build` warns of the same over an earlier output.",
		why: pages.WhyLost,
		bad: "mv content/explainers/gate.md content/explainers/tide-gate.md", good: "aliases: [/explainers/gate/]"},
	{name: "broken-link", level: "error",
		what: "A link of a built page leads to no page, or to no place on it.",
		why:  "readers get an error where they were promised more",
		bad:  `<a href="/abuot/">About</a>`, good: `<a href="/about/">About</a>`},
	{name: "duplicate-id", level: "error",
		what: "Two elements of a page have one id.",
		why:  "a link to it leads to the first, and labels name the wrong one",
		bad:  `<h2 id="cost">…</h2> <p id="cost">…</p>`, good: `<h2 id="cost">…</h2> <p id="cost-note">…</p>`},
	{name: "page-lang", level: "error",
		what: "A page does not say which language it is in.",
		why:  "screen readers would speak it in their own (WCAG 3.1.1)",
		bad:  `<html>`, good: `<html lang="en">`},
	{name: staleDateRule, level: "warning", doc: staleDate,
		what: "An expression counts from the day on which it was written: “last March”, “two " +
			"years ago”, “recently”. It is resolved against `as_of`, of the question or the " +
			"explainer, else `published`; an event's text counts from the event's day. What is " +
			"ambiguous is never guessed. Titles, questions and short answers are read, too. A " +
			"weekday is fine for seven days. `--fix` pins what is sure, and nothing in a " +
			"sentence that names another year, supposes or quotes something, or has two times " +
			"that may belong together, in an event's text, in a transcript, nor in other markup.",
		why: "it counts from a day that is long past when the page is read",
		bad: "It closed last March.", good: "It closed [last March](date:2024-03)."},
	{name: "event-dates", level: "warning", doc: gatherEvents, site: eventDates,
		what: "Two explainers tell one event with different dates, or with different figures in " +
			"its title or its text. It is one where the titles are the same but for figures, or " +
			"almost the same on one day; figures are compared where the same words stand around them.",
		why: "one of them is wrong, and readers see both on one timeline",
		bad: "date: 2024-03-21\ntitle: The gate closes for the first time", good: "use: tide-gate#first-closing"},
	{name: "past-event", level: "warning", model: true, doc: pastEvent,
		what: "An event is told as scheduled, and its date has passed.",
		why:  "readers want to know whether it happened",
		bad:  "date: 2024-04-21\ntitle: Parliament is to vote\nstatus: scheduled",
		good: "date: 2024-04-21\ntitle: Parliament votes for the gate"},
	{name: "past-forecast", level: "warning", doc: pastForecast,
		what: "A sentence says what is to come by a day that has passed: “will vote on 21 " +
			"April”, “could attack within six months”. It is counted from `as_of`, else from `published`.",
		why:  "readers want to know what came of it",
		bad:  "Parliament will vote on 21 April.",
		good: "Parliament voted for the gate on [21 April](date:2024-04-21)."},
	{name: "review-due", level: "warning", model: true, doc: reviewDue,
		what: "The day by which an explainer or an answer was to be reviewed has passed, and no " +
			"entry of type `review` in its log is as new. Readers are not told of it.",
		why: "somebody thought that it would not stay true any longer",
		bad: "review_by: 2024-06-01", good: "review_by: 90d\nupdates:\n  - date: 2024-06-01\n    type: review"},
	{name: "silent-update", level: "warning", model: true, doc: silentUpdate,
		what: "`updated` is later than `published`, and no entry of `updates` says what changed.",
		why:  "readers who come back can't see what is new, nor what was wrong",
		bad:  "updated: 2024-05-02", good: "updates:\n  - date: 2024-05-02\n    text: Added the result of the audit."},
	{name: "avoided-spelling", level: "warning", any: avoidedSpelling,
		what: "A text has a spelling that the glossary lists under `avoid`, outside of quotations.",
		why:  "one thing should have one name",
		bad:  "The city of Kiev said so.", good: "The city of Kyiv said so."},
	{name: "name-variant", level: "warning", any: nameVariant,
		what: "A name is written almost as the glossary writes it: one letter is other, missing " +
			"or too many. Names of people, organisations and places, of six letters or more.",
		why: "a name that is spelled wrong is the first thing that its bearer sees",
		bad: "Mr Kugelmann says no.", good: "Mr Kugelman says no."},
	{name: unsourcedRule, level: "off", doc: unsourced,
		what: "A sentence with a figure, a date, a quotation or an attribution has no citation. " +
			"`[@none]` says that it needs none. What is counted as coverage is told sentence by " +
			"sentence with `--verbose`, or where site.yaml sets the rule.",
		why: "readers should be able to check what they are told",
		bad: "The gate cost 40 million euros.", good: "The gate cost 40 million euros[@audit, p. 12]."},
	{name: "uncited-source", level: "warning", doc: uncitedSource,
		what: "A source is listed, and no sentence, answer or event cites it.",
		why:  "a source that supports nothing makes the others look like decoration",
		bad:  "sources:\n  - id: audit", good: "It failed twice[@audit, p. 12]."},
	{name: "undated-source", level: "warning",
		doc:  sourceRule(undatedSource).ofOwn,
		site: func(c *checker) error { return sourceRule(undatedSource).ofShared(c, "undated-source") },
		what: "A source has no date, or neither a publisher nor an author. What a person said needs no publisher.",
		why:  "without them readers can't judge it, nor find it when its address is gone",
		bad:  "- title: Audit of the tide gate",
		good: "- title: Audit of the tide gate\n  publisher: City auditor\n  issued: 2024-04"},
	{name: "dead-link", level: "warning", any: gatherLinks, site: visitLinks, asked: (*checker).visiting,
		what: "An address of somebody else's is gone. Needs `--external`.",
		why:  "readers who want to check can't",
		bad:  "url: https://example.org/audit-2024",
		good: "url: https://example.org/audit-2024\narchive_url: " +
			"https://web.archive.org/web/2024/https://example.org/audit-2024"},
	{name: "moved-link", level: "warning", asked: (*checker).visiting,
		what: "An address of somebody else's has moved for good. Needs `--external`.",
		why:  "the old one leads on only as long as somebody keeps it up",
		bad:  "url: http://example.org/audit", good: "url: https://www.example.org/audit/"},
	{name: "abbreviation", level: "warning", doc: unexplained,
		what: "An abbreviation is used before it is said in full, in an introduction or an " +
			"answer. Terms of the glossary are explained there.",
		why: "an answer travels alone, as a card, and whoever meets it there has read nothing else",
		bad: "The RFA closed it.", good: "The River Fleet Authority (RFA) closed it."},
	{name: "leaning-answer", level: "warning", doc: leaningAnswer,
		what: "An answer begins with a pronoun, or points to what is above or below.",
		why:  "on cards, in search and in feeds each answer stands alone",
		bad:  "It was built in 2021, as mentioned above.", good: "The tide gate was built in 2021."},
	{name: "picture-credit", level: "warning", doc: pictureCredit,
		what: "A picture does not say whose it is.",
		why:  "photographers are owed it, and readers judge a picture by it",
		bad:  "- src: gate.jpg", good: "- src: gate.jpg\n  credit: Ana Beridze / Example Agency"},
	{name: "alt-text", level: "warning", doc: altText,
		what: "An alternative text is the caption again, or the name of the file.",
		why:  "whoever listens hears the caption twice, or nothing of use",
		bad:  "alt: gate-01", good: "alt: A steel gate on rails, half closed, at low tide"},
	{name: "picture-size", level: "warning", site: pictureSize,
		what: "A picture is wider than 4,000 pixels.",
		why:  "it is published in its own size, and readers wait for what no screen shows",
		bad:  "gate.jpg, 8,256 pixels wide", good: "gate.jpg, 2,400 pixels wide"},
	{name: "picture-place", level: "warning", site: picturePlace,
		what: "A file in `content/` says where it was taken. Readers get the picture without " +
			"that; of files in `static/`, which are copied as they are, the build itself tells.",
		why: "whoever gets the folder, or the repository, gets the place too: of a source's home, say",
		bad: "gate.jpg, straight from a phone", good: "gate.jpg, exported without its location"},
	{name: "question-id", level: "warning", model: true, doc: questionID,
		what: "A published question has no id of its own.",
		why:  "its address is made of its words, and changes with them",
		bad:  "## Why is the gate late?", good: "## Why is the gate late? {#late}"},
	{name: "question-mark", level: "warning", model: true, doc: questionMark,
		what: "A question has no question mark.",
		why:  "readers look for their own question, not for a heading",
		bad:  "## Costs", good: "## What does the gate cost?"},
	{name: "open-end", level: "warning", model: true, doc: openEnd,
		what: "An explainer has no `unknowns`, and no question about what comes next.",
		why:  "what is not known yet is what readers come back for",
		bad:  "(nothing)", good: "unknowns:\n  - When the gate will open."},
	{name: "structured-data", level: "warning",
		what: "A page's structured data is no JSON, or lacks what its type requires.",
		why:  "search engines may then take none of it",
		bad:  "(no authors)", good: "authors: [ana-beridze]"},
	{name: "accent-contrast", level: "warning", model: true, site: accentContrast,
		what: "The site's accent has a contrast below 7:1 on the page; below 4.5:1 it is an error of `build`.",
		why:  "links in it are hard to read for many (WCAG 2.2, 1.4.6)",
		bad:  `accent: "#1d70b8"`, good: `accent: "#15538a"`},
	{name: "heading-order", level: "warning",
		what: "A page's headings leave a level out, or it has no heading of the first level.",
		why:  "whoever listens finds their way by headings (WCAG 1.3.1)",
		bad:  "<h2>…</h2> <h4>…</h4>", good: "<h2>…</h2> <h3>…</h3>"},
	{name: "empty-link", level: "warning",
		what: "A link has no words, no picture with an alternative text, and no label.",
		why:  "whoever listens hears an address, or nothing (WCAG 2.4.4)",
		bad:  `<a href="/about/"></a>`, good: `<a href="/about/">About us</a>`},
	{name: "page-weight", level: "warning",
		what: "A page's HTML is larger than 500 kB.",
		why:  "on a slow line readers leave before it is there",
		bad:  "an answer with a table of 9,000 lines",
		good: "the table as a file beside the explainer, and a link to it"},
	{name: "orphan", level: "warning",
		what: "The page of a document that search engines are told of is linked from no other page.",
		why:  "readers who are on the site can't find it",
		bad:  "a templates/footer.html and a templates/search.html that list no pages",
		good: "navigation: [{title: Home, url: /}, {title: About, url: /about/}]"},
	{name: "unused-term", level: "warning", model: true, site: unusedTerm,
		what: "No explainer uses a term of the glossary.",
		why:  "it is upkeep for nothing, or its forms are not those that texts use",
		bad:  "term: Storm surge", good: "term: Storm surge\nforms: [storm surges, surge]"},
	{name: "unarchived-source", level: "warning",
		doc:  sourceRule(unarchivedSource).ofOwn,
		site: func(c *checker) error { return sourceRule(unarchivedSource).ofShared(c, "unarchived-source") },
		what: "A source on the web has no archived copy. Addresses that are made to last, such as DOIs, need none.",
		why:  "half of what the web held ten years ago is gone",
		bad:  "url: https://example.org/audit",
		good: "url: https://example.org/audit\narchive_url: " +
			"https://web.archive.org/web/2024/https://example.org/audit\narchived: 2024-05-02"},
	{name: "unclear-link", level: "note", asked: (*checker).visiting,
		what: "Nobody can tell whether an address of somebody else's is there: it is refused " +
			"(403, 429), takes too long, or fails. Needs `--external`.",
		why: "many sites answer only browsers: look yourself",
		bad: "(an address that answers 403)", good: "(nothing to mend)"},
	{name: "quoted-date", level: "note", doc: quotedDate,
		what: "Somebody who is quoted says “yesterday” or “last year”. Nobody may change that; " +
			"what may be added is when it was said.",
		why: "readers can't know which day it counts from",
		bad: "“We lost it yesterday,” she said.", good: "“We lost it yesterday,” she said on 21 March 2024."},
	{name: "quoted-forecast", level: "note", doc: quotedForecast,
		what: "Somebody who is quoted says what is to come by a day that has passed. Nobody may " +
			"change that; what may be added is what came of it.",
		why: "readers want to know whether they were right",
		bad: "“We will open on 21 April,” she said.", good: "“We will open on 21 April,” she said. It opened in May."},
	{name: acceptRule, level: "warning",
		what: "An `accept:` comment accepts nothing any more, has no reason, or names no rule.",
		why:  "an acceptance that is left behind hides the next mistake",
		bad:  "<!-- accept: leaning-answer -->", good: "<!-- accept: leaning-answer the question names the gate -->"},
	{name: "duplicate-event", level: "off", doc: gatherEvents, site: duplicateEvent,
		what: "Two explainers tell events of one day in much the same words.",
		why:  "the timeline then shows one event twice",
		bad:  "title: The gate is closed for the first time", good: "use: tide-gate#first-closing"},
	{name: "glossary-candidate", level: "off", doc: gatherPhrases, site: glossaryCandidate,
		what: "Three explainers or more write a name or an abbreviation that the glossary does not explain.",
		why:  "what several texts need is explained best in one place",
		bad:  "OSCE, in four explainers", good: "content/glossary/osce.md"},
	{name: "long-answer", level: "off", doc: longAnswer,
		what: "An answer has more than 600 words.",
		why:  "readers came for an answer",
		bad:  "an answer of 900 words", good: "two questions with an answer each"},
}

// ruleNamed returns the rule of that name, nil where there is none.
func ruleNamed(name string) *rule {
	if i := harm(name); i >= 0 {
		return &rules[i]
	}
	return nil
}

// harm is how much harm what a rule reports does: the less, the more. It is -1
// for what is no rule.
func harm(name string) int {
	for i := range rules {
		if rules[i].name == name {
			return i
		}
	}
	return -1
}

// nearestRule is a hint at the rule that a writer meant.
func nearestRule(name string) string {
	if near, ok := diag.Nearest(name, front.CheckRules); ok {
		return "did you mean " + near + "?"
	}
	return "the manual's page on check lists the rules"
}
