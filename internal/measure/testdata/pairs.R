# Cells of two segments at once and the difference of two of them. R 4.x, base only.
set.seed(20261122)
n <- 600
region <- sample(c("east", "north", "south"), n, TRUE, c(.5, .3, .2))
tenure <- sample(c("new", "old", ""), n, TRUE, c(.4, .48, .12))
osat <- pmin(5, pmax(1, round(rnorm(n, 3.4 + .5 * (region == "east") - .4 * (tenure == "new"), 1))))
speed <- pmin(5, pmax(1, round(osat + rnorm(n, 0, .8))))
speed[sample(n, 60)] <- NA
d <- data.frame(`_id` = seq_len(n), osat, speed, region, tenure, check.names = FALSE)
write.csv(d, "pairs.csv", row.names = FALSE, na = "", quote = FALSE)
score <- function(x) (x - 1) / 4 * 100
out <- "group,measure,n,value,low,high,se"
for (r in c("east", "north", "south")) for (t in c("new", "old")) {
  cell <- d[region == r & tenure == t, ]
  for (item in c("osat", "speed")) {
    x <- cell[[item]][!is.na(cell[[item]])]
    i <- t.test(x)$conf.int
    out <- c(out, sprintf("%s.%s,%s.mean,%d,%.15g,%.15g,%.15g,%.15g", r, t, item, length(x), mean(x), i[1], i[2], sd(x) / sqrt(length(x))))
    p <- prop.test(sum(x >= 4), length(x), correct = FALSE)
    out <- c(out, sprintf("%s.%s,%s.top,%d,%.15g,%.15g,%.15g,%.15g", r, t, item, length(x), mean(x >= 4), p$conf.int[1], p$conf.int[2], sqrt(mean(x >= 4) * mean(x < 4) / length(x))))
  }
  x <- rowMeans(cbind(score(cell$osat), score(cell$speed)), na.rm = TRUE)
  i <- t.test(x)$conf.int
  out <- c(out, sprintf("%s.%s,index,%d,%.15g,%.15g,%.15g,%.15g", r, t, length(x), mean(x), i[1], i[2], sd(x) / sqrt(length(x))))
}
a <- score(osat[region == "east" & tenure == "old"]); b <- score(osat[region == "east" & tenure == "new"])
w <- t.test(a, b)
out <- c(out, sprintf("east.old-east.new,osat.score,%d,%.15g,%.15g,%.15g,%.15g", length(a) + length(b), mean(a) - mean(b), w$conf.int[1], w$conf.int[2], w$stderr))
a <- osat[region == "east" & tenure == "old"] >= 4; b <- osat[region == "east" & tenure == "new"] >= 4
w <- prop.test(c(sum(a), sum(b)), c(length(a), length(b)), correct = FALSE)
out <- c(out, sprintf("east.old-east.new,osat.top,%d,%.15g,%.15g,%.15g,", length(a) + length(b), mean(a) - mean(b), w$conf.int[1], w$conf.int[2]))
for (df in c(1.5, 3.7, 12.2, 150, 250, 5000)) out <- c(out, sprintf("t,%g,,%.15g,,,", df, qt(.975, df)))
writeLines(out, "pairs.expected.csv")
