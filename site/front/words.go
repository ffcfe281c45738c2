package front

import "strings"

// SourceTypes are the item types of CSL 1.0.2: what the type of a source may be.
var SourceTypes = strings.Fields(`article article-journal article-magazine article-newspaper bill book broadcast chapter
	classic collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview
	legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
	periodical personal_communication post post-weblog regulation report review review-book software song speech
	standard thesis treaty webpage`)

// CSPDirectives are the directives that csp_allow may open.
var CSPDirectives = []string{"script-src", "style-src", "img-src", "font-src", "connect-src",
	"frame-src", "media-src", "form-action", "frame-ancestors"}

// CheckRules are the rules of check, the most harmful first. Package check holds
// a site to them, and says what each is for.
var CheckRules = strings.Fields(`lost-address broken-link duplicate-id page-lang stale-date
	event-dates past-event past-forecast review-due silent-update
	avoided-spelling name-variant unsourced uncited-source undated-source dead-link moved-link
	abbreviation leaning-answer picture-credit alt-text
	picture-size picture-place question-id question-mark open-end structured-data accent-contrast heading-order
	empty-link page-weight orphan unused-term
	unarchived-source unclear-link quoted-date quoted-forecast accept duplicate-event glossary-candidate long-answer`)

// CheckLevels are what a rule of check may be set to.
var CheckLevels = []string{"error", "warning", "off"}
