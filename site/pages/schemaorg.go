package pages

import "encoding/json"

// The types of schema.org that pages speak of, with those of their properties
// that a site knows. A test holds every name to the vocabulary itself.
type (
	ldGraph struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}
	ldQuestion struct {
		Type           string     `json:"@type"`
		ID             string     `json:"@id,omitempty"`
		URL            string     `json:"url,omitempty"`
		Name           string     `json:"name"`
		DateModified   string     `json:"dateModified,omitempty"`
		AcceptedAnswer *ldComment `json:"acceptedAnswer,omitempty"`
	}
	// ldComment is an Answer, or a CorrectionComment.
	ldComment struct {
		Type          string `json:"@type"`
		URL           string `json:"url,omitempty"`
		Text          string `json:"text"`
		DatePublished string `json:"datePublished,omitempty"`
	}
	// ldThing is what has only a name, whatever its type.
	ldThing struct {
		Type string `json:"@type"`
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	// ldWork is a cited source.
	ldWork struct {
		Type          string     `json:"@type"`
		Name          string     `json:"name,omitempty"`
		URL           string     `json:"url,omitempty"`
		Author        []ldPerson `json:"author,omitempty"`
		Publisher     *ldThing   `json:"publisher,omitempty"`
		DatePublished string     `json:"datePublished,omitempty"`
	}
	ldPerson struct {
		Type          string   `json:"@type"`
		Name          string   `json:"name"`
		AlternateName []string `json:"alternateName,omitempty"`
		URL           string   `json:"url,omitempty"`
		Description   string   `json:"description,omitempty"`
		JobTitle      string   `json:"jobTitle,omitempty"`
		Affiliation   *ldThing `json:"affiliation,omitempty"`
		SameAs        []string `json:"sameAs,omitempty"`
	}
	ldOrganization struct {
		Type string   `json:"@type"`
		ID   string   `json:"@id,omitempty"`
		Name string   `json:"name"`
		URL  string   `json:"url,omitempty"`
		Logo *ldImage `json:"logo,omitempty"`
		ldPolicies
	}
	// ldPolicies are the Trust Project's properties of news organisations.
	ldPolicies struct {
		Corrections    string `json:"correctionsPolicy,omitempty"`
		Ethics         string `json:"ethicsPolicy,omitempty"`
		Diversity      string `json:"diversityPolicy,omitempty"`
		Staffing       string `json:"diversityStaffingReport,omitempty"`
		FactChecking   string `json:"verificationFactCheckingPolicy,omitempty"`
		UnnamedSources string `json:"unnamedSourcesPolicy,omitempty"`
		Masthead       string `json:"masthead,omitempty"`
		Mission        string `json:"missionCoveragePrioritiesPolicy,omitempty"`
		NoBylines      string `json:"noBylinesPolicy,omitempty"`
		Feedback       string `json:"actionableFeedbackPolicy,omitempty"`
		Ownership      string `json:"ownershipFundingInfo,omitempty"`
		Principles     string `json:"publishingPrinciples,omitempty"`
	}
	ldImage struct {
		Type       string `json:"@type"`
		ContentURL string `json:"contentUrl"`
		Caption    string `json:"caption,omitempty"`
		CreditText string `json:"creditText,omitempty"`
		Width      int    `json:"width,omitempty"`
		Height     int    `json:"height,omitempty"`
	}
	// ldNamed is a Place, or another thing of many names that the glossary knows.
	ldNamed struct {
		Type          string   `json:"@type"`
		Name          string   `json:"name"`
		AlternateName []string `json:"alternateName,omitempty"`
		URL           string   `json:"url,omitempty"`
		Description   string   `json:"description,omitempty"`
		SameAs        []string `json:"sameAs,omitempty"`
		Geo           *ldGeo   `json:"geo,omitempty"`
	}
	ldGeo struct {
		Type      string      `json:"@type"`
		Latitude  json.Number `json:"latitude"`
		Longitude json.Number `json:"longitude"`
	}
	// ldEvent is an Event or, with only a name and an address, a DefinedTerm.
	ldEvent struct {
		Type        string   `json:"@type"`
		Name        string   `json:"name"`
		URL         string   `json:"url,omitempty"`
		StartDate   string   `json:"startDate,omitempty"`
		EndDate     string   `json:"endDate,omitempty"`
		EventStatus string   `json:"eventStatus,omitempty"`
		Location    *ldNamed `json:"location,omitempty"`
	}
	ldTerm struct {
		Type          string   `json:"@type"`
		Name          string   `json:"name"`
		AlternateName []string `json:"alternateName,omitempty"`
		URL           string   `json:"url,omitempty"`
		Description   string   `json:"description,omitempty"`
		InSet         string   `json:"inDefinedTermSet,omitempty"`
		SameAs        []string `json:"sameAs,omitempty"`
	}
	ldTermSet struct {
		Type       string          `json:"@type"`
		ID         string          `json:"@id,omitempty"`
		Name       string          `json:"name"`
		InLanguage string          `json:"inLanguage,omitempty"`
		Publisher  *ldOrganization `json:"publisher,omitempty"`
	}
	ldItemList struct {
		Type     string   `json:"@type"`
		Elements []ldItem `json:"itemListElement"`
	}
	// ldItem is a place in a list: that of a page by its URL, or of an Item.
	ldItem struct {
		Type     string `json:"@type"`
		Position int    `json:"position"`
		Name     string `json:"name,omitempty"`
		URL      string `json:"url,omitempty"`
		Item     any    `json:"item,omitempty"` // an ldEvent or, in breadcrumbs, a URL
	}
	// ldPage is a WebPage, a CollectionPage or an FAQPage.
	ldPage struct {
		Type          string     `json:"@type"`
		ID            string     `json:"@id,omitempty"`
		URL           string     `json:"url,omitempty"`
		Name          string     `json:"name,omitempty"`
		Description   string     `json:"description,omitempty"`
		InLanguage    string     `json:"inLanguage,omitempty"`
		DatePublished string     `json:"datePublished,omitempty"`
		DateModified  string     `json:"dateModified,omitempty"`
		About         any        `json:"about,omitempty"`
		MainEntity    any        `json:"mainEntity,omitempty"`
		IsPartOf      *ldArticle `json:"isPartOf,omitempty"`
	}
	ldSite struct {
		Type            string          `json:"@type"`
		ID              string          `json:"@id"`
		URL             string          `json:"url"`
		Name            string          `json:"name"`
		Description     string          `json:"description,omitempty"`
		InLanguage      string          `json:"inLanguage,omitempty"`
		Publisher       *ldOrganization `json:"publisher,omitempty"`
		PotentialAction *ldSearch       `json:"potentialAction,omitempty"`
	}
	ldSearch struct {
		Type   string  `json:"@type"`
		Target ldEntry `json:"target"`
		Query  string  `json:"query-input"`
	}
	ldEntry struct {
		Type     string `json:"@type"`
		Template string `json:"urlTemplate"`
	}
)
