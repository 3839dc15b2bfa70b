# Tail probabilities and quantiles of the normal, t, F and chi-squared
# distributions to 50 digits. Run in this folder: python3 make.py
# Made with Python 3 and mpmath 1.3.0. The t and F tails are regularised
# incomplete beta functions, the chi-squared tail is the upper regularised
# incomplete gamma function (NIST DLMF 8.17, 8.2.4).
import json
from mpmath import mp, mpf, gammainc, erfc, sqrt, findroot, loggamma, exp, log, inf

mp.dps = 50


def ibeta(a, b, x):
    """The regularised incomplete beta function I_x(a, b)."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    front = exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a) - loggamma(b)) / a
    # sum of the series x^a (1-x)^b / (a B) * sum (a+b)_n / (a+1)_n x^n: all terms positive (DLMF 8.17.8)
    term = total = mpf(1)
    n = 0
    while term > total * mpf(10) ** -45:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
        if n > 4000000:
            raise ValueError((a, b, x))
    return front * total


def tail(a, b, x):
    """ibeta, by the complement near x = 1 where the series is slow, unless digits would be lost."""
    if x > mpf("0.999"):
        p = 1 - ibeta(b, a, 1 - x)
        if p > mpf(10) ** -20:
            return p
    return ibeta(a, b, x)


def t_tail(t, df):
    t, df = mpf(t), mpf(df)
    return tail(df / 2, mpf(1) / 2, df / (df + t * t))


def f_tail(f, d1, d2):
    f, d1, d2 = mpf(f), mpf(d1), mpf(d2)
    return tail(d2 / 2, d1 / 2, d2 / (d2 + d1 * f))


def t_quantile(df):
    return findroot(lambda t: t_tail(t, df) - mpf("0.05"), mpf("1.96") + mpf("2.4") / df + (9 if df == 1 else 0), tol=mpf(10) ** -60, verify=False)


num = lambda v: float(mp.nstr(v, 20))
out = {
    "about": "two-sided normal and t tails, upper F and chi-squared tails, t quantile at .975; mpmath, see make.py",
    "normal": [{"z": z, "p": num(erfc(mpf(z) / sqrt(mpf(2))))} for z in (0.0, 0.001, 0.5, 1.96, 3.0, 6.0, 10.0, 20.0, 37.0)],
    "t": [{"t": t, "df": df, "p": num(t_tail(t, df))} for df in (1.0, 1.37, 2.0, 3.0, 5.5, 10.0, 30.0, 100.0, 310.6386944938451, 999.0, 9999.0, 99999.0, 999999.0) for t in (1e-9, 1e-4, 0.1, 1.0, 2.0, 3.5, 8.0, 20.0, 35.0)],
    "f": [{"f": f, "df1": a, "df2": b, "p": num(f_tail(f, a, b))} for a in (1.0, 2.0, 3.0, 11.0, 40.0) for b in (1.5, 4.0, 30.0, 302.6390137163547, 5000.0, 999999.0) for f in (1e-6, 0.1, 0.9, 1.0, 1.1, 3.0, 20.0, 150.0)],
    "chi_squared": [{"x": x, "df": k, "p": num(gammainc(mpf(k) / 2, mpf(x) / 2, inf, regularized=True))} for k in (1, 2, 3, 6, 20, 66, 400) for x in (1e-6, 0.5, 3.0, 6.0, 20.0, 70.0, 400.0, 1200.0)],
    "t_quantile": [{"df": df, "t": num(t_quantile(df))} for df in (1.0, 1.37, 2.0, 3.0, 4.0, 10.0, 29.0, 99.0, 235.8140055896749, 999.0, 99999.0, 999999.0)],
}
rows = lambda v: "[\n" + ",\n".join("  " + json.dumps(r) for r in v) + "\n ]" if isinstance(v, list) else json.dumps(v)
with open("expected.json", "w") as f:
    f.write("{\n" + ",\n".join(f' "{k}": {rows(v)}' for k, v in out.items()) + "\n}\n")
