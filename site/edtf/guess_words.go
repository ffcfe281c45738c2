package edtf

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// months are the names of the months, in the languages in which writers are met most, folded. One
// that is another month elsewhere is not among them.
var months = sync.OnceValue(func() (names [12][]string) {
	for _, year := range []string{
		"january february march april may june july august september october november december",
		"januar februar marz april mai juni juli august september oktober november dezember",
		"janner feber maerz april mai juni juli august september oktober november dezember",
		"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"januari februari mars april maj juni juli augusti september oktober november december",
		"januari februari maret april mei juni juli agustus september oktober november desember",
		"ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
		"styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien",
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia",
		"ocak subat mart nisan mayıs haziran temmuz agustos eylul ekim kasım aralık",
		"январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
		"ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου " +
			"αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου",
		"يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
		"كانون-الثاني شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين-الاول تشرين-الثاني كانون-الاول",
		"ژانویه فوریه مارس اوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
		"ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
		"जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
	} {
		for m, name := range strings.Fields(year) {
			names[m] = append(names[m], fold(name))
		}
	}
	return names
})

// wholeMonths are names of months that count only when they are written out, and short forms that do
// not begin the name: first letters of these begin another month elsewhere.
var wholeMonths = sync.OnceValue(func() map[string]int {
	whole := map[string]int{"mrt": 3, "mrz": 3, "gen": 1, "sty": 1, "paz": 10, "şub": 2}
	for _, year := range []string{
		"leden unor brezen duben kveten cerven cervenec srpen zari rijen listopad prosinec",
		"ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince",
		"januar februar marts april maj juni juli august september oktober november desember",
		"januar februar marcius aprilis majus junius julius augusztus szeptember oktober " +
			"november december",
		"tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta " +
			"heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
		"tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu " +
			"marraskuu joulukuu",
		"gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre",
		"januari februari mac april mei jun julai ogos september oktober november disember",
		"январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
		"січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
		"styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrzesniu pazdzierniku " +
			"listopadzie grudniu",
		"lednu unoru breznu dubnu kvetnu cervnu cervenci srpnu zari rijnu listopadu prosinci",
		"tammikuussa helmikuussa maaliskuussa huhtikuussa toukokuussa kesakuussa " +
			"heinakuussa elokuussa syyskuussa lokakuussa marraskuussa joulukuussa",
		"січень лютий березень квітень травень червень липень серпень вересень жовтень листопад " +
			"грудень",
		"януари февруари март април май юни юли август септември октомври ноември декември",
		"јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
		"ιανουαριος φεβρουαριος μαρτιος απριλιος μαιος ιουνιος ιουλιος " +
			"αυγουστος σεπτεμβριος οκτωβριος νοεμβριος δεκεμβριος",
		"جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
		"জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
		"มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม " +
			"พฤศจิกายน ธันวาคม",
	} {
		for m, name := range strings.Fields(year) {
			whole[fold(name)] = m + 1
		}
	}
	return whole
})

// monthPairs joins the names of months that are two words.
var monthPairs = strings.NewReplacer("كانون الثاني", "يناير", "كانون الأول", "ديسمبر",
	"تشرين الأول", "أكتوبر", "تشرين الثاني", "نوفمبر")

// monthNumber is the month that a word names, in full or by its first letters; 0 where it is none,
// or where those letters begin several.
func monthNumber(w string) int {
	w = strings.TrimPrefix(fold(w), "ב") // Hebrew's "in"
	if w == "sept" || w == "febr" {
		w = w[:3]
	}
	if m := wholeMonths()[w]; m > 0 {
		return m
	}
	found := 0
	for m, names := range months() {
		for _, name := range names {
			if w == name {
				return m + 1
			}
			if len([]rune(w)) >= 3 && strings.HasPrefix(name, w) && found != m+1 {
				if found != 0 {
					return 0
				}
				found = m + 1
			}
		}
	}
	return found
}

// words that stand before a date, folded and divided by bars.
const (
	aboutWords = "c.|c|ca.|ca|circa|about|around|approx.|approx|approximately|roughly|etwa|ungefahr|um|gegen|" +
		"vers|environ|hacia|alrededor de|cerca de|verso|intorno al|por volta " +
		"de|rond|około|около|близько|حوالي|" +
		"yaklasık|περιπου|γυρω στο|sekitar|khoang|約|约|大约|大約|약|около|حدود|בערך|लगभग"
	partlyWords = "early|mid|late|the beginning of|beginning of|the start of|start of|the end of|end of|" +
		"the middle of|middle of|anfang|mitte|ende|debut|mi|fin|fin de|debut de|principios de|mediados de|" +
		"finales de|inicios de|inicio de|inizio|meta|fine|early in|late in|spate|fruhe|" +
		"a finales de|a mediados de|a principios de|à la fin de|a la fin de|au debut " +
		"de|inizi|inizio del|principio|comienzos de|meados de|início de|começo de|finais " +
		"de|fins " +
		"de|begin|eind|medio|poczatek|koniec|połowa|начало|конец|середина|початок|кінець|awal|akhir|đau|cuoi"
	betweenWords = "between|zwischen|entre|tra|fra"
	orWords      = "|or|oder|ou|o|and|und|y|e|et|"
	untilWords   = "before|until|till|up to|vor|bis|avant|jusqu'en|antes de|hasta|prima del|ate|" +
		"voor|tot|przed|do|до|sebelum|truoc|πριν το|πριν απο|قبل|לפני"
	sinceWords = "after|since|from|von|nach|seit|apres|depuis|despues de|desde|dopo|dal|depois " +
		"de|" +
		"na|sinds|po|od|после|с|після|з|sejak|setelah|tu|sau|μετα το|απο το|بعد|منذ|از|אחרי|מאז"
)

// cutWord cuts off one of the words that a text begins with.
func cutWord(s, words string) (rest string, ok bool) {
	folded := fold(s)
	best := ""
	for w := range strings.SplitSeq(words, "|") {
		after, ok := strings.CutPrefix(folded, w)
		if ok && len(w) > len(best) && after != "" && (strings.ContainsRune(" -",
			rune(after[0])) || eastAsian(w) ||
			strings.HasSuffix(w, ".") || w[0] == 'c' && len(w) < 3 && after[0] <= '9') {
			best, rest = w, strings.TrimLeft(after, " -")
		}
	}
	return rest, best != ""
}

// eastAsian reports a word of a script that has no blanks between words, or seldom.
func eastAsian(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana)
}

// fillers are words in a date that say nothing of it, folded.
var fillers = strings.Fields(`of the de del le la el den der am on em do du dia a le
	di al год года г року р rok roku r tahun yili h
	mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday tues thur thurs
	montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi
	dimanche lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi
	sabato domenica at um uhr maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
	segunda-feira terca-feira quarta-feira quinta-feira sexta-feira του o las
	pazartesi salı carsamba persembe cuma cumartesi pazar poniedziałek wtorek sroda czwartek
	piatek sobota niedziela
	понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер
	п'ятниця
	п’ятниця субота неділя δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη senin selasa
	rabu kamis jumat sabtu
	minggu в у w we v ve im in en م klo kello kl pukul jam lúc luc`)

// How dates are written elsewhere. All are of a text in lower case.
var (
	// otherCalendar is a month, a year or an era of a calendar that is not the Gregorian one.
	otherCalendar = regexp.MustCompile(`muharram|safar\b|rabi.? (al|i)|jumada|rajab|sha.?ban|` +
		`ramadan|ramazan|shawwal|` +
		`dhu.? ?al|\ba\.?h\.?$|hijri|هـ|ه\.ق|هجري|هجری|محرم|صفر|ربيع ال|جمادى|رجب|شعبان|رمضان|` +
		`شوال|ذو ال|` +
		`فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر\b|بهمن|اسفند|farvardin|esfand|` +
		`tishr|cheshvan|kislev|tevet|shevat|nisan\b.*5\d{3}|iyar|sivan|tammuz|elul|תשרי|חשון|כסלו|` +
		`טבת|שבט|אדר|ניסן|אייר|סיון|סיוון|תמוז|אלול|תש.?["״]|` +
		`令和|平成|昭和|大正|明治|民國|民国|農曆|农历|พ\.?ศ|\b[bp]\.?e\.?$|vend[eé]miaire|brumaire|thermidor|old style`)
	beforeChrist = regexp.MustCompile(`^(?:公元前|紀元前|纪元前|前|기원전 ?|m\.?ö\.? ?)| ?(?:π\. ?χ\.?|` +
		`до н\.? ?е\.?)$| ?\b(?:b\.? ?c\.?(?: ?e\.?)?|v\. ?chr\.?|v\. ?u\. ?z\.?|` +
		`av\. ?j\.?-? ?c\.?|p\.? ?n\.? ?e\.?|[ef]\. ?kr\.?|tcn|` +
		`a\. ?c\.?|a\. ?de ?c\.?|до н\. ?э\.?)$| ?(?:ق\.? ?م\.?|до н\. ?э\.?)$`)
	afterChrist = regexp.MustCompile(`\b(?:a\.? ?d\.?|c\.? ?e\.?|n\. ?chr\.?|apr?\. ?j\.?-? ?c\.?|` +
		`d\. ?c\.)(?:\s|$)`)
	theirYear  = regexp.MustCompile(`\b1[34]\d\d\b`) // of the Islamic and the Iranian calendar, now
	theirDigit = regexp.MustCompile(`[٠-٩۰-۹]`)
	weekDate   = regexp.MustCompile(`^(\d{4})-?w(\d\d)(?:-?([1-7]))?$`)
	dayOfYear  = regexp.MustCompile(`^(\d{4})-(\d{3})$`)
	decade     = regexp.MustCompile(`^(?:the |los |les |die )?(?:años |annees |` +
		`années )?(\d{3}0)(?:'?s|er(?: jahre[n]?)?|年代|년대|-[ехті]+(?: год[ыа]| роки| годов)?|` +
		`'lar|'lı yıllar)?$`)
	// shortDecade is the tens of a decade with a word or an ending that says so: the 90s, 90er, lata 90.
	shortDecade = regexp.MustCompile(`^(?:(?:the |die |les |los |gli |i )?'?([2-9]0)(?:'?s|` +
		`er(?: jahren?)?|-[ех](?: год[ыа])?|-ті|'lar|'lı yıllar)|` +
		`(?:les |los |gli |os |de )?(?:années |annees |años |anos |anni |lata |jaren |` +
		`dekade )'?([2-9]0)\.?)$`)
	century = regexp.MustCompile(`^(?:the |le |das )?(?:(\d{1,2}|[ivx]+)(?:st|nd|rd|th|e|eme|` +
		`ème|\.|º|o)? ` +
		`?(?:century|cent\.?|c\.|jahrhunderts?|jh\.?|siecle|siècle|secolo|eeuw|век|в\.?|ст\.?|` +
		`століття|wieku?|w\.|yüzyıl|stulet[ií]|století|` +
		`世紀|世纪|세기)|(?:siglo|` +
		`seculo|século|séc\.?|s\.|secolo|sec\.|thế kỷ|abad(?: ke-)?) ?([ivx]+|\d{1,2}))$`)
	between = regexp.MustCompile(`\s*[-/]\s*|\s+(?:to|until|till|through|and|or|oder|ou|o|` +
		`bis|und|au|à|et|al|a|hasta|y|ate|até|tot)\s+`)
	openEnd = regexp.MustCompile(`^(.*\d)\s*(?:-|to|bis)\s*(?:present|now|today|ongoing|` +
		`heute|aujourd'hui|hoy|)$`)
	ordinalDigits = regexp.MustCompile(`^(\d{1,4})(?:st|nd|rd|th|er|re|e|eme|ème|o|a|º|ª|:e|:a|` +
		`-го|-е)?$`)
	timeOfDay = regexp.MustCompile(`(?:[t ,]|` +
		`^)\s*(?:at )?(\d{1,2})(?:[:h](\d\d)(?::(\d\d)(?:[.,]\d+)?)?)? ?` +
		`([ap]\.?m\.?)?(?:\s*(z|[a-z]{2,4}|[+-]\d\d(?::?\d\d)?))?$`)
)

// zones are the zones that letters mean everywhere.
var zones = map[string]string{"z": "Z", "utc": "Z", "gmt": "Z", "cet": "+01:00", "cest": "+02:00", "mez": "+01:00",
	"mesz": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "jst": "+09:00", "est": "-05:00",
	"edt": "-04:00", "cdt": "-05:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "uhr": ""}

// partsOfYears are ways to write a season, a quarter or a half: behind its year
// or before it.
var partsOfYears = regexp.MustCompile(`^(?:(\d{4})(?:年|년)?[-/ ]*(?:mùa )?(` + partNames + `)|` +
	`(?:the |mùa |im |à l'|en |di |w |в )?(` + partNames +
	`|(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter|(?:first|second|1st|2nd) half|` +
	`erste hälfte|zweite hälfte|première moitié|seconde moitié|primera mitad|segunda mitad|` +
	`prima metà|seconda metà|` +
	`primeira metade|segunda metade|pierwsza połowa|druga połowa|первая половина|вторая половина|` +
	`[1-4](?:\.?[oºª]|\.|er|e|eme|ème)? ?(?:quartal|kwartał|квартал|кв\.|çeyrek|neljännes|` +
	`negyedév|kvartal|čtvrtletí|trimestre|trim\.?|kwartaal)|[12](?:\.?[oºª]|\.|er|e|eme|ème|` +
	`-е)? ?` +
	`(?:halbjahr|hälfte|semestre|halfjaar|półrocze|полугодие|півріччя|yarı(?:yıl)?|` +
	`half))(?:[-/, ]| of | de | del | du | года? | roku )*(\d{4})(?: года?| г\.| року| roku|` +
	` r\.)?)$`)

// partNames are the names of seasons, quarters and halves, for an expression.
var partNames = func() string {
	names := `q[1-4]|[1-4][qt]|[ht][1-4]|[12][hs]|s[12]|spring|summer|autumn|winter`
	for _, words := range seasons {
		names += "|" + strings.Join(strings.Fields(words), "|")
	}
	return names
}()

// seasons are the words for them, by EDTF's of ours.
var seasons = map[string]string{
	"spring": "frühling frühjahr printemps primavera lente voorjaar весна весной навесні wiosna " +
		"wiosną " +
		"ilkbahar bahar άνοιξη بهار אביב 春 春天 春季 봄 vår forår jaro musim-semi xuân",
	"summer": "sommer été verano estate verão zomer лето летом літо влітку lato latem yaz " +
		"καλοκαίρι صيف " +
		"تابستان קיץ 夏 夏天 夏季 여름 sommar léto hè hạ",
	"autumn": "herbst automne otoño autunno outono herfst najaar осень осенью осінь восени " +
		"jesień jesienią " +
		"sonbahar güz φθινόπωρο خريف پاییز סתיו 秋 秋天 秋季 가을 höst efterår podzim musim-gugur thu " +
		"fall",
	"winter": "hiver invierno inverno зима зимой взимку zimą kış χειμώνας شتاء زمستان חורף 冬 冬天 " +
		"冬季 겨울 " +
		"vinter zima đông"}

// guessPart puts a season, a quarter or a half behind its year, "" where it is none.
func guessPart(lower string) string {
	m := partsOfYears.FindStringSubmatch(lower)
	if m == nil {
		return ""
	}
	year, name := m[1]+m[4], m[2]+m[3]
	for ours, words := range seasons {
		if name == ours || slices.Contains(strings.Fields(words), name) {
			return year + "-" + ours
		}
	}
	n := strings.IndexAny(name, "1234")
	digit := ""
	if n >= 0 {
		digit = name[n : n+1]
	} else {
		ordinal, half, _ := strings.Cut(name, " ")
		if half != "half" && half != "quarter" {
			first := strings.HasPrefix(ordinal, "erste") || strings.HasPrefix(ordinal, "pr") ||
				strings.HasPrefix(ordinal, "pierwsza") || strings.HasPrefix(ordinal, "первая")
			return year + map[bool]string{true: "-h1", false: "-h2"}[first]
		}
		digit = strconv.Itoa(1 + slices.Index([]string{"first", "second", "third", "fourth"}, ordinal))
	}
	kind := "-q"
	if strings.Contains(name, "half") || strings.Contains(name, "halb") || strings.Contains(name, "hälfte") ||
		strings.Contains(name, "semestre") || strings.Contains(name, "półrocze") ||
		strings.Contains(name, "полугодие") || strings.Contains(name, "півріччя") ||
		strings.Contains(name, "yarı") || len(name) == 2 && strings.ContainsAny(name, "hs") {
		kind = "-h"
	}
	return year + kind + digit
}

// ordinal is a number in digits or in Roman numerals, 0 where it is none.
func ordinal(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n, values := 0, map[byte]int{'i': 1, 'v': 5, 'x': 10}
	for i := range len(s) {
		if v := values[s[i]]; i+1 < len(s) && v < values[s[i+1]] {
			n -= v
		} else {
			n += v
		}
	}
	return n
}
