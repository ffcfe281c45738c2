package front

import (
	"cmp"
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
)

// degreesOf is a latitude or longitude in degrees, minutes and seconds.
var degreesOf = regexp.MustCompile(`^([NSEWØVСЮВЗ]?) ?(\d{1,3}) ?[°º] ?(?:(\d{1,2}(?:[.,]\d+)?) ?['′’] ?)?` +
	`(?:(\d{1,2}(?:[.,]\d+)?) ?(?:["″”]|'') ?)?([NSEWØVСЮВЗ]?)$`)

// inDegrees is such a place in degrees alone, with a minus for south and west; "" where it is none.
func inDegrees(s string) string {
	m := degreesOf.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return ""
	}
	sum := 0.0
	for i, part := range []float64{1, 60, 3600} {
		x, _ := strconv.ParseFloat(strings.Replace(m[2+i], ",", ".", 1), 64)
		sum += x / part
	}
	if strings.Contains("SWVЮЗ", cmp.Or(m[1], m[5], "N")) {
		sum = -sum
	}
	return strconv.FormatFloat(math.Round(sum*1e4)/1e4, 'f', -1, 64)
}

// plainNumber is a number in the digits 0 to 9, without signs between its thousands that are no
// sign before decimals anywhere.
func plainNumber(s string) string {
	plain := diag.Digits(norm.NFKC.String(s))
	plain = strings.NewReplacer("٫", ".", "٬", "", "−", "-").Replace(plain)
	if grouped.MatchString(plain) {
		plain = strings.NewReplacer(" ", "", "'", "", "’", "").Replace(plain)
	}
	if strings.Trim(plain, "0123456789+-.") != "" {
		return s
	}
	return plain
}

// grouped is a number with signs between its thousands.
var grouped = regexp.MustCompile(`^[0-9]{1,3}([ '’][0-9]{3})+$`)

// withComma is a number as much of the world writes it.
var withComma = regexp.MustCompile(`^[+-]?[0-9]{1,6},[0-9]{1,12}$`)
