package lang

var french = Language{
	Tag: "fr", Dir: "ltr",
	Months:    months("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
	DayForm:   "{day} {month} {year}",
	FirstDay:  "1er",
	MonthForm: "{month} {year}",
	Thousands: "\u202f",
	Decimal:   ",",
	Shortened: "Mme Mlle Ste",
	Within: map[string]string{
		"date-21": "le printemps {year}", "date-22": "l’été {year}", "date-23": "l’automne {year}", "date-24": "l’hiver {year}",
		"date-25": "le printemps {year}", "date-26": "l’été {year}", "date-27": "l’automne {year}", "date-28": "l’hiver {year}",
		"date-29": "le printemps {year} (austral)", "date-30": "l’été {year} (austral)", "date-31": "l’automne {year} (austral)", "date-32": "l’hiver {year} (austral)",
		"date-33": "le premier trimestre {year}", "date-34": "le deuxième trimestre {year}", "date-35": "le troisième trimestre {year}", "date-36": "le quatrième trimestre {year}",
		"date-37": "le premier tiers de {year}", "date-38": "le deuxième tiers de {year}", "date-39": "le dernier tiers de {year}",
		"date-40": "le premier semestre {year}", "date-41": "le second semestre {year}", "date-century": "une année entre {from} et {to}",
	},
	Sentences: []string{"date-about", "date-about-uncertain"},
	Words: map[string]string{
		// Dates (EDTF): a day, a month and a year must all fit in without an article.
		"date-since": "depuis : {date}", "date-until": "jusqu’à : {date}", "date-by": "au plus tard : {date}", "date-from-to": "{from} – {to}",
		"date-about": "vers {date}", "date-uncertain": "{date} (incertain)", "date-about-uncertain": "vers {date} (incertain)",
		"date-decade": "les années {year}", "date-century": "entre {from} et {to}", "date-bc": "{year} av. J.-C.", "date-some-day": "un jour de {date}",
		"date-21": "printemps {year}", "date-22": "été {year}", "date-23": "automne {year}", "date-24": "hiver {year}",
		"date-25": "printemps {year}", "date-26": "été {year}", "date-27": "automne {year}", "date-28": "hiver {year}",
		"date-29": "printemps {year} (austral)", "date-30": "été {year} (austral)", "date-31": "automne {year} (austral)", "date-32": "hiver {year} (austral)",
		"date-33": "premier trimestre {year}", "date-34": "deuxième trimestre {year}", "date-35": "troisième trimestre {year}", "date-36": "quatrième trimestre {year}",
		"date-37": "premier tiers de {year}", "date-38": "deuxième tiers de {year}", "date-39": "dernier tiers de {year}",
		"date-40": "premier semestre {year}", "date-41": "second semestre {year}",

		// Places of the site.
		"home": "Accueil", "explainers": "Décryptages", "timeline": "Chronologie", "glossary": "Glossaire", "search": "Recherche", "topics": "Thèmes",
		"updates": "Mises à jour", "sources": "Sources", "feed": "Flux", "skip-to-content": "Aller au contenu", "notice": "Avis", "breadcrumbs": "Vous êtes ici", "site": "Site", "more": "Plus",

		// An explainer.
		"explainer": "Décryptage", "explainer-in": "{label} dans", "in-short": "En bref", "questions": "Questions", "introduction": "Introduction",
		"by": "Par", "edited-by": "Édition :", "and": "et", "published": "Publié le", "unchanged": "Aucun changement consigné.", "first-published": "Première publication :", "updated": "Mis à jour le", "corrected": "Corrigé le",
		"as-of": "état : {date}", "as-of-note": "Situation à cette date : {date}.", "not-reviewed": "Pas de relecture depuis le {date}. Le contenu peut avoir changé.", "last-reviewed": "Dernière relecture :",
		"minutes-to-read-one": "{n} minute de lecture", "minutes-to-read-other": "{n} minutes de lecture",
		"permalink": "Lien vers la question {n}", "updated-on": "mis à jour le", "answer-used-from": "Cette réponse vient de", "sources-of-answer": "Sources de cette réponse",
		"what-we-know": "Ce que nous savons", "what-we-dont-know": "Ce que nous ne savons pas", "key-terms": "Mots clés", "corrections-feed": "Corrections", "corrections": "Mises à jour et corrections",
		"how-reported": "Comment nous avons enquêté", "read-next": "À lire ensuite", "whole-timeline": "La chronologie sur une page à part", "as-markdown": "Cette page en Markdown",
		"syndication-credit": "D’abord publié par", "syndication-adapted": "Adapté de", "via": "via", "licence": "Licence",
		"reply-ask": "Poser une question ou signaler une erreur", "reply-form": "Ou par le formulaire", "back-to-text": "Retour au texte", "source-n": "Source {n} : {title}", "back-to-citation": "Retour au renvoi {n} dans « {place} »", "footnotes": "Notes", "card": "Partager ou citer cette réponse",
		"draft": "Brouillon : non publié", "review": "En relecture : non publié", "withdrawn": "Retiré", "withdrawn-note": "Cette page a été retirée.",
		"done": "fait", "not-done": "à faire", "credit": "Crédit", "sensitive-show": "Afficher l’image",

		// Updates.
		"update-update": "Mise à jour", "update-correction": "Correction", "update-clarification": "Précision", "update-editors-note": "Note de la rédaction", "update-review": "Relecture",
		"was": "La formulation précédente était", "concerns": "Concerne",

		// Callouts.
		"note": "Note", "tip": "Conseil", "important": "Important", "warning": "Avertissement", "caution": "Attention",

		// The names of what scrolls by itself.
		"table": "Tableau", "code": "Code", "named": "{what} : {name}",

		// Events.
		"status-confirmed": "confirmé", "status-reported": "rapporté", "status-claimed": "affirmé", "status-disputed": "contesté", "status-scheduled": "prévu",
		"status-planned": "était prévu", "was-planned": "était prévu : {date} (état : {day})", "was-planned-span": "était prévu : {date} (état : {day})",
		"coming-up": "À venir", "events-one": "{n} événement", "events-other": "{n} événements", "earlier-events-one": "{n} événement antérieur", "earlier-events-other": "{n} événements antérieurs", "between-events-one": "{n} événement entre-temps", "between-events-other": "{n} événements entre-temps", "later-events-one": "{n} événement postérieur", "later-events-other": "{n} événements postérieurs", "earlier-years": "Années précédentes", "tags": "Mots-clés", "all-events": "Tous les événements", "all-n-events": "Les {n} événements sur une page à part",
		"other-years": "Les années d’avant et d’après", "downloads": "Les données", "data-as": "Données en", "told-in": "Raconté dans", "also-in": "Aussi dans", "answers": "Réponses", "answer": "Réponse", "question": "Question", "place": "Lieu", "approximate": "approximatif", "uncertain": "incertain",

		// Sources.
		"archived": "archivé", "accessed": "consulté le", "cited-by": "Cité dans", "attribution-named": "Source nommée", "attribution-unnamed": "Source anonyme",
		"attribution-document": "Document", "attribution-claim": "Affirmation non confirmée",

		// Lists.
		"newest": "Les plus récents", "more-explainers": "Autres décryptages", "all-explainers": "Tous les décryptages", "answers-we-changed": "Réponses modifiées",
		"previous": "Précédent", "next": "Suivant", "policy-corrections": "Politique de correction", "policy-ethics": "Charte de déontologie",
		"newer": "Plus récents", "older": "Plus anciens", "page-newest": "La page la plus récente", "page-oldest": "La page la plus ancienne", "page-number": "Page {n}, à compter de la plus ancienne",
		"page-of": "Page {n} sur {total}", "pages": "Pages", "nothing-yet": "Rien ici pour le moment.",
		"explainers-one": "{n} décryptage", "explainers-other": "{n} décryptages", "questions-one": "{n} question", "questions-other": "{n} questions",
		"terms-one": "{n} terme", "terms-other": "{n} termes", "uses-one": "{n} emploi", "uses-other": "{n} emplois",

		// The glossary.
		"letters": "Lettres", "also-called": "Aussi appelé", "formerly": "Anciennement", "see-also": "Voir aussi", "used-in": "Employé dans", "in-the-timeline": "Dans la chronologie",
		"same-as": "Ailleurs", "role": "Fonction", "affiliation": "Appartenance", "coordinates": "Coordonnées",
		"north": "{n}° N", "south": "{n}° S", "east": "{n}° E", "west": "{n}° O",
		"kind-term": "Terme", "kind-person": "Personne", "kind-organisation": "Organisation", "kind-place": "Lieu", "kind-law": "Loi", "kind-event": "Événement",
		"kind-page": "Page", "kind-source": "Source", "kind-update": "Mise à jour",

		// Pages that are not there.
		"not-found-title": "Qu’y avait-il ici ?", "not-found-text": "Il n’y a pas de page à cette adresse. Elle a peut-être été déplacée, ou n’a jamais existé.", "moved": "Cette page a été déplacée", "moved-to": "Elle se trouve maintenant à l’adresse",

		// The reader's controls, and what pages say of themselves.
		"in-short-note": "Chaque question mène à la réponse entière et à ses sources.", "in-this-explainer": "Dans cet article",
		"short-answer": "Réponse courte", "known-and-unknown": "Ce que l’on sait et ce que l’on ignore",
		"back-to-top": "Haut de page", "reading-settings": "Réglages de lecture", "colours": "Couleurs",
		"colours-auto": "Auto", "colours-light": "Clair", "colours-dark": "Sombre",
		"text-size": "Taille du texte", "text-standard": "Normale", "text-large": "Grande",
		"text-largest": "Très grande", "copy-link": "Copier le lien", "link-copied": "Lien copié",
		"print": "Imprimer", "close": "Fermer", "new-to-you": "nouveau depuis votre dernière visite", "mark-changes": "Signaler ce qui est nouveau depuis ma dernière visite. Ce jour n’est gardé que sur cet appareil.",
		"n-of-total": "{n} sur {total}", "some-answers": "{n} de ses {total} réponses.",
		"whole-explainer": "Lire l’article entier", "whole-answer": "Lire la réponse entière", "embed": "Intégrer cette réponse",
		"embed-text": "À copier dans votre page : la réponse courte, avec un lien vers la suite.", "glossary-text": "Les termes du glossaire, et où ils sont employés.", "updates-text": "Réponses modifiées ou corrigées, les plus récentes d’abord.",
		"sources-text": "Les sources des articles, et où elles sont citées.", "find-a-term": "Chercher un terme", "everything": "Tout",
		"date-confirmed": "Date confirmée", "date-unsure": "Date ou fait incertain", "lasted": "Durée", "today": "Aujourd’hui", "date-scheduled": "Prévu",
		"per-square": "Un carré vaut jusqu’à {n} événements.", "sensitive-graphic": "Images dures", "sensitive-distressing": "Contenu éprouvant",
		"not-found": "Page introuvable", "events-by-year": "Événements par année", "search-text": "Chercher dans toutes les pages de ce site.", "explainers-text": "Tous les articles, le plus récent d’abord.", "topics-text": "Les sujets de nos articles.", "timeline-text": "Chaque événement daté de nos articles, dans l’ordre.", "search-hint": "Un mot ou deux suffisent.", "search-label": "Chercher sur ce site", "all-questions": "Tous les articles et leurs questions",
		"found-none": "Rien pour « {q} ». Essayez moins de mots, ou d’autres.", "found-one": "{n} résultat pour « {q} »", "found-other": "{n} résultats pour « {q} »",
		"found-more": "Plus de résultats", "search-failed": "L’index de recherche n’a pas pu être chargé. La liste ci-dessous contient chaque question.",

		// The menu of a page, and what can be followed.
		"page-menu": "Partager, suivre, citer", "share": "Partager", "cite": "Citer", "copy-citation": "Copier la référence", "citation-copied": "Référence copiée",
		"cite-line":    "« {title} », {site}, état au {date}, {url}",
		"cite-line-by": "{authors}, « {title} », {site}, état au {date}, {url}",
		"follow":       "Suivre", "feed-of": "Flux : {title}", "calendar-of": "Calendrier : {title}",

		// Of lists that are too long for their page.
		"all-pages": "Toutes les pages", "all-n-terms": "Les {n} termes", "all-n-topics": "Les {n} thèmes", "and-more": "et {n} autres",
	},
}
