# Two Poisson rates: base R 4, poisson.test for the ratio and its p, qgamma for
# the exact interval of each rate, MOVER for the difference.
# Rscript make.R > rates.csv
cases <- data.frame(
  x1 = c(12, 30, 0, 5, 1, 41, 120, 3, 900, 7),
  t1 = c(4000, 6, 3, 6, 1, 12, 12.5, 2, 11, 3),
  x2 = c(4, 11, 4, 0, 1, 38, 64, 9, 1010, 7),
  t2 = c(3500, 6, 3, 5, 1, 12, 9.25, 4, 10, 3))
cat("x1,t1,x2,t2,ratio,ratio_low,ratio_high,p,difference,difference_low,difference_high\n")
exact <- function(x, t) c(if (x == 0) 0 else qgamma(.025, x), qgamma(.975, x + 1)) / t
for (i in seq_len(nrow(cases))) {
  k <- cases[i, ]
  r <- poisson.test(c(k$x2, k$x1), c(k$t2, k$t1))
  a <- k$x1 / k$t1; b <- k$x2 / k$t2
  ia <- exact(k$x1, k$t1); ib <- exact(k$x2, k$t2)
  d <- b - a
  out <- c(unlist(k), b / a, r$conf.int, r$p.value, d, d - sqrt((b - ib[1])^2 + (ia[2] - a)^2), d + sqrt((ib[2] - b)^2 + (a - ia[1])^2))
  cat(paste(format(out, digits = 17, trim = TRUE, scientific = NA), collapse = ","), "\n", sep = "")
}
