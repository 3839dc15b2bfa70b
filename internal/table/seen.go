package table

// seen is the set of response ids so far, by wave: members of a panel keep
// their id from wave to wave. It is a hash table of places of rows, open
// addressing and at most half full; the hashes of the ids stay in the parts.
type seen struct {
	parts  []*part
	places []uint64 // file<<32 | row+1, 0 where free; a power of two
}

func newSeen(parts []*part) *seen {
	rows := 0
	for _, p := range parts {
		rows += len(p.idents)
	}
	size := 1
	for size < 2*rows {
		size *= 2
	}
	return &seen{parts, make([]uint64, size)}
}

// add enters the id of a row. Where the wave has the id already, it returns
// the row that had it first.
func (s *seen) add(file, row, wave int) (first *part, at int, again bool) {
	p := s.parts[file]
	if row >= len(p.idents) || p.idents[row].id == [2]uint64{} {
		return nil, 0, false
	}
	id := &p.idents[row].id
	id[0] += uint64(wave) * 0x9E3779B97F4A7C15 // the wave is part of the key
	for i := id[0] & uint64(len(s.places)-1); ; i = (i + 1) & uint64(len(s.places)-1) {
		place := s.places[i]
		if place == 0 {
			s.places[i] = uint64(file)<<32 | uint64(row+1)
			return nil, 0, false
		}
		first, at = s.parts[place>>32], int(place&0xFFFF_FFFF)-1
		if first.idents[at].id == *id {
			return first, at, true
		}
	}
}
