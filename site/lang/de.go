package lang

var german = Language{
	Tag: "de", Dir: "ltr",
	Months:    months("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
	DayForm:   "{day}. {month} {year}",
	MonthForm: "{month} {year}",
	Thousands: ".",
	Decimal:   ",",
	Shortened: "bzw Nr",
	Within: map[string]string{
		"date-21": "dem Frühling {year}", "date-22": "dem Sommer {year}", "date-23": "dem Herbst {year}", "date-24": "dem Winter {year}",
		"date-25": "dem Frühling {year}", "date-26": "dem Sommer {year}", "date-27": "dem Herbst {year}", "date-28": "dem Winter {year}",
		"date-29": "dem Frühling {year} (Südhalbkugel)", "date-30": "dem Sommer {year} (Südhalbkugel)", "date-31": "dem Herbst {year} (Südhalbkugel)", "date-32": "dem Winter {year} (Südhalbkugel)",
		"date-33": "dem ersten Quartal {year}", "date-34": "dem zweiten Quartal {year}", "date-35": "dem dritten Quartal {year}", "date-36": "dem vierten Quartal {year}",
		"date-37": "dem ersten Drittel {year}", "date-38": "dem zweiten Drittel {year}", "date-39": "dem letzten Drittel {year}",
		"date-40": "der ersten Hälfte {year}", "date-41": "der zweiten Hälfte {year}",
		"date-decade": "den {year}er-Jahren", "date-century": "einem Jahr zwischen {from} und {to}", "date-some-day": "einem Tag im {date}",
	},
	Sentences: []string{"date-since"},
	Words: map[string]string{
		// Dates (EDTF): a day, a month and a year must all fit in without an article.
		"date-since": "seit {date}", "date-until": "bis {date}", "date-by": "bis spätestens {date}", "date-from-to": "{from} bis {to}",
		"date-about": "etwa {date}", "date-uncertain": "{date} (unsicher)", "date-about-uncertain": "etwa {date} (unsicher)",
		"date-decade": "die {year}er-Jahre", "date-century": "zwischen {from} und {to}", "date-bc": "{year} v. Chr.", "date-some-day": "an einem Tag: {date}",
		"date-21": "Frühling {year}", "date-22": "Sommer {year}", "date-23": "Herbst {year}", "date-24": "Winter {year}",
		"date-25": "Frühling {year}", "date-26": "Sommer {year}", "date-27": "Herbst {year}", "date-28": "Winter {year}",
		"date-29": "Frühling {year} (Südhalbkugel)", "date-30": "Sommer {year} (Südhalbkugel)", "date-31": "Herbst {year} (Südhalbkugel)", "date-32": "Winter {year} (Südhalbkugel)",
		"date-33": "erstes Quartal {year}", "date-34": "zweites Quartal {year}", "date-35": "drittes Quartal {year}", "date-36": "viertes Quartal {year}",
		"date-37": "erstes Drittel {year}", "date-38": "zweites Drittel {year}", "date-39": "letztes Drittel {year}",
		"date-40": "erste Hälfte {year}", "date-41": "zweite Hälfte {year}",

		// Places of the site.
		"home": "Start", "explainers": "Erklärstücke", "timeline": "Zeitleiste", "glossary": "Glossar", "search": "Suche", "topics": "Themen",
		"updates": "Aktualisierungen", "sources": "Quellen", "feed": "Feed", "skip-to-content": "Zum Inhalt springen", "notice": "Hinweis", "breadcrumbs": "Sie sind hier", "site": "Website", "more": "Mehr",

		// An explainer.
		"explainer": "Erklärstück", "explainer-in": "{label} in", "in-short": "Kurz gesagt", "questions": "Fragen", "introduction": "Einleitung",
		"by": "Von", "edited-by": "Redaktion:", "and": "und", "published": "Veröffentlicht:", "unchanged": "Keine Änderung vermerkt.", "first-published": "Zuerst veröffentlicht:", "updated": "Aktualisiert:", "corrected": "Berichtigt:",
		"as-of": "Stand: {date}", "as-of-note": "Diese Seite gibt den Stand vom {date} wieder.", "not-reviewed": "Seit dem {date} nicht überprüft. Was hier steht, kann sich geändert haben.", "last-reviewed": "Zuletzt überprüft:",
		"minutes-to-read-one": "{n} Minute Lesezeit", "minutes-to-read-other": "{n} Minuten Lesezeit",
		"permalink": "Link zur Frage {n}", "updated-on": "aktualisiert:", "answer-used-from": "Diese Antwort stammt aus", "sources-of-answer": "Quellen dieser Antwort",
		"what-we-know": "Was wir wissen", "what-we-dont-know": "Was wir nicht wissen", "key-terms": "Wichtige Begriffe", "corrections-feed": "Korrekturen", "corrections": "Aktualisierungen und Berichtigungen",
		"how-reported": "So haben wir recherchiert", "read-next": "Mehr zum Thema", "whole-timeline": "Die Zeitleiste auf einer eigenen Seite", "as-markdown": "Diese Seite als Markdown",
		"syndication-credit": "Zuerst erschienen bei", "syndication-adapted": "Bearbeitete Fassung nach", "via": "über", "licence": "Lizenz",
		"reply-ask": "Eine Frage stellen oder einen Fehler melden", "reply-form": "Oder über das Formular", "back-to-text": "Zurück zum Text", "source-n": "Quelle {n}: {title}", "back-to-citation": "Zurück zum Beleg {n} in „{place}“", "footnotes": "Anmerkungen", "card": "Diese Antwort teilen oder zitieren",
		"draft": "Entwurf: nicht veröffentlicht", "review": "In Prüfung: nicht veröffentlicht", "withdrawn": "Zurückgezogen", "withdrawn-note": "Diese Seite wurde zurückgezogen.",
		"done": "erledigt", "not-done": "nicht erledigt", "credit": "Bildnachweis", "sensitive-show": "Bild zeigen",

		// Updates.
		"update-update": "Aktualisierung", "update-correction": "Berichtigung", "update-clarification": "Klarstellung", "update-editors-note": "Anmerkung der Redaktion", "update-review": "Überprüft",
		"was": "Zuvor hieß es", "concerns": "Betrifft",

		// Callouts.
		"note": "Hinweis", "tip": "Tipp", "important": "Wichtig", "warning": "Warnung", "caution": "Vorsicht",

		// The names of what scrolls by itself.
		"table": "Tabelle", "code": "Code", "named": "{what}: {name}",

		// Events.
		"status-confirmed": "bestätigt", "status-reported": "berichtet", "status-claimed": "behauptet", "status-disputed": "umstritten", "status-scheduled": "geplant",
		"status-planned": "war geplant", "was-planned": "war geplant: {date} (Stand: {day})", "was-planned-span": "war geplant: {date} (Stand: {day})",
		"coming-up": "Was bevorsteht", "events-one": "{n} Ereignis", "events-other": "{n} Ereignisse", "earlier-events-one": "{n} früheres Ereignis", "earlier-events-other": "{n} frühere Ereignisse", "between-events-one": "{n} Ereignis dazwischen", "between-events-other": "{n} Ereignisse dazwischen", "later-events-one": "{n} späteres Ereignis", "later-events-other": "{n} spätere Ereignisse", "earlier-years": "Frühere Jahre", "tags": "Schlagwörter", "all-events": "Alle Ereignisse", "all-n-events": "Alle {n} Ereignisse auf einer eigenen Seite",
		"other-years": "Die Jahre davor und danach", "downloads": "Die Daten", "data-as": "Daten als", "told-in": "Erzählt in", "also-in": "Auch in", "answers": "Antworten", "answer": "Antwort", "question": "Frage", "place": "Ort", "approximate": "ungefähr", "uncertain": "unsicher",

		// Sources.
		"archived": "archiviert", "accessed": "abgerufen:", "cited-by": "Zitiert in", "attribution-named": "Genannte Quelle", "attribution-unnamed": "Nicht genannte Quelle",
		"attribution-document": "Dokument", "attribution-claim": "Behauptung, nicht bestätigt",

		// Lists.
		"newest": "Das Neueste", "more-explainers": "Weitere Erklärstücke", "all-explainers": "Alle Erklärstücke", "answers-we-changed": "Geänderte Antworten",
		"previous": "Zurück", "next": "Weiter", "policy-corrections": "Umgang mit Fehlern", "policy-ethics": "Ethische Grundsätze",
		"newer": "Neuere", "older": "Ältere", "page-newest": "Die neueste Seite", "page-oldest": "Die älteste Seite", "page-number": "Seite {n}, von der ältesten an gezählt",
		"page-of": "Seite {n} von {total}", "pages": "Seiten", "nothing-yet": "Hier ist noch nichts.",
		"explainers-one": "{n} Erklärstück", "explainers-other": "{n} Erklärstücke", "questions-one": "{n} Frage", "questions-other": "{n} Fragen",
		"terms-one": "{n} Begriff", "terms-other": "{n} Begriffe", "uses-one": "{n} Fundstelle", "uses-other": "{n} Fundstellen",

		// The glossary.
		"letters": "Buchstaben", "also-called": "Auch", "formerly": "Früher", "see-also": "Siehe auch", "used-in": "Kommt vor in", "in-the-timeline": "In der Zeitleiste",
		"same-as": "Anderswo", "role": "Funktion", "affiliation": "Zugehörigkeit", "coordinates": "Koordinaten",
		"north": "{n}° N", "south": "{n}° S", "east": "{n}° O", "west": "{n}° W",
		"kind-term": "Begriff", "kind-person": "Person", "kind-organisation": "Organisation", "kind-place": "Ort", "kind-law": "Gesetz", "kind-event": "Ereignis",
		"kind-page": "Seite", "kind-source": "Quelle", "kind-update": "Aktualisierung",

		// Pages that are not there.
		"not-found-title": "Was stand hier?", "not-found-text": "Unter dieser Adresse gibt es keine Seite. Vielleicht ist sie umgezogen, oder es gab sie nie.", "moved": "Diese Seite ist umgezogen", "moved-to": "Sie steht jetzt unter",

		// The reader's controls, and what pages say of themselves.
		"in-short-note": "Jede Frage führt zur ganzen Antwort und ihren Quellen.", "in-this-explainer": "In diesem Beitrag",
		"short-answer": "Kurze Antwort", "known-and-unknown": "Was wir wissen und was nicht",
		"back-to-top": "Nach oben", "reading-settings": "Leseeinstellungen", "colours": "Farben",
		"colours-auto": "Auto", "colours-light": "Hell", "colours-dark": "Dunkel",
		"text-size": "Schriftgröße", "text-standard": "Normal", "text-large": "Groß",
		"text-largest": "Größer", "copy-link": "Link kopieren", "link-copied": "Link kopiert",
		"print": "Drucken", "close": "Schließen", "new-to-you": "neu seit Ihrem letzten Besuch", "mark-changes": "Markieren, was seit meinem letzten Besuch neu ist. Der Tag wird nur auf diesem Gerät gespeichert.",
		"n-of-total": "{n} von {total}", "some-answers": "{n} von {total} Antworten.",
		"whole-explainer": "Den ganzen Beitrag lesen", "whole-answer": "Die ganze Antwort lesen", "embed": "Diese Antwort einbetten",
		"embed-text": "Für die eigene Seite zum Kopieren: die kurze Antwort mit einem Link zum Rest.", "glossary-text": "Die Begriffe des Glossars, und wo sie vorkommen.", "updates-text": "Geänderte und berichtigte Antworten, die neuesten zuerst.",
		"sources-text": "Die Quellen der Beiträge, und wo sie zitiert werden.", "find-a-term": "Begriff suchen", "everything": "Alles",
		"date-confirmed": "Datum bestätigt", "date-unsure": "Datum oder Ereignis unsicher", "lasted": "Dauer", "today": "Heute", "date-scheduled": "Geplant",
		"per-square": "Ein Quadrat steht für bis zu {n} Ereignisse.", "sensitive-graphic": "Drastische Bilder", "sensitive-distressing": "Verstörender Inhalt",
		"not-found": "Seite nicht gefunden", "events-by-year": "Ereignisse nach Jahren", "search-text": "Die ganze Website durchsuchen.", "explainers-text": "Alle Beiträge, der neueste zuerst.", "topics-text": "Die Themen unserer Beiträge.", "timeline-text": "Jedes datierte Ereignis unserer Beiträge, der Reihe nach.", "search-hint": "Ein oder zwei Wörter genügen.", "search-label": "Diese Website durchsuchen", "all-questions": "Alle Beiträge und ihre Fragen",
		"found-none": "Nichts gefunden für „{q}“. Weniger oder andere Wörter helfen vielleicht.", "found-one": "{n} Ergebnis für „{q}“", "found-other": "{n} Ergebnisse für „{q}“",
		"found-more": "Mehr Ergebnisse", "search-failed": "Der Suchindex konnte nicht geladen werden. Die Liste unten enthält jede Frage.",

		// The menu of a page, and what can be followed.
		"page-menu": "Teilen, folgen, zitieren", "share": "Teilen", "cite": "Zitieren", "copy-citation": "Zitat kopieren", "citation-copied": "Zitat kopiert",
		"cite-line":    "„{title}“, {site}, Stand: {date}, {url}",
		"cite-line-by": "{authors}: „{title}“, {site}, Stand: {date}, {url}",
		"follow":       "Folgen", "feed-of": "Feed: {title}", "calendar-of": "Kalender: {title}",

		// Of lists that are too long for their page.
		"all-pages": "Alle Seiten", "all-n-terms": "Alle {n} Begriffe", "all-n-topics": "Alle {n} Themen", "and-more": "und {n} weitere",
	},
}
