package personal

import (
	"slices"
	"testing"
)

func TestPersonalDataIsFound(t *testing.T) {
	for line, want := range map[string][]Kind{
		"call 13800138000":                      {Mobile},
		"call +86 138-0013-8000":                {Mobile},
		"１３８００１３８０００":                           {Mobile},
		"user＠example．com":                      {Mail},
		"a.b@example.com":                       {Mail},
		"11010519491231002X":                    {Identity}, // the sample of GB 11643-1999
		"110105194912310021":                    nil,        // wrong check digit
		"4111 1111 1111 1111":                   {Card},
		"4111 1111 1111 1112":                   nil,
		"微信号：abc_12345":                         {Chat},
		"QQ: 12345678":                          {Chat},
		"AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQ": {Key},
		"-----BEGIN OPENSSH PRIVATE KEY-----":   {Key},
		"order 20261122-0001":                   nil,
		"2026-11-22T08:00:00Z,5,4,98":           nil,
		"score 4.5 @ noon":                      nil,
		"r_1380013800,5":                        nil,
		"等了很久，才 13 分钟":                          nil,
	} {
		if got := Find(line); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", line, got, want)
		}
	}
}
