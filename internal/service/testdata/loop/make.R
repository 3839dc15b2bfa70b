# Answers of three waves, complaints, units, and the effects that base R finds in
# them. Run here: Rscript make.R
set.seed(20261122)
dealers <- c("north", "south", "east", "west", "lake", "hill")
items <- c("booking", "speed", "skill", "manner", "price")
base <- list(`2024` = c(3.7, 3.0, 4.0, 3.4, 3.3), `2025` = c(3.7, 3.05, 4.0, 3.4, 3.3), `2026` = c(3.75, 3.45, 4.0, 3.85, 2.8))
lift <- c(north = .25, south = .1, east = -.15, west = -.5, lake = 0, hill = 0)
cut5 <- function(v) pmin(5, pmax(1, round(v)))
data <- list()
for (wave in names(base)) {
  n <- c(70, 60, 55, 48, 3, 4)
  d <- rep(dealers, n)
  N <- length(d)
  mood <- rnorm(N, 0, .6)
  shift <- lift[d] + if (wave == "2026") ifelse(d == "west", .35, 0) else 0
  x <- sapply(seq_along(items), function(i) cut5(base[[wave]][i] + shift + mood + rnorm(N, 0, .8)))
  osat <- cut5(.9 + rowMeans(x) * .5 + x[, 2] * .25 + rnorm(N, 0, .6))
  rec <- pmin(10, pmax(0, round(2.1 * osat + rnorm(N, -.3, 1.4))))
  x[cbind(sample(N, 6), sample(5, 6, TRUE))] <- NA
  f <- data.frame(osat, rec, x, d)
  names(f) <- c("osat", "rec", paste0("aspects_", items), "dealer")
  f <- f[sample(N), ]
  data[[wave]] <- f
  write.csv(f, paste0("surveys/care/responses/", wave, ".csv"), row.names = FALSE, quote = FALSE, na = "")
}
months <- seq(as.Date("2024-01-01"), as.Date("2026-10-01"), by = "month")
rows <- list()
for (m in seq_along(months)) {
  late <- rpois(1, if (months[m] < as.Date("2025-06-01")) 9 else 5)
  cat <- c(rep("late", late), rep("broken", rpois(1, 4)), rep("price", rpois(1, 2)), rep("rude", rpois(1, 1.4)), rep("invoice", rpois(1, .7)))
  if (length(cat)) rows[[m]] <- data.frame(received = as.character(months[m] + sample(0:27, length(cat), TRUE)), category = cat)
}
k <- do.call(rbind, rows)
k <- k[order(k$received), ]
k$id <- sprintf("C%04d", seq_len(nrow(k)))
k$aspect <- ifelse(k$category == "late", "speed", ifelse(k$category == "rude", "manner", ifelse(k$category == "price", "price", "product")))
k$defect <- ifelse(k$category == "late", sample(c("no_show", "over_1h", "rebooked"), nrow(k), TRUE, c(.2, .5, .3)), "")
k$region <- sample(dealers, nrow(k), TRUE, c(.2, .2, .2, .32, .04, .04))
write.csv(k[, c("id", "received", "category", "aspect", "defect", "region")], "surveys/care/ledger/complaints.csv", row.names = FALSE, quote = FALSE)
u <- data.frame(period = format(months, "%Y-%m"), unit = "visit", sold = round(1000 + 250 * sin(seq_along(months) / 3) + 6 * seq_along(months)))
write.csv(u, "surveys/care/ledger/units.csv", row.names = FALSE, quote = FALSE)

# The oracle: after less before.
out <- data.frame()
put <- function(id, before, after, d, ci, p, ratio = NA, rci = c(NA, NA))
  out <<- rbind(out, data.frame(id, before, after, difference = d, low = ci[1], high = ci[2], p, ratio, ratio_low = rci[1], ratio_high = rci[2]))
score <- function(v) (v - 1) / 4 * 100
welch <- function(id, a, b) { t <- t.test(b, a); put(id, mean(a, na.rm = TRUE), mean(b, na.rm = TRUE), mean(b, na.rm = TRUE) - mean(a, na.rm = TRUE), t$conf.int, t$p.value) }
facet <- function(f, cols) rowMeans(score(f[, paste0("aspects_", cols)]), na.rm = TRUE)
index <- function(f) { p <- facet(f, items[1:3]); q <- facet(f, items[4:5]); w <- cbind(.6 * !is.na(p), .4 * !is.na(q)); rowSums(cbind(p, q) * w, na.rm = TRUE) / rowSums(w) }
w <- data
welch("A1", score(w$`2024`$aspects_speed), score(w$`2025`$aspects_speed))
welch("A2", score(w$`2025`$aspects_speed), score(w$`2026`$aspects_speed))
welch("A3", score(w$`2025`$aspects_manner), score(w$`2026`$aspects_manner))
welch("A11", score(w$`2025`$aspects_price), score(w$`2026`$aspects_price))
top <- function(f) c(sum(f$osat >= 4), nrow(f))
a <- top(w$`2025`); b <- top(w$`2026`)
t <- prop.test(c(b[1], a[1]), c(b[2], a[2]), correct = FALSE)
put("A6", a[1] / a[2], b[1] / b[2], b[1] / b[2] - a[1] / a[2], t$conf.int, t$p.value)
west <- function(f) index(f[f$dealer == "west", ])
welch("A7", west(w$`2025`), west(w$`2026`))
# NPS: adjusted Wald of each wave is for one score; the change is z on the plain
# standard errors that stat.NPS gives.
nps <- function(f) { n <- nrow(f); p <- sum(f$rec >= 9) / n; d <- sum(f$rec <= 6) / n; c(100 * (p - d), 100 * sqrt((p + d - (p - d)^2) / n)) }
a <- nps(w$`2024`); b <- nps(w$`2025`); se <- sqrt(a[2]^2 + b[2]^2); d <- b[1] - a[1]
put("A10", a[1], b[1], d, d + c(-1, 1) * qnorm(.975) * se, 2 * pnorm(-abs(d / se)))
# A4: twelve months before May 2025 and twelve from July 2025, per 1,000 units.
count <- function(from, to) sum(k$category == "late" & k$received >= from & k$received < to)
sold <- function(from, to) sum(u$sold[u$period >= from & u$period < to]) / 1000
x <- c(count("2025-07-01", "2026-07-01"), count("2024-05-01", "2025-05-01"))
e <- c(sold("2025-07", "2026-07"), sold("2024-05", "2025-05"))
t <- poisson.test(x, e)
exact <- function(x, t) c(qgamma(.025, x), qgamma(.975, x + 1)) / t
r <- x / e; ia <- exact(x[2], e[2]); ib <- exact(x[1], e[1])
put("A4", r[2], r[1], r[1] - r[2], c(r[1] - r[2] - sqrt((r[1] - ib[1])^2 + (ia[2] - r[2])^2), r[1] - r[2] + sqrt((ib[2] - r[1])^2 + (r[2] - ia[1])^2)), t$p.value, r[1] / r[2], t$conf.int)
for (c in names(out)[-1]) out[[c]] <- format(out[[c]], digits = 17, trim = TRUE)
write.csv(out, "oracle.csv", row.names = FALSE, quote = FALSE)
