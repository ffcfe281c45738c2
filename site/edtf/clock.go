package edtf

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// clock reads hh:mm, hh:mm:ss and a zone.
func (p *part) clock(s string, at int) *Error {
	bad := func() *Error {
		if !p.guessed {
			if err := shapeError(p.s); Guessed(err) {
				return err
			}
		}
		return p.fail(at, len(s), fmt.Sprintf("“%s” is no time of day", s), "write 20:00, 20:00Z or 20:00+03:00")
	}
	wall, zone := s, ""
	if i := strings.IndexAny(s, "Z+-"); i >= 0 {
		wall, zone = s[:i], s[i:]
	}
	var v [3]int
	fields := strings.Split(wall, ":")
	if len(fields) < 2 || len(fields) > 3 || p.flags != 0 {
		return bad()
	}
	for i, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil || len(f) != 2 || n < 0 {
			return bad()
		}
		v[i] = n
	}
	if v[0] > 23 || v[1] > 59 || v[2] > 60 || v[2] == 60 && v[1] != 59 {
		return bad()
	}
	seconds := p.lo + int64(v[0]*3600+v[1]*60+v[2])
	offset, ok := zoneOffset(zone)
	if zone == "" {
		if offset, ok = localOffset(seconds, p.loc); !ok {
			message := "there was no %s on that day in the time zone %s: its clocks went forward over it"
			return p.fail(at, len(s), fmt.Sprintf(message, s, p.loc),
				"write the time that they showed, or the zone behind it: "+s+"Z, "+s+"+03:00")
		}
	}
	if !ok {
		return bad()
	}
	p.lo, p.hi, p.prec = seconds-offset, seconds-offset, Second
	if len(fields) == 2 {
		p.hi += 59
		p.prec = Minute
	}
	return nil
}

// localOffset returns the seconds that a zone is ahead of UTC when its clocks show
// wall: for the first time, if they do so twice. It is !ok where they never do;
// then it is what held until they went forward.
func localOffset(wall int64, loc *time.Location) (offset int64, ok bool) {
	if loc == time.UTC {
		return 0, true
	}
	at := func(unix int64) int64 {
		_, offset := time.Unix(unix, 0).In(loc).Zone()
		return int64(offset)
	}
	before, after := at(wall-36*3600), at(wall+36*3600)
	for _, offset := range []int64{before, after, at(wall - before)} {
		if at(wall-offset) == offset {
			return offset, true
		}
	}
	return before, false
}

// zoneOffset returns the seconds that a zone as a time names it is ahead of UTC.
func zoneOffset(zone string) (int64, bool) {
	if zone == "" || zone == "Z" {
		return 0, zone == "Z"
	}
	h, m, ok := strings.Cut(zone[1:], ":")
	hh, err1 := strconv.Atoi(h)
	mm, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || len(h) != 2 || len(m) != 2 || hh > 14 || mm > 59 {
		return 0, false
	}
	off := int64(hh*3600 + mm*60)
	if zone[0] == '-' {
		off = -off
	}
	return off, true
}
