package prose

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/lang"
)

// TestForecasts holds what is said to come, and when its time is over, in texts
// of 25 March 2024.
func TestForecasts(t *testing.T) {
	asOf := time.Date(2024, 3, 25, 0, 0, 0, 0, time.UTC)
	w := New(lang.For("en"))
	for src, want := range map[string][]string{
		"The council will vote on 21 April.":                       {"21 April 2024-04-22"},
		"The council will vote on April 21, 2025 at the latest.":   {"April 21, 2025 2025-04-22"},
		"The gate is due to open in May 2024.":                     {"May 2024 2024-06-01"},
		"The next one is expected on 2 March.":                     {"2 March 2025-03-03"},
		"He said it could fail “in as little as six months”.":      {"in as little as six months 2024-09-26"},
		"The port would close within two weeks, the mayor warned.": {"within two weeks 2024-04-09"},
		"“We will open on 21 April,” she said.":                    {"21 April 2024-04-22 quoted"},
		"We set a meeting for 4 December.":                         nil,
		"The meeting is set for 4 December.":                       {"4 December 2024-12-05"},
		"She planned a meeting for 4 December.":                    nil,
		"The council voted on 21 April 2023, and will vote again.": nil,
		"The gate will stay as it was on 3 May 2021.":              nil,
		"The gate was built within 3 years.":                       nil,
		"Within two months they will have a gate.":                 nil,
		"You can learn a lot in a week.":                           nil,
		"Will it open on 21 April?":                                nil,
		"The council voted on 3 April.":                            nil,
		"The gate will close, which it did on 21 April.":           nil,
		"May was warm, and the gate will open.":                    nil,
		"The gate will cost 21 million.":                           nil,
	} {
		f := render(src, false)
		b := new(Reader).Passages(&f)[0]
		var got []string
		for _, f := range w.Read(b).Forecasts(asOf) {
			said := ""
			if f.Quoted {
				said = " quoted"
			}
			got = append(got, b.Text[f.Start:f.End]+" "+f.Over.Format(time.DateOnly)+said)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", src, d)
		}
	}
}
