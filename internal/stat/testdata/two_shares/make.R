# The difference of two shares of one sample: base R 4. Rscript make.R > two_shares.csv
# Unweighted: contrast of the multinomial covariance (diag(p) - pp')/n, normal.
# Weighted: linearised from the residuals of every answer to all shares at once, with
# zero residuals for those of the design who are not in the domain, Student's t.
cases <- list(
  list(y = c(rep("a", 1468), rep("b", 1465))),                       # all but a tie
  list(y = c(rep("a", 60), rep("b", 40))),
  list(y = c(rep("a", 59), rep("b", 41))),
  list(y = c(rep("a", 30), rep("b", 30), rep("c", 12))),             # a tie
  list(y = c(rep("a", 350), rep("b", 330), rep("c", 250))),
  list(y = c("a", "a", "a", "a")),                                   # nobody gave b
  list(y = c("a", "a", "a", "c", "c")),
  list(y = c("c", "c", "c")),                                        # nobody gave either
  list(y = "a"), list(y = c("a", "b")), list(y = c("b", "c")),
  list(y = c(rep("a", 6), rep("b", 4)), w = rep(1, 10)),             # equal weights
  list(y = c(rep("a", 600), rep("b", 400)), w = rep(c(.1, 9), 500)),
  list(y = c(rep("a", 90), rep("b", 5), rep("c", 20)), w = c(rep(1, 90), rep(14, 5), rep(2, 20))), # few with large weights
  list(y = c(rep("a", 5), rep("b", 90), rep("c", 20)), w = c(rep(14, 5), rep(1, 90), rep(2, 20))),
  list(y = c(rep("a", 40), rep("b", 3), rep("c", 5)), w = rep(c(1, 5, 1), c(40, 3, 5))),         # 67 % of light, 25 % of three heavy ones
  list(y = c("a", "a", "b", "c", "c"), w = c(2, 0, 1, 0, 3)),        # weights of zero
  list(y = c("a", "b"), w = c(3, 1)),
  list(y = c("a", "a"), w = c(3, 1)),
  list(y = c("a", "b", "b", "c", "a", "c"), w = c(1, 2, 1.5, .5, 3, 1), design = 40)) # a segment of 40
cat("weighted,design,n1,w1,ww1,n2,w2,ww2,n,w,ww,difference,se,low,high\n")
for (k in cases) {
  weighted <- !is.null(k$w); w <- if (weighted) k$w else rep(1, length(k$y)); y <- k$y[w > 0]; w <- w[w > 0]
  n <- length(y); design <- if (is.null(k$design)) n else k$design
  X <- sapply(c("a", "b", "c"), \(v) as.numeric(y == v)); dim(X) <- c(n, 3); p <- colSums(w * X) / sum(w); contrast <- c(1, -1, 0)
  if (weighted) {
    z <- rbind(w * sweep(X, 2, p) / sum(w), matrix(0, design - n, 3))
    V <- design / (design - 1) * crossprod(z); q <- qt(.975, design - 1)
  } else { V <- (diag(p) - p %o% p) / n; q <- qnorm(.975) }
  d <- sum(contrast * p); se <- sqrt(max(0, drop(contrast %*% V %*% contrast)))
  if (n > 1 && !weighted) stopifnot(abs(se - sd((y == "a") - (y == "b")) * sqrt((n - 1) / n) / sqrt(n)) < 1e-12) # a second way
  if (n > 1 && weighted && design == n) { e <- residuals(lm(I((y == "a") - (y == "b")) ~ 1, weights = w)); stopifnot(abs(se - sqrt(n / (n - 1) * sum((w * e)^2)) / sum(w)) < 1e-12) }
  s <- \(v) c(sum(y == v), sum(w[y == v]), sum(w[y == v]^2))
  out <- c(weighted, design, s("a"), s("b"), n, sum(w), sum(w^2), d, se, max(-1, d - q * se), min(1, d + q * se))
  cat(paste(format(out, digits = 17, trim = TRUE, scientific = NA), collapse = ","), "\n", sep = "")
}
