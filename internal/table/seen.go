package table

// seen is the set of response ids so far, by wave: members of a panel keep
// their id from wave to wave. It is a hash table of places of rows, open
// addressing and at most half full; the hashes of the ids stay in the parts.
type seen struct {
	parts  []*part
	places []uint64 // tag, part and row+1 as below, 0 where free; a power of two
	warm   uint64
}

// A place holds, from the top, tagBits of the hash, so that a foreign id
// rarely costs a look into its part, the number of the part and that of the
// row plus one.
const (
	tagBits = 8
	rowBits = 32
)

func newSeen(parts []*part) *seen {
	rows := 0
	for _, p := range parts {
		rows += len(p.idents)
	}
	size := 1
	for size < 2*rows {
		size *= 2
	}
	return &seen{parts: parts, places: make([]uint64, size)}
}

// key makes the wave part of the id of a row; false where it has none.
func (s *seen) key(p *part, row, wave int) (*[2]uint64, bool) {
	if row >= len(p.idents) || p.idents[row].id == [2]uint64{} {
		return nil, false
	}
	id := &p.idents[row].id
	id[0] += uint64(wave) * 0x9E3779B97F4A7C15
	return id, true
}

// prepare loads the places of some rows at once, which takes hardly longer
// than one: added one by one, each would wait for its own.
func (s *seen) prepare(p *part, from, to int) {
	for row := from; row < min(to, len(p.idents)); row++ {
		wave := uint64(p.wave[row])
		s.warm += s.places[(p.idents[row].id[0]+wave*0x9E3779B97F4A7C15)&uint64(len(s.places)-1)]
	}
}

// add enters the id of a row. Where the wave has the id already, it returns
// the row that had it first.
func (s *seen) add(file, row, wave int) (first *part, at int, again bool) {
	id, ok := s.key(s.parts[file], row, wave)
	if !ok {
		return nil, 0, false
	}
	tag := id[1] >> (64 - tagBits) << (64 - tagBits)
	for i := id[0] & uint64(len(s.places)-1); ; i = (i + 1) & uint64(len(s.places)-1) {
		place := s.places[i]
		if place == 0 {
			s.places[i] = tag | uint64(file)<<rowBits | uint64(row+1)
			return nil, 0, false
		}
		if place>>(64-tagBits) != tag>>(64-tagBits) {
			continue
		}
		first, at = s.parts[place<<tagBits>>(tagBits+rowBits)], int(place&(1<<rowBits-1))-1
		if first.idents[at].id == *id {
			return first, at, true
		}
	}
}
