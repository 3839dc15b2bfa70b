# Figures of gaps and of the status matrix worked out by another program, from
# internal/stat/testdata/satisfaction/data.csv: python3 gap_check.py > gap_check.json
# Python 3 standard library only; nothing of this project is used.
import csv, json, math, os

here = os.path.dirname(os.path.abspath(__file__))
rows = list(csv.DictReader(open(os.path.join(here, "../../stat/testdata/satisfaction/data.csv"))))
num = lambda r, c: float(r[c]) if r[c] != "" else None
dims = {"quality": [1, 2, 3], "value": [4, 5, 6], "staff": [7, 8, 9], "process": [10]}
points = {"quality": 40, "value": 30, "staff": 20, "process": 10}


def dim_gap(r, items):
    g = [num(r, f"q{i}") - num(r, f"e{i}") for i in items if num(r, f"q{i}") is not None and num(r, f"e{i}") is not None]
    return sum(g) / len(g) if g else None


def whole(weight):
    """Mean of dimension means, by omega; SE from the influence of every respondent."""
    out = {}
    d = {k: [(weight(r), dim_gap(r, items)) for r in rows] for k, items in dims.items()}
    total = {k: sum(w for w, g in v if g is not None) for k, v in d.items()}
    mean = {k: sum(w * g for w, g in v if g is not None) / total[k] for k, v in d.items()}
    n = sum(1 for i in range(len(rows)) if any(d[k][i][1] is not None for k in dims))
    for name, omega in (("equal", {k: 1 / 4 for k in dims}), ("points", {k: points[k] / 100 for k in dims})):
        s = 0.0
        for i in range(len(rows)):
            u = sum(omega[k] * d[k][i][0] * (d[k][i][1] - mean[k]) / total[k] for k in dims if d[k][i][1] is not None)
            s += u * u
        out[name] = {"gap": sum(omega[k] * mean[k] for k in dims), "se": math.sqrt(n / (n - 1) * s), "n": n}
    out["dimensions"] = mean
    return out


def alpha(columns):
    full = [c for c in zip(*columns) if None not in c]
    var = lambda x: sum((v - sum(x) / len(x)) ** 2 for v in x) / (len(x) - 1)
    k = len(columns)
    return {"n": len(full), "alpha": k / (k - 1) * (1 - sum(var([f[j] for f in full]) for j in range(k)) / var([sum(f) for f in full]))}


def reliability(items):
    both = [[(num(r, f"q{i}"), num(r, f"e{i}")) for r in rows] for i in items]
    cols = lambda f: [[f(p, e) if p is not None and e is not None else None for p, e in b] for b in both]
    return {"perceived": alpha(cols(lambda p, e: p)), "expected": alpha(cols(lambda p, e: e)), "gap": alpha(cols(lambda p, e: p - e))}


def bands(values, far=2):
    r = lambda g: math.copysign(math.floor(abs(g) + 0.5 + 1e-9), g)  # thirds do not add up to halves in binary
    names = ["exceed" if r(g) > 0 else "meet" if r(g) == 0 else "far_below" if r(g) <= -far else "below" for g in values]
    return {k: names.count(k) for k in ("exceed", "meet", "below", "far_below")}, names


def outcome():
    pairs = []
    for r in rows:
        g = [x for x in (dim_gap(r, items) for items in dims.values()) if x is not None]
        if g:
            pairs.append((bands([sum(g) / len(g)])[1][0], r["repurchase"]))
    table = {c: {o: sum(1 for p in pairs if p == (c, o)) for o in ("unlikely", "possible", "very_likely")} for c in ("exceed", "meet", "below", "far_below")}
    n = len(pairs)
    row = {c: sum(t.values()) for c, t in table.items()}
    col = {o: sum(table[c][o] for c in table) for o in ("unlikely", "possible", "very_likely")}
    chi = sum((table[c][o] - row[c] * col[o] / n) ** 2 / (row[c] * col[o] / n) for c in table for o in col if row[c])
    return {"n": n, "table": table, "chi_squared": chi, "df": (sum(1 for c in row.values() if c) - 1) * 2}


one, weighted = (lambda r: 1.0), (lambda r: float(r["weight"]))
print(json.dumps({
    "plain": whole(one), "weighted": whole(weighted),
    "alpha": {k: reliability(v) for k, v in dims.items() if len(v) > 1},
    "bands": {k: bands([g for g in (dim_gap(r, v) for r in rows) if g is not None])[0] for k, v in dims.items()},
    "q1_bands": bands([num(r, "q1") - num(r, "e1") for r in rows if num(r, "q1") is not None and num(r, "e1") is not None])[0],
    "repurchase": outcome(),
}, indent=1))
