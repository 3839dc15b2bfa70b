package importer_test

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"manyi/internal/importer"
	"manyi/internal/table"
)

// BenchmarkImport reads rows of 40 columns as 问卷星 writes them, in two passes.
func BenchmarkImport(b *testing.B) {
	for _, rows := range []int{1_000, 20_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			body := manyRows(rows)
			root := workspace(b)
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				bring(b, root, table.Source{Name: "wjx.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(body)), nil }}, importer.Options{})
				os.RemoveAll(root.Name() + "/surveys")
			}
		})
	}
}

func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("序号,提交答卷时间,所用时间,来源,来源详情,来自IP")
	for i := range 34 {
		fmt.Fprintf(&b, ",%d、总的来说，您有多满意？", i+1)
	}
	b.WriteByte('\n')
	labels := []string{"很满意", "满意", "一般", "不满意", "很不满意", "(空)"}
	for r := range n {
		fmt.Fprintf(&b, "%d,2026/9/%d 12:%02d:00,%d秒,微信,N/A,1.2.3.4(北京-北京)", r+1, r%28+1, r%60, r%300)
		for i := range 34 {
			b.WriteByte(',')
			b.WriteString(labels[(r*7+i*i)%6])
		}
		b.WriteByte('\n')
	}
	return b.String()
}
