// Package document says what one document says: an explainer, a glossary entry or a plain
// page, and the data files beside them. It lists a writer's folder, sorts its files into
// documents, and reads each. What it makes of a document depends on that document's own
// files and on the site's settings, never on another document, so that it may be taken
// over for as long as these stay the same. Package site links documents to a site.
package document
