package survey

import (
	"fmt"
	"reflect"
	"testing"
)

// compared is a max_diff of n items in tasks of perTask, with as many tasks as the reader gives it.
func compared(n, perTask int) *Question {
	q := &Question{ID: "best", Type: MaxDiff, PerTask: perTask, Tasks: evenTasks(n, perTask, (usualTimes*n+perTask-1)/perTask)}
	for i := range n {
		q.Items = append(q.Items, Row{ID: fmt.Sprint("i", i)})
	}
	return q
}

func TestMaxDiffShowsItemsEquallyOftenAndPairsEvenly(t *testing.T) {
	// Each spread is the least there is. 7 of 3 is the plane of order 2, 13 of 4 that of order 3. For 8 of 4 in 6 tasks
	// none of the 45·256 choices of one of two complementary triples of tasks an item, two pairs left out, shows each task
	// 4 times, so some pair never meets; 15 of 5 in 9 tasks would need 15 triples of 9 points that share no pair, and 12 is the most.
	for _, size := range []struct{ n, perTask, spread int }{
		{4, 3, 0}, {5, 4, 0}, {6, 3, 1}, {7, 3, 0}, {8, 4, 2}, {9, 3, 1}, {10, 4, 1}, {10, 5, 1}, {12, 4, 1}, {13, 4, 0}, {15, 5, 2}, {16, 4, 1}, {20, 5, 1}, {30, 5, 1},
	} {
		q := compared(size.n, size.perTask)
		sets := q.Design()
		if len(sets) != q.Tasks {
			t.Fatalf("%d of %d: %d tasks, want %d", size.perTask, size.n, len(sets), q.Tasks)
		}
		shown, pairs := map[string]int{}, map[[2]string]int{}
		for _, set := range sets {
			in := map[string]bool{}
			for _, item := range set {
				shown[item]++
				in[item] = true
				for _, other := range set {
					pairs[[2]string{item, other}]++
				}
			}
			if len(set) != size.perTask || len(in) != size.perTask {
				t.Errorf("a task of %v, want %d different items", set, size.perTask)
			}
		}
		low, high := 1<<30, 0
		for i, a := range q.Items {
			if want := q.Tasks * size.perTask / size.n; shown[a.ID] != want {
				t.Errorf("%d of %d: item %s is shown %d times, want %d", size.perTask, size.n, a.ID, shown[a.ID], want)
			}
			for _, b := range q.Items[:i] {
				low, high = min(low, pairs[[2]string{a.ID, b.ID}]), max(high, pairs[[2]string{a.ID, b.ID}])
			}
		}
		t.Logf("%2d items, %d a task, %2d tasks: pairs together %d to %d times", size.n, size.perTask, q.Tasks, low, high)
		if high-low > size.spread {
			t.Errorf("%d of %d: pairs are together %d to %d times, want a difference of at most %d", size.perTask, size.n, low, high, size.spread)
		}
	}
}

func TestMaxDiffDesignDependsOnTheDefinitionAlone(t *testing.T) {
	a, b := compared(8, 4), compared(8, 4)
	if !reflect.DeepEqual(a.Design(), b.Design()) {
		t.Error("the same question gives two designs")
	}
	b.ID = "other"
	if reflect.DeepEqual(a.Design(), b.Design()) {
		t.Error("two questions with the same items share the order of a design")
	}
	for _, q := range []*Question{{Type: MaxDiff}, {Type: MaxDiff, Tasks: 3, PerTask: 4, Items: make([]Row, 3)}, compared(8, 4)} {
		q.Tasks--
		if q.Design() != nil {
			t.Errorf("a design of %d tasks of %d of %d items", q.Tasks, q.PerTask, len(q.Items))
		}
	}
}
