package table

import "testing"

func TestRowsOfAnUnknownVersionAreReadByIDAndCountedApart(t *testing.T) {
	schema := cafe()
	schema.Version = 3
	for name, rows := range map[string]Source{
		"CSV":   file("a.csv", "_id,_version,_build,_wave,osat\n1,1,aa,2025,5\n2,3,aa,2025,4\n3,4,bb,2026,3\n4,three,bb,2026,2\n5,,bb,2026,1\n6,0,cc,2026,1\n6,0,cc,2026,1\n"),
		"JSONL": file("a.jsonl", `{"_id":"1","_version":1,"_build":"aa","_wave":"2025","osat":5}`+"\n"+`{"_id":"2","_version":3,"_wave":"2025","osat":4}`+"\n"+`{"_id":"3","_version":"4","_wave":"2026","osat":3}`+"\n"+`{"_id":"4","_version":"three","_wave":"2026","osat":2}`+"\n"+`{"_id":"5","_version":null,"_wave":"2026","osat":1}`+"\n"+`{"_id":"6","_version":0,"_wave":"2026","osat":1}`+"\n"+`{"_id":"6","_version":0,"_wave":"2026","osat":1}`+"\n"),
	} {
		a, problems := read(t, schema, Options{}, rows)
		same(t, name, words(problems), "")
		same(t, name+": unknown columns", len(a.Unknown), 0)
		same(t, name+": 2025", a.Waves[0].Count.OtherVersion, 0)
		same(t, name+": 2026", a.Waves[1].Count.OtherVersion, 3)
		same(t, name+": all", a.Count.OtherVersion, 3)
		same(t, name+": counted", a.Count.Counted, 6)
	}
	a, _ := read(t, cafe(), Options{}, file("a.csv", "_version,osat\n9,5\n"))
	same(t, "without a version of the definition", a.Count.OtherVersion, 0)
}
