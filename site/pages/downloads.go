package pages

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/site/edtf"
	"nutgraf/site/internal/par"
)

func escapeHTML(s string) string { return html.EscapeString(s) }

func hexSum(s document.Sum) string { return hex.EncodeToString(s[:4]) }

// eventURL is where an event stands, relative to the data file or absolute.
func (b *builder) eventURL(ev *site.TimelineEvent) string {
	if path := b.book.omittedPath(ev.Explainer, ev.Event); path != "" {
		return b.link.to(path)
	}
	return b.link.explainer(ev.Explainer, "event-", ev.ID)
}

// eventPath is the site path of the place where an event stands.
func (b *Book) eventPath(ev *site.TimelineEvent) string {
	e := ev.Explainer
	if path := b.omittedPath(e, ev.Event); path != "" {
		return path
	}
	if e.Edition == "" {
		return explainersPath + e.ID + "/#event-" + ev.ID
	}
	return explainerPath(e) + "#event-" + ev.ID
}

// omittedPath is the site path of an event that the page of e, which may be nil, leaves out;
// else "".
func (b *Book) omittedPath(e *site.Explainer, ev *document.Event) string {
	if e == nil || len(e.Timeline) <= eventsOnPage {
		return "" // nearly always
	}
	return b.omitted[e][ev]
}

// omittedAnchor is the site path of the event with that anchor, if the explainer's own
// page leaves it out; else "".
func (b *Book) omittedAnchor(e *site.Explainer, anchor string) string {
	id, ok := strings.CutPrefix(anchor, "event-")
	if !ok {
		return ""
	}
	for ev, path := range b.omitted[e] {
		if ev.ID == id {
			return path
		}
	}
	return ""
}

// publicURL makes links absolute where the site's address is known.
func (b *builder) publicURL() *builder {
	if b.book.site.Config.BaseURL != "" {
		b.absolute()
	}
	return b
}

// dateWords are the words of an event that has that date. What is to come by a day did
// not last until then, and what is to begin on one has not lasted since.
func (b *builder) dateWords(ev *site.TimelineEvent, d Date) string {
	if ev.DateText == "" && isAhead(ev) {
		if by, open := strings.CutPrefix(ev.Date.String(), "../"); open {
			if end, err := edtf.Parse(by); err == nil {
				return b.say("date-by", "date", end.Words(b.words))
			}
		}
		if start, open := b.opening(ev); open {
			return start.Words(b.words)
		}
	}
	return cmp.Or(ev.DateText, d.Words)
}

// isAhead reports an event that is to come, or was when its explainer was written.
func isAhead(ev *site.TimelineEvent) bool { return ev.Status == "scheduled" || ev.Status == "planned" }

// opening is when an event begins whose end is not known.
func (b *builder) opening(ev *site.TimelineEvent) (edtf.Date, bool) {
	return ev.Date.Opening(b.book.site.Config.Location)
}

func (b *builder) eventWords(ev *site.TimelineEvent) string {
	return b.wordsOf(ev, b.uncertain(ev.Date))
}

// wordsOf are the eventWords of an event with that date.
func (b *builder) wordsOf(ev *site.TimelineEvent, d Date) string {
	words := b.dateWords(ev, d)
	if ev.Status != "planned" || ev.Explainer.AsOf.IsZero() {
		return words
	}
	key := "was-planned"
	start, open := b.opening(ev)
	switch {
	case ev.DateText != "":
	case open:
		words = start.WordsIn(b.words, key)
	case ev.Date.Interval():
		key += "-span"
	}
	if words == d.Words {
		words = ev.Date.WordsIn(b.words, key)
	}
	return b.say(key, "date", words, "day", b.wholeDay(ev.Explainer.AsOf).Words)
}

// The objects of TimelineJS 3's JSON format.
type (
	tlEvent struct {
		Start tlDate  `json:"start_date"`
		End   *tlDate `json:"end_date,omitempty"`
		Text  tlText  `json:"text"`
		Group string  `json:"group,omitempty"`
		ID    string  `json:"unique_id"`

		end tlDate // the room for End
	}
	tlText struct {
		Headline string `json:"headline"`
		Text     string `json:"text"`
	}
	tlDate struct {
		Year    int    `json:"year"`
		Month   int    `json:"month,omitempty"`
		Day     int    `json:"day,omitempty"`
		Hour    *int   `json:"hour,omitempty"`
		Minute  *int   `json:"minute,omitempty"`
		Display string `json:"display_date,omitempty"`
	}
)

// everyEvent goes through all events of the site. It pauses now and then, and forgets what it read: the site may have
// a million.
func (b *builder) everyEvent() iter.Seq2[int, *site.TimelineEvent] {
	return b.eachEvent(b.book.site.Events)
}

func (b *builder) eachEvent(events []*site.TimelineEvent) iter.Seq2[int, *site.TimelineEvent] {
	return func(yield func(int, *site.TimelineEvent) bool) {
		for i, ev := range events {
			if i%1024 == 1023 {
				b.forget()
				par.Pause(b.book.ctx)
			}
			if !yield(i, ev) {
				return
			}
		}
	}
}

// timelineData is every event as TimelineJS reads it, one event a line.
func (b *builder) timelineData() any {
	b.publicURL()
	return streamed(func(w *bufio.Writer) error {
		title, err := json.Marshal(map[string]tlText{"text": {Headline: escapeHTML(b.book.site.Config.Title)}})
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "{\"title\":%s,\n\"events\":[", title)
		var line bytes.Buffer
		var v tlEvent
		e := json.NewEncoder(&line)
		e.SetEscapeHTML(false) // as long as need be: no page holds this text
		for i, ev := range b.everyEvent() {
			if i > 0 {
				w.WriteByte(',')
			}
			line.Reset()
			b.tlEvent(&v, ev)
			if err := e.Encode(&v); err != nil {
				return err
			}
			w.WriteByte('\n')
			w.Write(bytes.TrimSuffix(line.Bytes(), []byte("\n")))
		}
		w.WriteString("\n]}\n")
		return b.err
	})
}

// tlEvent fills in an event.
func (b *builder) tlEvent(out *tlEvent, ev *site.TimelineEvent) {
	html := b.scratch[:0]
	if text := b.eventText(ev); text != "" {
		html = append(append(append(html, "<p>"...), escapeHTML(text)...), "</p>"...)
	}
	html = append(append(append(html, `<p><a href="`...), escapeHTML(b.eventURL(ev))...), `">`...)
	html = append(append(html, escapeHTML(ev.Explainer.Title)...), "</a>"...)
	for _, e := range ev.Users[1:] {
		html = fmt.Appendf(html, `; <a href="%s">%s</a>`,
			escapeHTML(b.link.explainer(e, "", "")), escapeHTML(e.Title))
	}
	b.scratch = append(html, "</p>"...)
	text := tlText{Headline: escapeHTML(ev.Title), Text: string(b.scratch)}
	*out = tlEvent{Text: text, ID: ev.Explainer.Key() + "--" + ev.ID}
	if len(ev.Explainer.Topics) > 0 {
		out.Group = tlLabel(ev.Explainer.Topics[0].Title)
	}
	start, hasStart := ev.Date.Earliest()
	end, hasEnd := ev.Date.Latest()
	if !hasStart {
		start, hasEnd = end, false
	}
	out.Start = tlDateOf(start, ev.Date, b.eventWords(ev))
	if ev.Date.Interval() && hasStart && hasEnd {
		out.end = tlDateOf(end, ev.Date, "")
		out.End = &out.end
	}
}

func tlDateOf(t time.Time, d edtf.Date, words string) tlDate {
	out := tlDate{Year: t.Year(), Display: tlLabel(words)}
	if d.Precision() >= edtf.Half {
		out.Month = int(t.Month())
	}
	if d.Precision() >= edtf.Day {
		out.Day = t.Day()
	}
	if d.Precision() >= edtf.Minute {
		h, m := t.Hour(), t.Minute()
		out.Hour, out.Minute = &h, &m
	}
	return out
}

// charRef is where a browser would read a character reference.
var (
	charRef  = regexp.MustCompile(`&([#A-Za-z])`)
	likeTags = strings.NewReplacer("<", "‹", ">", "›")
)

// tlLabel is a text for TimelineJS's display_date and group. It decodes them
// once and then makes markup of them, so that escaping would not last: the
// signs that could become markup are replaced by others that look like them.
func tlLabel(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	return charRef.ReplaceAllString(likeTags.Replace(s), "＆$1")
}

// inCalendar reports an event that calendars have: one that is scheduled, or was, for a
// month at the coarsest, because a reader's whole year would be taken by what is only
// known to be in it. They end with the year 9999, as the format does.
func inCalendar(ev *site.TimelineEvent) bool {
	y := ev.Date.Year()
	return isAhead(ev) && ev.Date.Coarsest() >= edtf.Month && y >= 0 && y <= 9999
}

// calendar has those of the events that belong there (RFC 5545).
func (b *builder) calendar(name string, events []*site.TimelineEvent) any {
	b.publicURL()
	return streamed(func(w *bufio.Writer) error {
		icsLine(w, "BEGIN", "VCALENDAR")
		icsLine(w, "VERSION", "2.0")
		icsLine(w, "PRODID", "-//nutgraf//timeline//EN")
		icsLine(w, "NAME", icsText(name))
		icsLine(w, "X-WR-CALNAME", icsText(name))
		host := cmp.Or(hostOf(b.book.site.Config.BaseURL), "nutgraf.invalid")
		for _, ev := range b.eachEvent(events) {
			if inCalendar(ev) {
				b.icsEvent(w, ev, host)
			}
		}
		icsLine(w, "END", "VCALENDAR")
		return b.err
	})
}

func (b *builder) icsEvent(w *bufio.Writer, ev *site.TimelineEvent, host string) {
	icsLine(w, "BEGIN", "VEVENT")
	icsLine(w, "UID", icsText(ev.Explainer.Key()+"--"+ev.ID+"@"+host))
	// The explainer's own date, not the build's: the same site, the same bytes.
	icsTime(w, "DTSTAMP", later(ev.Explainer.Updated, ev.Explainer.Published).UTC(), icsMoment)
	start, hasStart := ev.Date.Earliest()
	end, hasEnd := ev.Date.Latest()
	if !hasStart { // by its end at the latest
		start = end
	}
	hasEnd = hasEnd && end.Year() < 9999
	if ev.Date.Precision() >= edtf.Minute {
		icsTime(w, "DTSTART", start.UTC(), icsMoment)
		if hasEnd && ev.Date.Interval() {
			// Known to the minute, Latest is the last second of that minute.
			if ev.Date.Precision() == edtf.Minute {
				end = end.Truncate(time.Minute)
			}
			if end.After(start) {
				icsTime(w, "DTEND", end.UTC(), icsMoment)
			}
		}
	} else {
		icsTime(w, "DTSTART;VALUE=DATE", start, icsDay)
		if hasEnd {
			icsTime(w, "DTEND;VALUE=DATE", end.AddDate(0, 0, 1), icsDay)
		}
	}
	icsLine(w, "TRANSP", "TRANSPARENT") // who reads of it need not be busy
	if ev.Status == "planned" {         // nobody has confirmed it
		icsLine(w, "STATUS", "TENTATIVE")
	}
	icsLine(w, "SUMMARY", icsText(ev.Title))
	description := strings.TrimSpace(b.eventWords(ev) + "\n" + b.eventText(ev))
	icsLine(w, "DESCRIPTION", icsText(description+"\n"+titles(ev.Users, "; ")))
	if b.book.site.Config.BaseURL != "" { // a URI of iCalendar is absolute
		icsLine(w, "URL", b.eventURL(ev))
	}
	icsLine(w, "END", "VEVENT")
}

func hostOf(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

var icsEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// icsText escapes a text (RFC 5545, 3.3.11).
func icsText(s string) string { return icsEscapes.Replace(plainLines(s)) }

// icsLine writes a line, folded at 75 octets between characters (3.1).
func icsLine(w *bufio.Writer, name, value string) {
	w.WriteString(name)
	w.WriteByte(':')
	for room := 74 - len(name); len(value) > room; room = 74 {
		n := room
		for n > 1 && !utf8.RuneStart(value[n]) {
			n--
		}
		w.WriteString(value[:n])
		w.WriteString("\r\n ")
		value = value[n:]
	}
	w.WriteString(value)
	w.WriteString("\r\n")
}

// The forms of a moment and of a day (3.3.5, 3.3.4).
const (
	icsMoment = "20060102T150405Z"
	icsDay    = "20060102"
)

// icsTime writes a line that holds a time in one of its forms.
func icsTime(w *bufio.Writer, name string, t time.Time, form string) {
	w.WriteString(name)
	w.WriteByte(':')
	w.Write(t.AppendFormat(w.AvailableBuffer(), form))
	w.WriteString("\r\n")
}

// timelineCSV is every event as a table (RFC 4180).
func (b *builder) timelineCSV() any {
	b.publicURL()
	return streamed(func(w *bufio.Writer) error {
		c := csv.NewWriter(w)
		c.UseCRLF = true
		var row []string
		c.Write([]string{"date", "earliest", "latest", "date_text", "title", "text", "status",
			"flag", "importance", "place", "tags", "explainer", "url", "sources"})
		for _, ev := range b.everyEvent() {
			row = b.appendRow(row[:0], ev)
			if err := c.Write(row); err != nil {
				return err
			}
		}
		c.Flush()
		return cmp.Or(c.Error(), b.err)
	})
}

// appendRow appends the cells of an event.
func (b *builder) appendRow(row []string, ev *site.TimelineEvent) []string {
	var sources []string
	for _, r := range ev.Sources {
		if src := ev.Explainer.Source(r.ID); src != nil {
			sources = append(sources, b.aboutSource(src).Title)
		}
	}
	b.scratch = b.scratch[:0]
	if t, ok := ev.Date.Earliest(); ok {
		b.scratch = t.AppendFormat(b.scratch, time.RFC3339)
	}
	n := len(b.scratch)
	if t, ok := ev.Date.Latest(); ok {
		b.scratch = t.AppendFormat(b.scratch, time.RFC3339)
	}
	bounds := string(b.scratch)
	earliest, latest := bounds[:n], bounds[n:]
	row = append(row, ev.Date.EDTF(), earliest, latest, b.eventWords(ev), ev.Title, b.eventText(ev),
		ev.Status, ev.Flag, strconv.Itoa(ev.Importance), placeOf(ev),
		strings.Join(ev.Tags, " "), titles(ev.Users, "; "), b.eventURL(ev), strings.Join(sources, "; "))
	for i := range row {
		row[i] = cell(row[i])
	}
	return row
}

// placeOf is where an event happened, "" where no place is named.
func placeOf(ev *site.TimelineEvent) string {
	switch {
	case ev.Spot != nil:
		return ev.Spot.Name
	case ev.Place != nil:
		return ev.Place.ID
	}
	return ""
}

// titles are the titles of all explainers that have an event, with a sign between them.
func titles(es []*site.Explainer, between string) string {
	if len(es) == 1 {
		return es[0].Title
	}
	out := make([]string, 0, len(es))
	for _, e := range es {
		out = append(out, e.Title)
	}
	return strings.Join(out, between)
}

// cell keeps a spreadsheet from taking a text for a formula (OWASP, "CSV
// Injection"): an apostrophe in front makes it text. Some programs skip blanks and
// invisible characters first.
func cell(s string) string {
	s = plainLines(s)
	if s == "" || '0' <= s[0] && s[0] <= '9' || 'A' <= s[0] && s[0] <= 'z' {
		return s // nearly always
	}
	seen := strings.TrimLeftFunc(s,
		func(r rune) bool {
			return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Mn,
				unicode.Me)
		})
	first, _ := utf8.DecodeRuneInString(seen)
	if seen != "" && strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫", first) || s[0] == '\t' {
		return "'" + s
	}
	return s
}

// glossaryEntry is one term of glossary.json.
type glossaryEntry struct {
	ID       string   `json:"id"`
	Term     string   `json:"term"`
	Kind     string   `json:"kind"`
	Short    string   `json:"short"`
	Forms    []string `json:"forms,omitempty"`
	Formerly []string `json:"formerly,omitempty"`
	URL      string   `json:"url"`
	SameAs   []string `json:"same_as,omitempty"`
	Uses     int      `json:"uses"`
}

func (b *builder) glossaryData() any {
	b.publicURL()
	out := []glossaryEntry{}
	for _, t := range b.book.site.Terms {
		out = append(out, glossaryEntry{t.ID, t.Name, t.Kind, t.Short, t.Forms, t.Formerly,
			b.link.to(termPath(t)), t.SameAs, len(t.Uses)})
	}
	return jsonDocument{out}
}
