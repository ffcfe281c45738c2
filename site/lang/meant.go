package lang

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// names are what languages are called, in English and by those who speak them, by tag; behind a bar
// stand codes of countries, and others, that are taken for the language's.
var names = map[string]string{
	"ar": "arabic arabe arabisch العربية عربي|sa ae eg", "be": "belarusian беларуская|by",
	"bg": "bulgarian български",
	"bn": "bengali bangla বাংলা|bd", "ca": "catalan català catalán", "cs": "czech tschechisch " +
		"čeština česky český|cz",
	"da": "danish dänisch dansk|dk", "de": "german deutsch allemand alemán tedesco duits|ger " +
		"deu at",
	"el": "greek griechisch ελληνικά|gr", "en": "english englisch anglais inglés inglese|eng us",
	"en-GB": "british|gb uk-en", "es": "spanish spanisch español castellano espagnol|sp mx ar-es",
	"et": "estonian eesti|ee", "eu": "basque euskara", "fa": "persian farsi persisch فارسی|ir",
	"fi": "finnish finnisch suomi", "fr": "french französisch français francés francese frans|fre",
	"ga": "irish gaeilge", "he": "hebrew hebräisch עברית|iw il", "hi": "hindi हिन्दी हिंदी",
	"hr": "croatian hrvatski", "hu": "hungarian ungarisch magyar", "hy": "armenian հայերեն",
	"id": "indonesian indonesisch bahasa bahasa-indonesia", "is": "icelandic íslenska",
	"it": "italian italienisch italiano italien", "ja": "japanese japanisch 日本語|jp jpn",
	"ka": "georgian ქართული|ge", "kk": "kazakh қазақша|kz", "ko": "korean koreanisch 한국어 조선말|kor",
	"lt": "lithuanian lietuvių", "lv": "latvian latviešu", "ms": "malay melayu bahasa-melayu|my-ms",
	"nb": "norwegian norwegisch norsk bokmål", "nl": "dutch niederländisch nederlands " +
		"holländisch|dut",
	"nn": "nynorsk", "pl": "polish polnisch polski polonais polaco", "pt": "portuguese " +
		"portugiesisch português portugais",
	"pt-BR": "brazilian brasileiro português-brasileiro|br", "ro": "romanian rumänisch română",
	"ru": "russian russisch русский по-русски russe ruso|rus", "sk": "slovak slovenčina",
	"sl": "slovenian slovenščina",
	"sr": "serbian српски srpski|rs", "sv": "swedish schwedisch svenska|se", "sw": "swahili " +
		"kiswahili",
	"ta": "tamil தமிழ்", "th": "thai ไทย ภาษาไทย", "tr": "turkish türkisch türkçe turkce",
	"uk": "ukrainian ukrainisch українська|ua",
	"ur": "urdu اردو|pk", "uz": "uzbek oʻzbek", "vi": "vietnamese vietnamesisch tiếng-việt|vn",
	"zh-Hans": "chinese chinesisch simplified simplified-chinese 中文 简体中文 简体 汉语 普通话|cn chs",
	"zh-Hant": "traditional traditional-chinese 繁體中文 繁體 正體中文|tw cht hk",
}

// tags are the tags by folded name or code.
var tags = sync.OnceValue(func() map[string]string {
	byName := map[string]string{}
	for tag, list := range names {
		for name := range strings.FieldsSeq(strings.ReplaceAll(list, "|", " ")) {
			byName[folded(name)] = tag
		}
	}
	return byName
})

// folded is a name without case, accents and what stands between its words.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'ı' {
			return 'i'
		}
		if unicode.Is(unicode.Mn, r) || strings.ContainsRune(" _-/()", r) {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(s)))
}

// Tag is the BCP 47 tag of what names a language in another way: its name, in English or its own, the
// code of a country, the locale of a shell, a tag with other signs between its parts. It is "" where
// nothing of that is known.
func Tag(s string) string {
	if tag := tags()[folded(s)]; tag != "" {
		return tag
	}
	locale, _, _ := strings.Cut(s, ".") // of a shell
	locale, _, _ = strings.Cut(locale, "@")
	tag := strings.Map(func(r rune) rune {
		if r == '_' || r == ' ' || unicode.Is(unicode.Pd, r) {
			return '-'
		}
		return r
	}, norm.NFKC.String(locale))
	if t, err := language.Parse(tag); err == nil && tag != "" {
		return t.String()
	}
	if base, region, ok := strings.Cut(tag, "-"); ok && tags()[folded(base)] != "" {
		if t, err := language.Parse(tags()[folded(base)] + "-" + region); err == nil {
			return t.String()
		}
	}
	return ""
}

// NamedTag is Tag for what may as well be a word: a language of three letters is none to it, unless
// it is known by name.
func NamedTag(s string) string {
	tag := Tag(s)
	if base, _, _ := strings.Cut(tag, "-"); len(base) > 2 || len(s) > len("pt_BR") &&
		tags()[folded(s)] == "" {
		return ""
	}
	return tag
}

// zoneNames are zones of the IANA list whose cities are called otherwise elsewhere, in lower case.
var zoneNames = map[string]string{
	"Europe/Athens": "athen athènes atenas atene αθήνα", "Europe/Belgrade": "belgrad beograd " +
		"београд",
	"Europe/Brussels": "brüssel bruxelles brussel bruselas", "Europe/Bucharest": "bukarest " +
		"bucurești",
	"Europe/Copenhagen": "kopenhagen københavn", "Europe/Istanbul": "stambul turkey türkiye",
	"Europe/Kyiv":   "kiew kiev київ киев",
	"Europe/Lisbon": "lissabon lisboa lisbonne", "Europe/London": "londres londra gb gmt/bst",
	"Europe/Moscow": "moskau москва moscou msk",
	"Europe/Prague": "prag praha", "Europe/Rome": "rom roma", "Europe/Vienna": "wien vienne",
	"Europe/Warsaw": "warschau warszawa",
	"Europe/Zurich": "zürich schweiz bern", "Europe/Berlin": "deutschland germany mez mesz cest " +
		"münchen hamburg köln frankfurt",
	"Europe/Paris": "france lyon", "Europe/Madrid": "españa spain barcelona",
	"Europe/Amsterdam": "nederland netherlands",
	"Asia/Jerusalem":   "tel-aviv israel ירושלים תל-אביב", "Asia/Tehran": "teheran iran تهران",
	"Asia/Kolkata": "delhi mumbai calcutta india ist भारत new-delhi", "Asia/Shanghai": "beijing " +
		"peking 北京 上海 china 中国",
	"Asia/Taipei": "taiwan 台北 臺北", "Asia/Tokyo": "japan tokio 東京 日本 jst osaka",
	"Asia/Seoul":       "korea 서울 kst busan",
	"Asia/Ho_Chi_Minh": "hanoi saigon vietnam hà-nội", "Asia/Jakarta": "wib indonesia bandung",
	"Asia/Riyadh":  "الرياض",
	"Africa/Cairo": "kairo القاهرة egypt le-caire", "America/New_York": "edt est/edt washington " +
		"boston new-york-city",
	"America/Los_Angeles": "pst pdt san-francisco seattle", "America/Chicago": "cst cdt",
	"America/Sao_Paulo":              "brazil brasil brasília",
	"America/Argentina/Buenos_Aires": "buenos-aires argentina", "America/Mexico_City": "mexico " +
		"méxico cdmx ciudad-de-méxico",
	"Asia/Dubai": "uae دبي", "Asia/Hong_Kong": "香港", "Asia/Singapore": "singapur 新加坡",
	"Asia/Bangkok":     "thailand กรุงเทพ",
	"Australia/Sydney": "aest aedt", "Asia/Tbilisi": "tiflis თბილისი", "UTC": "gmt z utc+0 " +
		"gmt+0 zulu",
}

var offset = regexp.MustCompile(`^(?i)(?:utc|gmt|z)? ?([+-])0?(\d{1,2})(?::?00)?$`)

// Zone is the name of the IANA list of what names a time zone in another way, "" where that is not
// known, and what to say beside it. The list itself has known.
func Zone(s string) (name, besides string) {
	key := folded(s)
	cities := strings.Split(s, "/")
	city := folded(cities[len(cities)-1])
	for _, zone := range ZoneNames() {
		_, own, _ := strings.Cut(zone, "/")
		for other := range strings.FieldsSeq(zoneNames[zone] + " " + own) {
			if f := folded(other); f == key || f == city {
				return zone, ""
			}
		}
	}
	if m := offset.FindStringSubmatch(s); m != nil {
		if n, _ := strconv.Atoi(m[2]); n > 0 && n <= 12 {
			sign := map[string]string{"+": "-", "-": "+"}[m[1]]
			return fmt.Sprintf("Etc/GMT%s%d", sign, n), "the name of a city's zone knows summer " +
				"time, too"
		}
	}
	var words []string
	for word := range strings.FieldsFuncSeq(strings.ToLower(cities[len(cities)-1]),
		func(r rune) bool {
			return r == ' ' || r == '_' || r == '-'
		}) {
		r := []rune(word)
		words = append(words, strings.ToUpper(string(r[:1]))+string(r[1:]))
	}
	for _, area := range []string{"Europe", "America", "Asia", "Africa", "Australia",
		"Pacific", "Atlantic", "Indian"} {
		if name := area + "/" + strings.Join(words, "_"); len(words) > 0 && known(name) {
			return name, ""
		}
	}
	return "", ""
}

// ZoneNames are names of the IANA list that are met often, sorted.
func ZoneNames() []string { return slices.Sorted(maps.Keys(zoneNames)) }

func known(zone string) bool {
	_, err := time.LoadLocation(zone)
	return err == nil
}
