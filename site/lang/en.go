package lang

var english = Language{
	Tag: "en", Dir: "ltr",
	Months:    months("January February March April May June July August September October November December"),
	DayForm:   "{day} {month} {year}",
	MonthForm: "{month} {year}",
	Thousands: ",",
	YearLink:  "of",
	Shortened: "Mr Mrs Ms Mx Messrs Dr Drs Prof Rev Hon Msgr Fr St Mt Ft Gen Col Lt Sgt Cpl Capt Cmdr Maj Adm Brig Sen Sens Rep Reps " +
		"Gov Pres Supt Insp vs v cf viz ca approx esp Ph.D",
	Numbered: "No no Nos nos Art art para paras p pp vol Vol fig Fig sec Sec ch Ch c Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
	Usage:    &englishUsage,
	Within: map[string]string{
		"date-33": "the first quarter of {year}", "date-34": "the second quarter of {year}", "date-35": "the third quarter of {year}", "date-36": "the fourth quarter of {year}",
		"date-37": "the first third of {year}", "date-38": "the second third of {year}", "date-39": "the last third of {year}",
		"date-40": "the first half of {year}", "date-41": "the second half of {year}", "date-century": "some time between {from} and {to}",
	},
	Sentences: []string{"date-since", "date-until", "date-from-to", "date-about", "date-about-uncertain", "as-of", "was-planned"},
	Words: map[string]string{
		// Dates (EDTF).
		"date-since": "since {date}", "date-until": "until {date}", "date-by": "by {date}", "date-from-to": "from {from} to {to}",
		"date-about": "about {date}", "date-uncertain": "{date} (uncertain)", "date-about-uncertain": "about {date} (uncertain)",
		"date-decade": "the {year}s", "date-century": "between {from} and {to}", "date-bc": "{year} BC", "date-some-day": "some day in {date}",
		"date-21": "spring {year}", "date-22": "summer {year}", "date-23": "autumn {year}", "date-24": "winter {year}",
		"date-25": "spring {year}", "date-26": "summer {year}", "date-27": "autumn {year}", "date-28": "winter {year}",
		"date-29": "spring {year} (southern)", "date-30": "summer {year} (southern)", "date-31": "autumn {year} (southern)", "date-32": "winter {year} (southern)",
		"date-33": "first quarter of {year}", "date-34": "second quarter of {year}", "date-35": "third quarter of {year}", "date-36": "fourth quarter of {year}",
		"date-37": "first third of {year}", "date-38": "second third of {year}", "date-39": "last third of {year}",
		"date-40": "first half of {year}", "date-41": "second half of {year}",

		// Places of the site.
		"home": "Home", "explainers": "Explainers", "timeline": "Timeline", "glossary": "Glossary", "search": "Search", "topics": "Topics",
		"updates": "Updates", "sources": "Sources", "feed": "Feed", "skip-to-content": "Skip to content", "notice": "Notice", "breadcrumbs": "You are here", "site": "Site", "more": "More",

		// An explainer.
		"explainer": "Explainer", "explainer-in": "{label} in", "in-short": "In short", "questions": "Questions", "introduction": "Introduction",
		"by": "By", "edited-by": "Edited by", "and": "and", "published": "Published", "unchanged": "No changes logged.", "first-published": "First published", "updated": "Updated", "corrected": "Corrected",
		"as-of": "as of {date}", "as-of-note": "As things stood on {date}.", "not-reviewed": "Not reviewed since {date}. What it says may have changed.", "last-reviewed": "Last reviewed",
		"minutes-to-read-one": "{n} minute to read", "minutes-to-read-other": "{n} minutes to read",
		"permalink": "Link to question {n}", "updated-on": "updated", "answer-used-from": "This answer is from", "sources-of-answer": "Sources for this answer",
		"what-we-know": "What we know", "what-we-dont-know": "What we don’t know", "key-terms": "Key terms", "corrections-feed": "Corrections", "corrections": "Updates and corrections",
		"how-reported": "How this was reported", "read-next": "Read next", "whole-timeline": "The timeline on its own page", "as-markdown": "This page as Markdown",
		"syndication-credit": "First published by", "syndication-adapted": "Adapted from", "via": "via", "licence": "Licence",
		"reply-ask": "Ask a question or report an error", "reply-form": "Or use the form", "back-to-text": "Back to the text", "source-n": "Source {n}: {title}", "back-to-citation": "Back to citation {n} in ‘{place}’", "footnotes": "Notes", "card": "Share or cite this answer",
		"draft": "Draft: not published", "review": "In review: not published", "withdrawn": "Withdrawn", "withdrawn-note": "This page has been withdrawn.",
		"done": "done", "not-done": "not done", "credit": "Credit", "sensitive-show": "Show the picture",

		// Updates.
		"update-update": "Update", "update-correction": "Correction", "update-clarification": "Clarification", "update-editors-note": "Editor’s note", "update-review": "Reviewed",
		"was": "The earlier wording was", "concerns": "Concerns",

		// Callouts.
		"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution",

		// The names of what scrolls by itself.
		"table": "Table", "code": "Code", "named": "{what}: {name}",

		// Events.
		"status-confirmed": "confirmed", "status-reported": "reported", "status-claimed": "claimed", "status-disputed": "disputed", "status-scheduled": "scheduled",
		"status-planned": "planned", "was-planned": "was planned for {date} (as of {day})", "was-planned-span": "was planned {date} (as of {day})",
		"coming-up": "Coming up", "events-one": "{n} event", "events-other": "{n} events", "earlier-events-one": "{n} earlier event", "earlier-events-other": "{n} earlier events", "between-events-one": "{n} more event in between", "between-events-other": "{n} more events in between", "later-events-one": "{n} later event", "later-events-other": "{n} later events", "earlier-years": "Earlier years", "tags": "Tags", "all-events": "All events", "all-n-events": "All {n} events, on their own page",
		"other-years": "The years before and after", "downloads": "The data", "data-as": "Data as", "told-in": "Told in", "also-in": "Also in", "answers": "Answers", "answer": "Answer", "question": "Question", "place": "Place", "approximate": "approximate", "uncertain": "uncertain",

		// Sources.
		"archived": "archived", "accessed": "accessed", "cited-by": "Cited in", "attribution-named": "Named source", "attribution-unnamed": "Unnamed source",
		"attribution-document": "Document", "attribution-claim": "Claim, not confirmed",

		// Lists.
		"newest": "Newest", "more-explainers": "More explainers", "all-explainers": "All explainers", "answers-we-changed": "Changed answers",
		"previous": "Previous", "next": "Next", "policy-corrections": "Corrections policy", "policy-ethics": "Ethics policy",
		"newer": "Newer", "older": "Older", "page-newest": "The newest page", "page-oldest": "The oldest page", "page-number": "Page {n}, counted from the oldest",
		"page-of": "Page {n} of {total}", "pages": "Pages", "nothing-yet": "Nothing here yet.",
		"explainers-one": "{n} explainer", "explainers-other": "{n} explainers", "questions-one": "{n} question", "questions-other": "{n} questions",
		"terms-one": "{n} term", "terms-other": "{n} terms", "uses-one": "{n} use", "uses-other": "{n} uses",

		// The glossary.
		"letters": "Letters", "also-called": "Also called", "formerly": "Formerly", "see-also": "See also", "used-in": "Used in", "in-the-timeline": "In the timeline",
		"same-as": "Elsewhere", "role": "Role", "affiliation": "Affiliation", "coordinates": "Coordinates",
		"north": "{n}° N", "south": "{n}° S", "east": "{n}° E", "west": "{n}° W",
		"kind-term": "Term", "kind-person": "Person", "kind-organisation": "Organisation", "kind-place": "Place", "kind-law": "Law", "kind-event": "Event",
		"kind-page": "Page", "kind-source": "Source", "kind-update": "Update",

		// Pages that are not there.
		"not-found-title": "What was here?", "not-found-text": "There is no page at this address. It may have moved, or never existed.", "moved": "This page has moved", "moved-to": "It is now at",

		// The reader's controls, and what pages say of themselves.
		"in-short-note": "Follow a question for the full answer and its sources.", "in-this-explainer": "In this explainer",
		"short-answer": "Short answer", "known-and-unknown": "What we know and what we don’t",
		"back-to-top": "Back to top", "reading-settings": "Reading settings", "colours": "Colours",
		"colours-auto": "Auto", "colours-light": "Light", "colours-dark": "Dark",
		"text-size": "Text size", "text-standard": "Standard", "text-large": "Large",
		"text-largest": "Largest", "copy-link": "Copy link", "link-copied": "Link copied",
		"print": "Print", "close": "Close", "new-to-you": "new since your last visit", "mark-changes": "Mark what is new since your last visit. Its date stays on this device.",
		"n-of-total": "{n} of {total}", "some-answers": "{n} of its {total} answers.",
		"whole-explainer": "Read the whole explainer", "whole-answer": "Read the whole answer", "embed": "Embed this answer",
		"embed-text": "Copy this into your own page. It shows the short answer and links to the rest.", "glossary-text": "The terms of the glossary, and where each is used.", "updates-text": "Updated and corrected answers, newest first.",
		"sources-text": "The sources of the explainers, and where each is cited.", "find-a-term": "Find a term", "everything": "Everything",
		"date-confirmed": "Date confirmed", "date-unsure": "Date or event uncertain", "lasted": "Duration", "today": "Today", "date-scheduled": "Scheduled",
		"per-square": "Each square stands for up to {n} events.", "sensitive-graphic": "Graphic content", "sensitive-distressing": "Distressing content",
		"not-found": "Page not found", "events-by-year": "Events by year", "search-text": "Search every page of this site.", "explainers-text": "All explainers, newest first.", "topics-text": "The topics of our explainers.", "timeline-text": "Every dated event, in order.", "search-hint": "Type a word or two.", "search-label": "Search this site", "all-questions": "All explainers and their questions",
		"found-none": "Nothing found for “{q}”. Try fewer or different words.", "found-one": "{n} result for “{q}”", "found-other": "{n} results for “{q}”",
		"found-more": "More results", "search-failed": "The search index could not be loaded. The list below has every question.",

		// The menu of a page, and what can be followed.
		"page-menu": "Share, follow, cite", "share": "Share", "cite": "Cite", "copy-citation": "Copy the citation", "citation-copied": "Citation copied",
		"cite-line":    "‘{title}’, {site}, as of {date}, {url}",
		"cite-line-by": "{authors}, ‘{title}’, {site}, as of {date}, {url}",
		"follow":       "Follow", "feed-of": "Feed: {title}", "calendar-of": "Calendar: {title}",

		// Of lists that are too long for their page.
		"all-pages": "All pages", "all-n-terms": "All {n} terms", "all-n-topics": "All {n} topics", "and-more": "and {n} more",
	},
}
