package lang

// What many English phrases share.
const (
	partOfDay = " morning|afternoon|evening|night?"
	units     = " hour|hours|day|days|week|weeks|month|months|year|years|decade|decades"
	auxiliary = " am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|can't|couldn't|won't|wouldn't|shouldn't"
	within    = "in|over|during|within|for|throughout|across? the"
	counted   = " people|persons|men|women|children|boys|girls|soldiers|troops|officers|civilians|workers|members|residents|voters|patients|students|" +
		"pupils|teachers|migrants|refugees|protesters|prisoners|victims|passengers|survivors|gunmen|households|families|others|dead|killed|wounded|injured|missing|died|arrested|" +
		"houses|homes|villages|towns|cities|schools|hospitals|countries|states|ships|boats|vessels|vehicles|cars|trains|aircraft|flights|attacks|deaths|cases|arrests|votes|seats|" +
		"companies|jobs|times|hours|days|weeks|months|years|decades|centuries|minutes|seconds|metres|meters|kilometres|kilometers|miles|feet|inches|hectares|acres|" +
		"tonnes|tons|kilos|kilograms|litres|liters|gallons|barrels|degrees|dollars|euros|pounds|cents|points|percent|per"
)

var englishUsage = Usage{
	Weekdays: [7]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
	Numbers: map[string]int{
		"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
		"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
		"hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "dozen": 12,
	},
	Possessive: "'s",

	Relative: []Relative{
		// Days.
		{"yesterday" + partOfDay, Counted, Day, -1},
		{"the day before yesterday", Counted, Day, -2},
		{"tomorrow" + partOfDay, Counted, Day, +1},
		{"the day after tomorrow", Counted, Day, +2},
		{"last night", Counted, Day, -1},
		{"this morning|afternoon|evening", Counted, Day, 0},
		{"tonight", Counted, Day, 0},
		{"earlier|later today", Counted, Day, 0},
		{"{weekday}" + partOfDay, Nearest, Day, 0},
		{"late|early? on|by|until|till|before|after|from|for {weekday}" + partOfDay, Nearest, Day, 0},
		{"late|early {weekday}" + partOfDay, Nearest, Day, 0},
		{"since {weekday}" + partOfDay, Nearest, Day, -1},
		{"on? this past {weekday}" + partOfDay, Nearest, Day, -1},
		{"on? this coming {weekday}" + partOfDay, Nearest, Day, +1},
		{"on? last {weekday}" + partOfDay, Last, Day, 0},
		{"on? this {weekday}" + partOfDay, This, Day, 0},
		{"on? next {weekday}" + partOfDay, Next, Day, 0},

		// Weeks, months, years.
		{"early|earlier|late|later? last week", Counted, Week, -1},
		{"early|earlier|late|later? this week", Counted, Week, 0},
		{"early|late|later? next week", Counted, Week, +1},
		{"early|earlier|late|later? last month", Counted, Month, -1},
		{"early|earlier|late|later? this month", Counted, Month, 0},
		{"early|late|later? next month", Counted, Month, +1},
		{"early|earlier|late|later? last year", Counted, Year, -1},
		{"early|earlier|late|later? this year", Counted, Year, 0},
		{"early|late|later? next year", Counted, Year, +1},
		{"early|earlier|late? last decade", Counted, Decade, -1},
		{"earlier|later? this decade", Counted, Decade, 0},
		{"early|late? next decade", Counted, Decade, +1},
		{"last century", Counted, Century, -1},
		{"this century|millennium", Loose, Century, 0},
		{"in|over|during the last century", Vague, Century, -1},
		{"mid-last|mid-this|mid-next week|month|year|decade", Loose, Year, 0},
		{"early|late? last {month}", Last, Month, 0},
		{"early|late? this {month}", This, Month, 0},
		{"early|late? next {month}", Next, Month, 0},
		{"at|over|during the weekend", Loose, Day, 0},
		{"last|this|next weekend", Loose, Day, 0},
		{"last|this|next season", Loose, Month, 0},
		{"early|earlier|late|later? last|this|next spring|summer|autumn|fall|winter|quarter", Loose, Month, 0},
		{"this past spring|summer|autumn|fall|winter|week|month|year|decade", Loose, Month, 0},

		// So long ago.
		{"{n} day|days ago", Ago, Day, 0},
		{"{n} week|weeks ago", Ago, Week, 0},
		{"{n} month|months ago", Ago, Month, 0},
		{"{n} year|years ago", Ago, Year, 0},
		{"{n} decade|decades ago", Ago, Decade, 0},
		{"{n} century|centuries ago", Ago, Century, 0},
		{"more|less|fewer than {n}" + units + " ago", Loose, Year, 0},
		{"over|under|at? least? {n}" + units + " ago", Loose, Year, 0},
		{"a? few|several|some|many|couple of?" + units + " ago", Loose, Year, 0},
		{"{n}" + units + " back", Loose, Year, 0},
		{"a? few|several|some|many|couple of?" + units + " back", Loose, Year, 0},
		{"{n} fortnight|fortnights ago", Loose, Day, 0},
		{"{n} hour|hours|minute|minutes ago", Loose, Day, 0},
		{"moments|minutes|hours|days|weeks|months|years|decades ago", Loose, Year, 0},
		{"{n} day|days from now", Ahead, Day, 0},
		{"{n} week|weeks from now", Ahead, Week, 0},
		{"{n} month|months from now", Ahead, Month, 0},
		{"{n} year|years from now", Ahead, Year, 0},
		{"in {n} days time", Ahead, Day, 0},
		{"in {n} weeks time", Ahead, Week, 0},
		{"in {n} months time", Ahead, Month, 0},
		{"in {n} years time", Ahead, Year, 0},

		// Spans that end or begin today.
		{within + " last|past few|several|many|{n}" + units, Vague, Year, -1},
		{within + " next|coming few|several|many|{n}" + units, Vague, Year, +1},
		{within + " last|past couple of" + units, Vague, Year, -1},
		{within + " next|coming couple of" + units, Vague, Year, +1},
		{"in|over|during|within|for|throughout|across the last|past" + units, Vague, Year, -1},
		{"in|over|during|within|for|throughout|across the next|coming" + units, Vague, Year, +1},
		{"the past" + units, Vague, Year, -1},
		{"the coming" + units, Vague, Year, +1},
		{"in|over|during recent hours|days|weeks|months|years|decades|times", Vague, Year, -1},
		{"in|over|during coming hours|days|weeks|months|years|decades|times", Vague, Year, +1},

		// Now.
		{"right|even|until|till|by|for? now", Moment, Day, 0},
		{"as of now", Moment, Day, 0},
		{"from now on", Moment, Day, 0},
		{"up to now", Present, Day, 0},
		{"today", Present, Day, 0},
		{"as of today", Present, Day, 0},
		{"currently", Present, Day, 0},
		{"presently", Present, Day, 0},
		{"at present", Present, Day, 0},
		{"at|for the moment", Present, Day, 0},
		{"for the time being", Present, Day, 0},
		{"nowadays", Present, Day, 0},
		{"these days", Present, Day, 0},
		{"so|thus far", Present, Day, 0},
		{"to date", Present, Day, 0},
		{"as yet", Present, Day, 0},
		{"hitherto|heretofore", Present, Day, 0},
		{"as things|matters stand", Present, Day, 0},
		{"as it stands", Present, Day, 0},
		{"as we|I speak|write", Present, Day, 0},
		{"at the time of writing|publication|going", Present, Day, 0},
		{"at press time", Present, Day, 0},
		{"as of {month}", Present, Day, 0},
		{"present-day|modern-day", Present, Day, 0},
		{"the|this|its|an ongoing strike|strikes|war|conflict|fighting|crisis|dispute|row|talks|negotiations|trial|inquiry|investigation|protests|drought|pandemic|epidemic|outbreak|offensive|siege|search|review|reform", Present, Day, 0},
		{"the new|current|incoming|outgoing|acting|interim mayor|president|premier|minister|chancellor|governor|king|queen|pope|leader|leadership|government|administration|cabinet|chief|head|director|chairman|chairwoman|chair|" +
			"coach|manager|owner|owners|boss|secretary|speaker|ambassador|prime", Moment, Day, 0},

		// Some time.
		{"more|most|only|until|till? recently", Vague, Day, 0},
		{"lately", Vague, Day, 0},
		{"of late", Vague, Day, 0},
		{"the other day", Vague, Day, 0},
		{"in the near future", Vague, Day, 0},
		{"will|is|are soon", Vague, Day, 0},
		{"soon be", Vague, Day, 0},
		{"soon|shortly|imminently", Vague, Day, +1},
		{"before long", Vague, Day, +1},
		{"any day|week|month|minute|moment now", Vague, Day, +1},
		{"a|the|its|his|her|their recent study|studies|survey|report|reports|poll|polls|research|review|analysis|paper|figures|data|estimate|estimates|interview|decision|ruling|election|elections|attack|attacks|" +
			"storm|flood|fire|changes|increase|rise|fall|events|visit|trip|meeting|years|months|weeks", Vague, Day, -1},
		{"is|are|has|have newly", Vague, Day, -1},
	},
	Timeless: []string{
		// Days of any week, and of none.
		"every|each|most|any|all|no|one|some|a|an|that|the {weekday}" + partOfDay, "every other|second|third|last {weekday}", "first|second|third|fourth|fifth|last|next {weekday} of|in|after|before",
		"{weekday} to|through? {weekday}", "from|between {weekday} to|through|until|till|and {weekday}",
		"a|an|one quiet|rainy|sunny|cold|warm|hot|wet|windy|snowy|foggy|typical|normal|busy|ordinary|single|fateful|lazy|summer|winter|spring|autumn {weekday}" + partOfDay,
		"black|good|bloody|super|ash|easter|palm|whit|holy|maundy|cyber|giving|shrove {weekday}",
		"on? {weekday} mornings|afternoons|evenings|nights", "{weekday} school|roast|prayers|papers|newspapers|league|club|best", "{weekday} {name}",
		"the very? last|next {weekday}", "the very? last|next {month}",
		// Last and next in a story.
		"the|his|her|its|their|our|my|your|whose|a|each|per|every last|next hour|night|day|week|month|year|decade|century|weekend|spring|summer|autumn|fall|winter|quarter",
		within + "? last|past|next|coming few|several|{n}?" + units + " of|before|until",
		"his|her|its|their last|final" + units,
		"can|could|may|might|must|will|would|should last", "at long? last", "the days|weeks|months|years last",
		"this time of year", "this day and age", "{n} thousand|million|billion years ago", "hundreds|thousands|millions|tens|billions of years ago", "long|ages|centuries|millennia ago",
		"the day|week|month|year before last",
		// Now that is none.
		"now, let|let's|us|look|imagine|suppose|consider|picture|compare|take|think|back|then|onto|on", "now comes|come", "now for the|a|an|some", "what|whatever is|are|was|were|happens|happened|works|looks|seems {word}? today|now",
		"today|tomorrow|yesterday|tonight|now|currently|recently|soon|presently|lately is|was a|an|the|one {word}? name|word|adverb|noun|title|song|film|novel|book|newspaper|paper|magazine|show|programme|program|band|brand|album|play|website",
		"today|yesterday money|prices|dollars|pounds|euros|terms|value|values|currency", "this day|week|month|year in history", "these days of|were|when|that", "so far, so good",
		"as soon as", "too|so|how|very|that|sooner|just|not|quite soon", "soon|shortly after|afterwards|afterward|before|thereafter|beforehand|enough|found|learned|learnt|discovered|realised|realized|followed", "as soon|early as",
		"in|over|during the last century of|before", "now that", "what is|are now", "okay|ok now", "now what", "now let|let's|we'll|imagine|suppose|picture|compare|fast-forward", "every? now and then|again", "now or never", "then and now", "just now", "was|were|had|became now", "had by now", "had been? {word} by now", "a long time now", "by now had",
		"in? so far as", "so far that", "so far from|away|apart|off|removed|behind|ahead|out|beyond|outside|north|south|east|west|back|down|up|into",
		"go|goes|going|gone|went|not|reach|reached|travel|travelled so far", "so far so good",
		"up to date", "out of date", "to date from|back|the|a|an|it|them|her|him|whether|when|these|this", "used|able|possible|hard|easy|difficult|try|tries|tried to date",
		"for|at the moment of|when|that|he|she|it|they|we|you|the|a|an|in|before|after", "as yet un", "to this day",
		"more recently than", "as recently as", "had|having just|only|but? recently|lately", "had so|thus far", "of today|tomorrow|yesterday", "here today", "tomorrow never", "born yesterday",
	},
	Linking: "in on of the at or namely about around almost nearly just some exactly only early late",

	Past: "said told was were had did wasn't weren't hadn't didn't began came went took gave found made held left lost won met killed shot struck fell rose broke ran led sent built " +
		"brought bought caught chose drew fought flew got grew kept knew laid lay paid saw sank sat sold spent spoke stood stole swore taught threw wrote " +
		"shut been fled dealt drove hung heard hurt rang sought shook slept slid withdrew overthrew became froze gone woke wore quit cut hit put let burst spread split cast cost set",
	Future:     "will shall won't plans plan hopes tomorrow upcoming i'll we'll you'll he'll she'll it'll they'll that'll there'll",
	Unsure:     "would could should might may can must",
	NotPast:    "need indeed speed hundred feed seed bed red embed exceed proceed succeed breed weed deed greed shed",
	PastEnding: "ed",
	Finite:     "was were had did wasn't weren't hadn't didn't became began went came took gave saw knew grew rose fell broke chose wrote drew flew",
	Parting:    "who whom whose which that what where how why and but or because since while if whether as than is are am has have do does isn't aren't hasn't haven't don't doesn't can may will must i've we've you've they've who've",
	Subjects:   "i we you he she they who",

	Planned:      "going due expected scheduled planned set slated poised bound supposed meant",
	Being:        "am is are be i'm we're you're they're isn't aren't",
	Present:      "am is are has have do does i'm we're you're they're i've we've you've they've isn't aren't hasn't haven't don't doesn't remain remains stay stays keep keeps seem seems get gets become becomes",
	Perfect:      "had hadn't i'd we'd you'd he'd she'd they'd it'd",
	Auxiliary:    "be been being not never also already just still now then once twice again since both all",
	Infinitive:   "to",
	Invariable:   "cut hit put let burst spread split cast cost set shut hurt quit read bet beat come run become",
	AdverbEnding: "ly",
	GerundEnding: "ing",
	Pronouns:     "it he she that this there here what who where how when let",

	Elsewhen: []string{
		// What might be.
		"if|unless|suppose|supposing|imagine|imagining|pretend|wish|wishes|wished|lest|otherwise|hypothetically", "as though|if", "like yesterday|tomorrow", "what|whatever tomorrow", "live|lives|lived|living for today|tomorrow", "everyone|everybody|anyone|anybody", "what might|could have",
		// Another time.
		"at the|that time", "back|by|until|since then", "in those days", "once upon a time", "that very? day|week|month|year|decade|summer|winter|spring|autumn|night|morning|afternoon|evening",
		"the following|previous|next|preceding day|week|month|year", "the night|week|month|year before|after", "the day of", "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|noughties", "BC|AD|BCE|CE",
		"Christmas|Easter|Lent|Advent|Pentecost|Whitsun|Thanksgiving|Halloween|Midsummer|Epiphany|Passover|Hanukkah|Ramadan|Eid|Diwali", "Holy Week", "last|next day|week|month|year out", "in|during spring|summer|autumn|winter|wartime|peacetime",
		"Romans|Victorians|Vikings|Aztecs|Incas|Tudors|Normans|Saxons|pharaoh|pharaohs|ancients|forefathers|ancestors", "in {word} times|days|Rome|Greece|Egypt", "{word} age|era|dynasty",
		"in|during the year|years|month|week|days|time|times|reign|summer|winter of|when|that", "during the war", "was|were young|children|boys|girls", "was a boy|girl|child", "as a boy|girl|child|youth",
		"law|laws|rule|rules|scripture|tradition|custom said|says|say|stated|states|provided|provides|required|requires", "God|Jesus|Christ|Moses",
		"used to", "once said|wrote|told|promised|thought|believed", "said|thought|believed then",
		"{word} centuries", "the|a|mid|early|late {word} century",
		"long ago|before", "in his|her|their youth|childhood|day|days|time|teens|twenties|thirties|forties|fifties|sixties|seventies",
		// Any time.
		"always|usually|often|normally|typically|traditionally|generally|sometimes|seldom|rarely|whenever",
		"every|each|any other|second|third|last|single? day|week|weekend|month|year|decade|century|time|spring|summer|autumn|fall|winter|season|generation|night|morning|afternoon|evening|{month}|{weekday}",
		"day|week|month|year|night after|by day|week|month|year|night", "day|week|month|year|night in, day|week|month|year|night", "once|twice a day|week|month|year",
		// Another's day.
		"you|your|yours|yourself|I|I'm|I've|I'd|I'll|me|my|mine|myself|we|we're|we've|we'd|we'll|us|our|ours|ourselves",
		// Stories, and words about words.
		"in|of|from|throughout a|an|the|his|her|its|their|this|that|one {word}? film|films|movie|novel|novels|story|stories|book|play|game|song|series|sitcom|episode|show|scene|poem|dream|tale|myth|legend|drama|comedy|opera|musical|chapter|cartoon|joke|fable|thriller|simulation|scenario|painting",
		"is|was|are|were a|an|the {word}? film|movie|novel|story|book|play|game|song|series|episode|show|poem|dream|tale|myth|legend|drama|comedy|opera|musical|album|band|painting|magazine|newspaper|programme|program|podcast|title|name|brand|word|phrase|idiom|proverb|nickname",
		"called|named|titled|entitled|headlined|nicknamed|dubbed", "the word|words|phrase|expression|title|name|slogan|proverb", "in fiction|theory|principle",
	},
	Unreal:  "would wouldn't would've might've could've should've",
	Onward:  "later",
	Records: "letter letters diary diaries note notes memo memos minutes telegram telegrams transcript transcripts recording recordings tape tapes log logs logbook journal journals memoir memoirs testimony poem sign poster placard headline headlines caption inscription prophecy plaque ledger entry postcard postcards chronicle chronicles voicemail legend legends myth tradition scripture proverb prophecies almanac",
	Relating: "said says say told tells tell wrote writes write reads read states stated added adds explained explains reported reports insisted insists claimed claims recalled recalls remembered remembers recorded records " +
		"announced confirmed revealed testified argued replied note noted notes show shows showed recount recounts relate relates describe describes described mention mentions mentioned according ran runs",
	Whichever: "every each any",
	Ordering: "say assume picture enter choose call start use compare include add click select fill list send check see read tell ask apply submit download visit remember consider think look try make keep get take give go come " +
		"join register sign order book buy contact email write find learn stop wait bring pay count note open press type describe explain state answer put turn let don't please subscribe donate vote volunteer follow watch listen",
	Reckoned:    "survey surveys respondents season seasons edition fiscal anniversary birthday census academic semester",
	DayNames:    "yesterday today tomorrow",
	Readers:     "you your yourself you're you've",
	Determining: "the a an his her its their our my your no every",
	Extending: "of or but week weeks weekend fortnight fortnights month months year years day days hour hours decade decades later earlier ago hence not many very first second third fourth fifth sixth final past coming " +
		"school fiscal financial academic calendar tax model world news style",
	OnDay: "on late early",
	Following: "to in at on with by from as when while that and because into over during near outside inside against about who which since until than amid despite following where so though although if " +
		"the a an his her its their this these he she it they there here but without within across through behind under beside between among",
	Foretelling: "agreed agree asked ask called call ordered order proposed propose promised promise vowed pledged postponed delayed moved move announced announce scheduled planned plan expected set due booked invited arranged demanded warned predicted " +
		"forecast banned decided voted wanted hoped feared threatened offered hope aimed intended prepared urged advised deferred adjourned advertised cancelled canceled needed sought required allowed permitted supposed forced brought pushed put tabled fixed approved backed supported opposed rejected discussed considered debated awaited for",
	Occasions: "vote votes election elections ballot poll polls referendum strike strikes talks meeting meetings match game final semifinal summit hearing hearings deadline protest protests march rally rallies concert debate debates session sessions launch opening closure " +
		"storm trial verdict ruling decision announcement ceremony funeral wedding attack attacks conference event events speech interview visit show service services trip flight flights train trains race release report deal plan plans walkout shutdown blackout curfew ceasefire truce",
	Happening:   "opened reopened closed began started ended happened occurred arrived left departed returned died resigned retired sank fell rose collapsed crashed erupted burned voted said",
	Ordinals:    "st nd rd th",
	Compounding: "now currently recently newly soon",
	ShortDays:   [7]string{"Mon", "Tues", "", "Thurs", "Fri", "", ""},
	ShortMonths: [12]string{"Jan", "Feb", "Mar", "Apr", "", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"},

	Forecasts: []Relative{
		{"within {n} day|days", Ahead, Day, 0},
		{"within {n} week|weeks", Ahead, Week, 0},
		{"within {n} month|months", Ahead, Month, 0},
		{"within {n} year|years", Ahead, Year, 0},
		{"in|within as little|few as {n} day|days", Ahead, Day, 0},
		{"in|within as little|few as {n} week|weeks", Ahead, Week, 0},
		{"in|within as little|few as {n} month|months", Ahead, Month, 0},
		{"in|within as little|few as {n} year|years", Ahead, Year, 0},
	},

	Claims: []string{
		// Figures and dates.
		"{digits}|{year}", "{many}", "{few}" + counted, "{few} per cent", "{few} of the {n}", "one|{few} in {n}", "one|{few} out of {n}", "one {word} in {n}",
		"hundreds|thousands|millions|billions|dozens|scores|tens of", "a|one third|quarter|fifth|tenth of", "half of|the|its|their|all", "two|three thirds|quarters|fifths|tenths",
		"two-thirds", "three-quarters", "a majority of", "doubled", "trebled", "tripled", "halved", "quadrupled",
		"in|since|until|by|from|of|early|late|mid|through {month}", "{month} to|and {month}",
		// Attributions.
		"said", "say", "says", "told", "tells", "announced", "announces", "according to", "alleged", "alleges", "insisted", "insists", "insist", "argued", "argues", "argue",
		"accused", "accuses", "accuse", "admitted", "admits", "admit", "denied", "denies", "deny", "warned", "warns", "warn", "claimed", "estimated", "reported", "reportedly", "allegedly",
		"testified", "testifies", "predicted", "predicts", "stated", "acknowledged", "acknowledges", "conceded", "concedes", "promised", "vowed", "pledged", "declared",
		"disclosed", "revealed", "reveals", "complained", "complains", "confirmed", "asserted", "asserts", "contends", "maintains that", "added that", "adds that", "wrote that", "writes that",
		"report|reports|survey|study|inquiry|audit|review|investigation|researchers|scientists|inspectors|analysis found|finds|find|showed|shows|show|concluded|concludes|suggests|suggested",
		"found|finds|shows|showed|suggests|suggested|concluded|concludes|believes|believe|thinks|think|fears|fear|hopes|estimates|estimate|claims|claim|reports|report that",
		"{name}|he|she|they|officials|experts|analysts|critics|police|scientists|researchers|residents|campaigners|economists|lawyers|charity|union|government|ministry|company|agency estimates|estimate|claims|claim|reports|report|believes|believe|complain",
	},
	Harmless: []string{
		"section|sections|article|articles|step|part|chapter|page|pages|figure|table|question|number|no|nos|rule|line|version|room|platform|route|channel|grade|class|type|" +
			"level|phase|stage|act|appendix|annex|note|item|option|form|clause|paragraph|footnote|series|season|episode|gate|terminal|unit|lesson|group {digits}",
		"{name} {digits}", "one of", "the|these|those|both|all {few}", "{digits} am|pm|AM|PM|a.m|p.m|o'clock", "a|the|no|any|some|their|its|his|her|final say", "to say", "let us say", "easier said", "that said", "having said", "all told",
		"be|is|are told", "not|never|nor yet? said|say|announced|announce|confirmed|confirm|claimed|reported|admitted", "no {word} has|have yet? said|announced|confirmed|claimed|reported",
		"I|we believe|think|hope|fear|claim|argue|insist|estimate|suggest|report|admit|found|find|concluded|showed|show|told|announced|added",
		"to admit|deny|argue|insist|warn|accuse|report|claim|believe|think|find|show", "was|were|is|are|be|been|being|get|gets|got denied", "reported to|back",
		"whatever {word} {word} say|says", "argue|argued|argues about|over|with", "go without saying", "a|an hundred|thousand|million|dozen times", "every|each {n}", "says|say|said|tell|tells|denied|denies|admits|admitted on? what|where|why|how|whether|who|which|when|so|nothing|something|everything|little|much|more|no", "you say", "I say", "we say",
		"I|we can|can't|cannot|could|couldn't|would|wouldn't|might|must|should say|tell|admit|argue|claim|believe|think|report|find|show", "say|says|said yes|hello|goodbye|sorry|thanks|thank",
		"according to plan|schedule|need|needs|taste|size|age|type|kind|topic|team|rank|order|weight|height|time|date|priority|importance", "Act|Acts|Law|Code|Treaty|Convention|Constitution of {year}",
		"{few} or {few}", "one or {few}", "{few} in a row|series|line", "my|our|your first|last|next|past {few} days|weeks|months|years", "the previous|preceding {few} days|weeks|months|years",
	},
	Defining:    "a an",
	Defined:     "is|are|means a|an|the|any|one|when|where|what|how|that",
	Hedging:     "about around almost nearly roughly approximately some at least most over under above below more less fewer than up to only just circa estimated",
	Supposing:   []string{"and|but|so|or|even|only|now|then? if|unless|whether|whoever|whichever|suppose|supposing|imagine|assume|assuming", "let's suppose|assume|imagine|say", "what if"},
	Conditional: "if unless whether",
	Asking:      []string{"and|but|so? what|which|who|whose|why|how|when|where?" + auxiliary, "and|but|so? how many|much|long|often|far|old|soon"},

	Known: "US USA UK UAE EU UN NATO UNESCO UNICEF DC NYC FBI CIA NASA BBC CNN MI5 MI6 MP MPs JFK " + // states, bodies, people
		"TV PC CD DVD PDF URL HTML HTTP HTTPS USB GPS SMS FAQ ZIP README iOS ATM CCTV ISBN PIN " + // things
		"DNA HIV AIDS COVID CO2 IQ CEO VIP PhD ID OK UFO SOS DIY HQ RIP PS TL WC PO LGBT LGBTQ WWI WWII " + // common words
		"AM PM BC BCE AD CE GMT UTC ET EST EDT CST CDT PT PST PDT BST CET CEST IST NW NE SW SE", // times and directions
	Units: "W kW MW GW TW Wh kWh MWh GWh TWh V kV Hz kHz MHz GHz B kB KB MB GB TB PB C F K N J kJ MJ Pa kPa MPa hPa dB DB L ML CL " +
		"USD EUR GBP RPM MPH KPH BTU PSI PPM PPB CC KM KG MM CM HP BHP",
	Articles: "the a an",
	Either:   "or",
	Shouted: "a all always an and any anything are as at be best but by can did didn't do does doesn't don't done everything for from go good had has have he her his how i if " +
		"in into is its just many more most must my need never new no not now of off on one only or our out please really right see she should so stop " +
		"than that the their them then there they this to too up very was we were what when where which why will with yes you your",
	Expanding: []string{"known as", "called", "abbreviated as|to?", "shortened to", "short as", "acronym", "initials", "letters", "term",
		"abbreviation|acronym|initials|letters|term|word would? is|was|be|are|were", "spelled|spelt out? as?"},
	Crediting: []string{"photo|photos|photograph|photographs|picture|pictures|image|images|illustration|illustrations|graphic|graphics|map|video|screenshot by|from|via|courtesy|credit|credits?"},
	Expanded:  []string{"stands for", "stand for", "is short for", "are short for", "short for", "means", "is|are the initials|letters of|for", "is an acronym|abbreviation"},
	Small:     "of the and for in on to a an de la du des et und der die das",
}
