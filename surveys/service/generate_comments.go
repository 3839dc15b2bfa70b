//go:build ignore

package main

import (
	"bufio"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"strings"
)

// remarks are what respondents write, by aspect, where they are pleased and
// where they are not.
var remarks = map[string][2][]string{
	"punctual": {{"师傅按约定时间到，很准时", "上门很准时，没有耽误上班"}, {"约好上午来，等到下午才到", "上门迟到两个小时，也没有电话", "等了三天才排到人"}},
	"parts":    {{"配件当天就换好了", "零件有现货，省了一趟"}, {"配件要等一周", "没有配件，只能再约", "等零件等了十几天", "缺货，换个门封也要订"}},
	"fixed":    {{"一次就修好了", "毛病找得准，当场修好"}, {"修过两次还是老毛病", "返修三回，没有彻底解决", "没修好，过几天又坏了"}},
	"manner":   {{"师傅态度好，有礼貌", "服务态度很好，进门穿鞋套", "人很耐心"}, {"态度冷淡，问多了不耐烦", "说话很不客气"}},
	"charge":   {{"收费清楚，有单据", "价格公道"}, {"收费太贵，不如换新", "价格事先不说，修完才报价", "上门费加材料费，收费不透明"}},
	"booking":  {{"报修方便，小程序上几分钟就约好", "客服电话一打就通"}, {"客服电话一直占线，报修要打好几次", "预约改了两次时间"}},
	"skill":    {{"技术过硬，很专业", "师傅懂行，讲得明白"}, {"师傅不熟悉这款机器，边查边修", "不专业，还要打电话问人"}},
}

// idle are remarks that are about nothing in particular, nothing those that say so.
var (
	idle    = []string{"总体还可以", "继续努力", "和以前差不多", "希望越来越好", "用了很多年的老牌子"}
	nothing = []string{"无", "没有", "暂无", "没意见"}
)

// remark is the comment of a respondent with these marks; most write none.
func remark(random *rand.Rand, marks []string, overall float64) string {
	chance := .5
	if overall < 3 || overall > 4.6 {
		chance = .75
	}
	if random.Float64() > chance {
		return ""
	}
	if random.Float64() < .07 {
		return nothing[random.IntN(len(nothing))]
	}
	var said []string
	for i, a := range aspects {
		about, ok := remarks[a.id]
		praise := .1 // people are praised more than parts and prices
		if a.id == "manner" || a.id == "skill" || a.id == "booking" {
			praise = .35
		}
		switch {
		case !ok:
		case (marks[i] == "1" || marks[i] == "2") && random.Float64() < .62:
			said = append(said, about[1][random.IntN(len(about[1]))])
		case marks[i] == "5" && random.Float64() < praise:
			said = append(said, about[0][random.IntN(len(about[0]))])
		}
	}
	if len(said) == 0 || random.Float64() < .08 {
		said = append(said, idle[random.IntN(len(idle))])
	}
	random.Shuffle(len(said), func(i, j int) { said[i], said[j] = said[j], said[i] })
	return strings.Join(said[:min(len(said), 3)], "；") + "。"
}

// byHand are the words by which a person would code a comment, aspect by
// aspect; now and then the person sees it otherwise.
var byHand = []struct{ topic, aspect string }{
	{"punctual", "punctual"}, {"parts", "parts"}, {"repair", "fixed"}, {"manner", "manner"}, {"charge", "charge"}, {"booking", "booking"}, {"skill", "skill"},
}

// writeTopics codes one in three comments of the last wave by hand.
func writeTopics(rows [][]string) {
	random := rand.New(rand.NewPCG(20261124, 0))
	f, err := os.Create("topics.csv")
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "_id,topics")
	for _, row := range rows {
		text := row[len(row)-1]
		if len(text) < 20 || random.IntN(3) > 0 {
			continue
		}
		var topics []string
		for _, h := range byHand {
			about := false
			for _, list := range remarks[h.aspect] {
				for _, s := range list {
					about = about || strings.Contains(text, s)
				}
			}
			if about != (random.Float64() < .04) {
				topics = append(topics, h.topic)
			}
		}
		fmt.Fprintln(w, row[0]+","+strings.Join(topics, ";"))
	}
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}
