# Two sides judge the same six items: managers (m) and customers (c), 1-7, some answers missing.
# Writes responses.csv and expected.json, which TestViewsEqualR holds method gap with view against.
set.seed(100)
n <- c(m = 34, c = 121)
role <- rep(names(n), n)
item <- function(m, c) {
  x <- round(rnorm(sum(n), ifelse(role == "m", m, c), 1.3))
  x[runif(sum(n)) < .05] <- NA
  pmin(pmax(x, 1), 7)
}
e <- cbind(e1 = item(6.2, 5.1), e2 = item(5.1, 6.1), e3 = item(4.2, 4.4), e4 = item(5.6, 5.6), e5 = item(3.6, 5.3), e6 = item(4.9, 3.4))
p <- cbind(p1 = item(5.6, 4.4), p2 = item(5.0, 3.6), p3 = item(4.8, 4.7), p4 = item(5.3, 5.4), p5 = item(5.2, 3.9), p6 = item(4.1, 4.2))
write.csv(cbind(data.frame(role), e, p), "responses.csv", row.names = FALSE, na = "", quote = FALSE)
half <- is.na(e) | is.na(p) # a pair counts where both of its answers are there
e[half] <- NA; p[half] <- NA
side <- function(x) {
  m <- colMeans(x[role == "m", ], na.rm = TRUE); c <- colMeans(x[role == "c", ], na.rm = TRUE)
  t <- lapply(seq_len(ncol(x)), function(k) t.test(x[role == "m", k], x[role == "c", k]))
  ps <- sapply(t, function(t) t$p.value)
  list(spearman = cor(m, c, method = "spearman"), internal = unname(m), external = unname(c),
    rank_internal = unname(rank(-m)), rank_external = unname(rank(-c)), difference = unname(m - c),
    low = sapply(t, function(t) t$conf.int[1]), high = sapply(t, function(t) t$conf.int[2]), p = ps, holm = p.adjust(ps, "holm"))
}
num <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
one <- function(l) paste0("{", paste(sprintf("\"%s\": %s", names(l), sapply(l, num)), collapse = ", "), "}")
cat(sprintf("{\"expected\": %s,\n \"perceived\": %s}\n", one(side(e)), one(side(p))), file = "expected.json")
