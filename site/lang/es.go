package lang

var spanish = Language{
	Tag: "es", Dir: "ltr",
	Months:    months("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
	DayForm:   "{day} de {month} de {year}",
	MonthForm: "{month} de {year}",
	Thousands: ".", Together: 4,
	Decimal:  ",",
	YearLink: "de",
	Within: map[string]string{
		"date-21": "la primavera de {year}", "date-22": "el verano de {year}", "date-23": "el otoño de {year}", "date-24": "el invierno de {year}",
		"date-25": "la primavera de {year}", "date-26": "el verano de {year}", "date-27": "el otoño de {year}", "date-28": "el invierno de {year}",
		"date-29": "la primavera de {year} (austral)", "date-30": "el verano de {year} (austral)", "date-31": "el otoño de {year} (austral)", "date-32": "el invierno de {year} (austral)",
		"date-33": "el primer trimestre de {year}", "date-34": "el segundo trimestre de {year}", "date-35": "el tercer trimestre de {year}", "date-36": "el cuarto trimestre de {year}",
		"date-37": "el primer cuatrimestre de {year}", "date-38": "el segundo cuatrimestre de {year}", "date-39": "el tercer cuatrimestre de {year}",
		"date-40": "el primer semestre de {year}", "date-41": "el segundo semestre de {year}", "date-century": "algún año entre {from} y {to}",
	},
	Sentences: []string{"date-since", "date-until", "date-about", "date-about-uncertain"},
	Words: map[string]string{
		// Dates (EDTF): a day, a month and a year must all fit in without an article.
		"date-since": "desde {date}", "date-until": "hasta {date}", "date-by": "a más tardar: {date}", "date-from-to": "{from} – {to}",
		"date-about": "hacia {date}", "date-uncertain": "{date} (incierto)", "date-about-uncertain": "hacia {date} (incierto)",
		"date-decade": "los años {year}", "date-century": "entre {from} y {to}", "date-bc": "{year} a. C.", "date-some-day": "algún día de {date}",
		"date-21": "primavera de {year}", "date-22": "verano de {year}", "date-23": "otoño de {year}", "date-24": "invierno de {year}",
		"date-25": "primavera de {year}", "date-26": "verano de {year}", "date-27": "otoño de {year}", "date-28": "invierno de {year}",
		"date-29": "primavera de {year} (austral)", "date-30": "verano de {year} (austral)", "date-31": "otoño de {year} (austral)", "date-32": "invierno de {year} (austral)",
		"date-33": "primer trimestre de {year}", "date-34": "segundo trimestre de {year}", "date-35": "tercer trimestre de {year}", "date-36": "cuarto trimestre de {year}",
		"date-37": "primer cuatrimestre de {year}", "date-38": "segundo cuatrimestre de {year}", "date-39": "tercer cuatrimestre de {year}",
		"date-40": "primer semestre de {year}", "date-41": "segundo semestre de {year}",

		// Places of the site.
		"home": "Inicio", "explainers": "Claves", "timeline": "Cronología", "glossary": "Glosario", "search": "Buscar", "topics": "Temas",
		"updates": "Actualizaciones", "sources": "Fuentes", "feed": "Canal", "skip-to-content": "Ir al contenido", "notice": "Aviso", "breadcrumbs": "Estás aquí", "site": "Sitio", "more": "Más",

		// An explainer.
		"explainer": "Claves", "explainer-in": "{label} en", "in-short": "En pocas palabras", "questions": "Preguntas", "introduction": "Introducción",
		"by": "Por", "edited-by": "Edición:", "and": "y", "published": "Publicado el", "unchanged": "Sin cambios registrados.", "first-published": "Publicado por primera vez el", "updated": "Actualizado el", "corrected": "Corregido el",
		"as-of": "a {date}", "as-of-note": "Situación en esta fecha: {date}.", "not-reviewed": "Sin revisar desde el {date}. Lo que dice puede haber cambiado.", "last-reviewed": "Revisado por última vez el",
		"minutes-to-read-one": "{n} minuto de lectura", "minutes-to-read-other": "{n} minutos de lectura",
		"permalink": "Enlace a la pregunta {n}", "updated-on": "actualizado el", "answer-used-from": "Esta respuesta viene de", "sources-of-answer": "Fuentes de esta respuesta",
		"what-we-know": "Lo que sabemos", "what-we-dont-know": "Lo que no sabemos", "key-terms": "Términos clave", "corrections-feed": "Correcciones", "corrections": "Actualizaciones y correcciones",
		"how-reported": "Cómo lo hemos investigado", "read-next": "Para seguir leyendo", "whole-timeline": "La cronología en una página propia", "as-markdown": "Esta página en Markdown",
		"syndication-credit": "Publicado antes por", "syndication-adapted": "Adaptado de", "via": "a través de", "licence": "Licencia",
		"reply-ask": "Hacer una pregunta o avisar de un error", "reply-form": "O con el formulario", "back-to-text": "Volver al texto", "source-n": "Fuente {n}: {title}", "back-to-citation": "Volver a la cita {n} en «{place}»", "footnotes": "Notas", "card": "Compartir o citar esta respuesta",
		"draft": "Borrador: sin publicar", "review": "En revisión: sin publicar", "withdrawn": "Retirado", "withdrawn-note": "Esta página se ha retirado.",
		"done": "hecho", "not-done": "por hacer", "credit": "Crédito", "sensitive-show": "Mostrar la imagen",

		// Updates.
		"update-update": "Actualización", "update-correction": "Corrección", "update-clarification": "Aclaración", "update-editors-note": "Nota de la redacción", "update-review": "Revisión",
		"was": "El texto anterior decía", "concerns": "Afecta a",

		// Callouts.
		"note": "Nota", "tip": "Consejo", "important": "Importante", "warning": "Advertencia", "caution": "Precaución",

		// The names of what scrolls by itself.
		"table": "Tabla", "code": "Código", "named": "{what}: {name}",

		// Events.
		"status-confirmed": "confirmado", "status-reported": "según informaciones", "status-claimed": "afirmado", "status-disputed": "en disputa", "status-scheduled": "previsto",
		"status-planned": "estaba previsto", "was-planned": "estaba previsto para: {date} (a {day})", "was-planned-span": "estaba previsto: {date} (a {day})",
		"coming-up": "Próximamente", "events-one": "{n} acontecimiento", "events-other": "{n} acontecimientos", "earlier-events-one": "{n} acontecimiento anterior", "earlier-events-other": "{n} acontecimientos anteriores", "between-events-one": "{n} acontecimiento entre medias", "between-events-other": "{n} acontecimientos entre medias", "later-events-one": "{n} acontecimiento posterior", "later-events-other": "{n} acontecimientos posteriores", "earlier-years": "Años anteriores", "tags": "Etiquetas", "all-events": "Todos los acontecimientos", "all-n-events": "Los {n} acontecimientos en una página propia",
		"other-years": "Los años de antes y de después", "downloads": "Los datos", "data-as": "Datos en", "told-in": "Contado en", "also-in": "También en", "answers": "Respuestas", "answer": "Respuesta", "question": "Pregunta", "place": "Lugar", "approximate": "aproximado", "uncertain": "incierto",

		// Sources.
		"archived": "archivado", "accessed": "consultado el", "cited-by": "Citado en", "attribution-named": "Fuente identificada", "attribution-unnamed": "Fuente anónima",
		"attribution-document": "Documento", "attribution-claim": "Afirmación sin confirmar",

		// Lists.
		"newest": "Lo más reciente", "more-explainers": "Más claves", "all-explainers": "Todas las claves", "answers-we-changed": "Respuestas modificadas",
		"previous": "Anterior", "next": "Siguiente", "policy-corrections": "Política de correcciones", "policy-ethics": "Código ético",
		"newer": "Más recientes", "older": "Anteriores", "page-newest": "La página más reciente", "page-oldest": "La página más antigua", "page-number": "Página {n}, contando desde la más antigua",
		"page-of": "Página {n} de {total}", "pages": "Páginas", "nothing-yet": "Todavía no hay nada aquí.",
		"explainers-one": "{n} artículo", "explainers-other": "{n} artículos", "questions-one": "{n} pregunta", "questions-other": "{n} preguntas",
		"terms-one": "{n} término", "terms-other": "{n} términos", "uses-one": "{n} uso", "uses-other": "{n} usos",

		// The glossary.
		"letters": "Letras", "also-called": "También llamado", "formerly": "Antes", "see-also": "Véase también", "used-in": "Aparece en", "in-the-timeline": "En la cronología",
		"same-as": "En otros sitios", "role": "Cargo", "affiliation": "Afiliación", "coordinates": "Coordenadas",
		"north": "{n}° N", "south": "{n}° S", "east": "{n}° E", "west": "{n}° O",
		"kind-term": "Término", "kind-person": "Persona", "kind-organisation": "Organización", "kind-place": "Lugar", "kind-law": "Ley", "kind-event": "Acontecimiento",
		"kind-page": "Página", "kind-source": "Fuente", "kind-update": "Actualización",

		// Pages that are not there.
		"not-found-title": "¿Qué había aquí?", "not-found-text": "No hay ninguna página en esta dirección. Puede que se haya movido o que nunca existiera.", "moved": "Esta página se ha movido", "moved-to": "Ahora está en",

		// The reader's controls, and what pages say of themselves.
		"in-short-note": "Cada pregunta lleva a la respuesta completa y a sus fuentes.", "in-this-explainer": "En este artículo",
		"short-answer": "Respuesta corta", "known-and-unknown": "Lo que sabemos y lo que no",
		"back-to-top": "Volver arriba", "reading-settings": "Ajustes de lectura", "colours": "Colores",
		"colours-auto": "Auto", "colours-light": "Claro", "colours-dark": "Oscuro",
		"text-size": "Tamaño del texto", "text-standard": "Normal", "text-large": "Grande",
		"text-largest": "Muy grande", "copy-link": "Copiar enlace", "link-copied": "Enlace copiado",
		"print": "Imprimir", "close": "Cerrar", "new-to-you": "nuevo desde su última visita", "mark-changes": "Marcar lo que es nuevo desde mi última visita. Ese día se guarda solo en este dispositivo.",
		"n-of-total": "{n} de {total}", "some-answers": "{n} de sus {total} respuestas.",
		"whole-explainer": "Leer el artículo completo", "whole-answer": "Leer la respuesta completa", "embed": "Insertar esta respuesta",
		"embed-text": "Para copiar en su página: la respuesta corta, con un enlace al resto.", "glossary-text": "Los términos del glosario, y dónde se usan.", "updates-text": "Respuestas modificadas o corregidas, las más recientes primero.",
		"sources-text": "Las fuentes de los artículos, y dónde se citan.", "find-a-term": "Buscar un término", "everything": "Todo",
		"date-confirmed": "Fecha confirmada", "date-unsure": "Fecha o hecho incierto", "lasted": "Duración", "today": "Hoy", "date-scheduled": "Previsto",
		"per-square": "Un cuadrado representa hasta {n} eventos.", "sensitive-graphic": "Imágenes fuertes", "sensitive-distressing": "Contenido perturbador",
		"not-found": "Página no encontrada", "events-by-year": "Eventos por año", "search-text": "Buscar en todas las páginas de este sitio.", "explainers-text": "Todos los artículos, el más reciente primero.", "topics-text": "Los temas de nuestros artículos.", "timeline-text": "Cada evento con fecha de nuestros artículos, en orden.", "search-hint": "Basta con una o dos palabras.", "search-label": "Buscar en este sitio", "all-questions": "Todos los artículos y sus preguntas",
		"found-none": "Nada para «{q}». Pruebe con menos palabras, o con otras.", "found-one": "{n} resultado para «{q}»", "found-other": "{n} resultados para «{q}»",
		"found-more": "Más resultados", "search-failed": "No se pudo cargar el índice de búsqueda. La lista de abajo tiene cada pregunta.",

		// The menu of a page, and what can be followed.
		"page-menu": "Compartir, seguir, citar", "share": "Compartir", "cite": "Citar", "copy-citation": "Copiar la cita", "citation-copied": "Cita copiada",
		"cite-line":    "«{title}», {site}, a fecha de {date}, {url}",
		"cite-line-by": "{authors}, «{title}», {site}, a fecha de {date}, {url}",
		"follow":       "Seguir", "feed-of": "Canal: {title}", "calendar-of": "Calendario: {title}",

		// Of lists that are too long for their page.
		"all-pages": "Todas las páginas", "all-n-terms": "Los {n} términos", "all-n-topics": "Los {n} temas", "and-more": "y {n} más",
	},
}
