package check

import "fmt"

// pastForecast reports forecasts whose time has passed.
func pastForecast(d *docCheck) error {
	d.reportForecasts(false, "say what came of it, and when")
	return nil
}

// quotedForecast reports those in quotations, which nobody may change.
func quotedForecast(d *docCheck) error {
	d.reportForecasts(true, "leave the quotation as it is, and say beside it what came of it")
	return nil
}

// reportForecasts leaves out the texts of events: what somebody forecast there is reported
// with its date, as what happened.
func (d *docCheck) reportForecasts(quoted bool, hint string) {
	message := "“%s” ended on %s, and this still says what is to come"
	if quoted {
		message = "“%s” in a quotation ended on %s"
	}
	d.eachReading(func(t *text, b *block) {
		if !b.foretold {
			b.forecasts, b.foretold = b.reading.Forecasts(d.asOf(t)), true
		}
		for _, f := range b.forecasts {
			if f.Quoted == quoted && !f.Over.After(d.site.Now) {
				d.reportWords(t, b, f.Start, f.End,
					fmt.Sprintf(message, b.Text[f.Start:f.End], d.day(f.Over.Add(-1))), hint)
			}
		}
	}, standfirst, intro, answer, known)
}
