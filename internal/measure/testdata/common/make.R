# Expected values of an index on the items that two waves share (base R only).
# Rscript make.R, in this folder. Invented answers 1-5; NA: no answer. Weights
# of the tree: rooms .6 (room .7, bed .3), meals .4 (breakfast .5, bar .5).
# bar is asked in the second wave only, bed is reworded there.
set.seed(20)
one <- function(n, mean) {
  x <- function() { v <- pmin(5, pmax(1, round(rnorm(n, mean, 1)))); v[runif(n) < .1] <- NA; v }
  data.frame(room = x(), bed = x(), breakfast = x(), bar = x(), weight = round(runif(n, .5, 2), 2))
}
a <- one(40, 3.4); a$bar <- NULL; b <- one(50, 3.9)
for (w in c("a", "b")) write.csv(get(w), paste0(w, ".csv"), row.names = FALSE, na = "", quote = FALSE)
points <- function(x) (x - 1) / 4 * 100
# Renormalised at every node over the common items room and breakfast: each is
# all of its facet; a facet without an answer leaves the index of the row where
# at least half of the weight is answered (rooms .6; meals .4 alone is too little).
score <- function(d) {
  r <- points(d$room); m <- points(d$breakfast)
  ok <- ifelse(is.na(r), 0, .6) + ifelse(is.na(m), 0, .4)
  s <- (ifelse(is.na(r), 0, .6 * r) + ifelse(is.na(m), 0, .4 * m)) / ok
  s[ok < .5] <- NA
  s
}
moments <- function(y, w) {
  k <- !is.na(y); y <- y[k]; w <- w[k]; n <- length(y); m <- sum(w * y) / sum(w)
  c(n = n, mean = m, se = sqrt(n / (n - 1) * sum(w^2 * (y - m)^2)) / sum(w))
}
compare <- function(x, y, wx, wy) {
  p <- moments(x, wx); q <- moments(y, wy)
  d <- q["mean"] - p["mean"]; se <- sqrt(p["se"]^2 + q["se"]^2)
  df <- se^4 / (p["se"]^4 / (p["n"] - 1) + q["se"]^4 / (q["n"] - 1))
  unname(c(p["n"], q["n"], p["mean"], q["mean"], d, d - qt(.975, df) * se, d + qt(.975, df) * se, 2 * pt(-abs(d / se), df)))
}
out <- list()
for (way in c("plain", "weighted")) {
  wx <- if (way == "plain") rep(1, nrow(a)) else a$weight
  wy <- if (way == "plain") rep(1, nrow(b)) else b$weight
  out[[way]] <- rbind(
    score = compare(score(a), score(b), wx, wy),
    facets.rooms.score = compare(points(a$room), points(b$room), wx, wy),
    facets.meals.score = compare(points(a$breakfast), points(b$breakfast), wx, wy))
}
t <- t.test(score(b), score(a)) # the plain one is R's own Welch test
stopifnot(abs(out$plain["score", 8] - t$p.value) < 1e-12, max(abs(out$plain["score", 6:7] - t$conf.int)) < 1e-10)
lines <- c("way,figure,n1,n2,before,after,difference,low,high,p")
for (way in names(out)) for (f in rownames(out[[way]])) lines <- c(lines, paste(c(way, f, sprintf("%.15g", out[[way]][f, ])), collapse = ","))
writeLines(lines, "expected.csv")
