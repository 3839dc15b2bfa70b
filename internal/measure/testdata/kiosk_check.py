# Figures of the kiosk demo worked out by another program, from
# surveys/kiosk/responses/2019.csv: python3 kiosk_check.py > kiosk_check.json
# Python 3 standard library only; nothing of this project is used. The columns
# are found by the numbers and the endings of their Korean headings.
import csv, json, math, os, random, re

here = os.path.dirname(os.path.abspath(__file__))
table = list(csv.reader(open(os.path.join(here, "../../../surveys/kiosk/responses/2019.csv"), encoding="cp949")))
head, rows = [h.strip() for h in table[0]], table[1:]
NAMES = ["intent", "processing", "information", "screen", "fun", "pleasant", "alone", "choice", "anytime", "wait", "total_time", "price",
         "payment", "enough_time", "languages", "back", "simple", "ease", "shield", "leak", "misuse", "looks", "touch", "voice"]
DIMENSIONS = ["usefulness", "enjoyment", "control", "saving", "fit", "convenience", "security", "tangibles"]


def column(i):
    return [float(r[i]) if r[i] != "" else None for r in rows]


data = {}
for i, h in enumerate(head):
    m = re.match(r"(\d+)-\d\.", h)
    if not m or not 1 <= int(m[1]) <= 24 or "느낌이" in h:
        continue
    kind = "e" if "(기대 설문)" in h else "p" if "(인지 설문)" in h else "i" if "중요하다고 생각" in h else "s"
    data[kind, NAMES[int(m[1]) - 1]] = column(i)
assert len(data) == 96
satisfied = column([i for i, h in enumerate(head) if h.startswith("1. 키오스크를 통해 원하는")][0])
recommend = column([i for i, h in enumerate(head) if h.startswith("4. 키오스크를 통한")][0])


def both(x, y):
    return [(a, b) for a, b in zip(x, y) if a is not None and b is not None]


def mean(x):
    x = [v for v in x if v is not None]
    return sum(x) / len(x)


def sd(x):
    return math.sqrt(sum((v - mean(x)) ** 2 for v in x) / (len(x) - 1))


def pearson(x, y):
    p = both(x, y)
    mx, my = mean([a for a, _ in p]), mean([b for _, b in p])
    return sum((a - mx) * (b - my) for a, b in p) / math.sqrt(sum((a - mx) ** 2 for a, _ in p) * sum((b - my) ** 2 for _, b in p))


def ranks(x):
    return [sum(1 for o in x if o < v) + (sum(1 for o in x if o == v) + 1) / 2 for v in x]


def spearman(x, y):
    p = both(x, y)
    return pearson(ranks([a for a, _ in p]), ranks([b for _, b in p]))


def item(name):
    g = [p - e for p, e in both(data["p", name], data["e", name])]
    return {"n": len(g), "gap": mean(g), "se": sd(g) / math.sqrt(len(g)), "perceived": mean([p for p, _ in both(data["p", name], data["e", name])]),
            "t": mean(g) / (sd(g) / math.sqrt(len(g))), "exceed": sum(v > 0 for v in g), "meet": sum(v == 0 for v in g), "below": sum(-2 < v < 0 for v in g), "far_below": sum(v <= -2 for v in g)}


def dimension(k):
    names = NAMES[3 * k:3 * k + 3]
    per = []
    for r in range(len(rows)):
        g = [data["p", n][r] - data["e", n][r] for n in names if data["p", n][r] is not None and data["e", n][r] is not None]
        per.append(sum(g) / len(g) if g else None)
    g = [v for v in per if v is not None]
    full = [[data["p", n][r] - data["e", n][r] for n in names] for r in range(len(rows)) if per[r] is not None]
    var = lambda x: sd(x) ** 2
    alpha = 3 / 2 * (1 - sum(var([f[j] for f in full]) for j in range(3)) / var([sum(f) for f in full]))
    return per, {"n": len(g), "gap": mean(g), "se": sd(g) / math.sqrt(len(g)), "alpha": alpha}


def outcome(per):
    count = {}
    for r in range(len(rows)):
        g = [d[r] for d in per if d[r] is not None]
        if g and recommend[r] is not None:
            m = sum(g) / len(g)
            w = math.copysign(math.floor(abs(m) + .5 + 1e-9), m)
            key = ("exceed" if w > 0 else "meet" if w == 0 else "far_below" if w <= -2 else "below", recommend[r])
            count[key] = count.get(key, 0) + 1
    a, b = sorted({k[0] for k in count}), sorted({k[1] for k in count})
    n, row, col = sum(count.values()), {x: sum(count.get((x, y), 0) for y in b) for x in a}, {y: sum(count.get((x, y), 0) for x in a) for y in b}
    return {"n": n, "chi_squared": sum((count.get((x, y), 0) - row[x] * col[y] / n) ** 2 / (row[x] * col[y] / n) for x in a for y in b), "df": (len(a) - 1) * (len(b) - 1)}


def matrix(index):
    """Importance, performance, lines and the diagonal priority over the given rows."""
    pick = lambda x: [x[i] for i in index]
    I, P = [mean(pick(data["i", n])) for n in NAMES], [mean(pick(data["s", n])) for n in NAMES]
    mm = lambda x: [(v - min(x)) / (max(x) - min(x)) for v in x]
    return I, P, mean(I), mean(P), [a - b for a, b in zip(mm(I), mm(P))]


def quadrant(i, p, ti, tp):
    return ("keep_up" if p >= tp else "concentrate") if i >= ti else ("overkill" if p >= tp else "low_priority")


answered = [r for r in range(len(rows)) if data["s", "intent"][r] is not None]
I, P, ti, tp, priority = matrix(answered)
random.seed(4)
draws = [matrix([random.choice(answered) for _ in answered]) for _ in range(4000)]
type7 = lambda x, p: (lambda s, h: s[int(h)] + (h - int(h)) * (s[min(int(h) + 1, len(s) - 1)] - s[int(h)]))(sorted(x), p * (len(x) - 1))
status = {}
for k, n in enumerate(NAMES):
    status[n] = {"importance": I[k], "performance": P[k], "priority": priority[k], "quadrant": quadrant(I[k], P[k], ti, tp), "derived": pearson(data["s", n], satisfied),
                 "spearman": spearman(data["s", n], satisfied), "low": type7([d[4][k] for d in draws], .025), "high": type7([d[4][k] for d in draws], .975),
                 "low_from_line": type7([d[1][k] - d[3] for d in draws], .025), "high_from_line": type7([d[1][k] - d[3] for d in draws], .975)}
per, dims = zip(*[dimension(k) for k in range(8)])
print(json.dumps({"items": {n: item(n) for n in NAMES}, "dimensions": dict(zip(DIMENSIONS, dims)), "gap": mean([d["gap"] for d in dims]), "recommend": outcome(per),
                  "threshold_importance": ti, "threshold_performance": tp, "status": status}, indent=1))
