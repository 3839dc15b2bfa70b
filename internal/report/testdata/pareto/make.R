# What the Paretos of complaints say: base R 4. Rscript make.R writes cost.csv and months.csv.
# ---- cost: groups shown alone and the sum of those shown together ---------------------------------
# By trial: every way to split the sum into whole units, the dearest first, until the share is
# reached; the most that any split needs.
splits <- function(sum, groups) if (groups == 1) matrix(sum) else do.call(rbind, lapply(0:sum, \(k) cbind(k, splits(sum - k, groups - 1))))
need <- function(x, limit) { x <- sort(x, decreasing = TRUE); which(cumsum(x) >= limit * sum(x) - 1e-9)[1] }
cost <- list(
  list(c(400, 230, 160), 210, 2, .8), list(c(355, 297), 348, 2, .8), list(c(20, 20), 60, 2, .8),      # the pool is dearer than what is shown
  list(c(50, 10), 40, 4, .8), list(c(50, 10), 40, 8, .8), list(numeric(), 60, 3, .8), list(c(30, 30), 0, 2, .8), # no group alone; a pool of nothing
  list(c(40, 40), 20, 2, .8), list(c(0, 0), 12, 3, .5), list(c(7, 7, 7), 21, 3, .8), list(c(90), 10, 1, .9), list(c(1), 35, 5, .6)) # on the line; ties; zeros
one <- function(k) { p <- if (k[[3]] <= 5 && k[[2]] <= 60) splits(k[[2]], k[[3]]) else if (k[[3]] == 2) splits(k[[2]], 2) else NULL
  even <- need(c(k[[1]], rep(k[[2]] / k[[3]], k[[3]])), k[[4]])                                          # the split that needs most
  if (!is.null(p)) stopifnot(max(apply(p, 1, \(s) need(c(k[[1]], s), k[[4]]))) == even)
  paste(paste(k[[1]], collapse = " "), k[[2]], k[[3]], k[[4]], even, length(k[[1]]) + k[[3]], sep = ",") }
writeLines(c("alone,together,groups,limit,at_most,of", sapply(cost, one)), "cost.csv")
# ---- months: the latest month of a log, its line, who belongs to the vital few ---------------------
# Codes by falling count, ties by name; the vital few begin below 80 %, with ties of the last;
# "other" stands behind unless it is of them, and the line is summed in the order that is drawn.
months <- list(
  list(c(a = 27, b = 13, c = 7, d = 5, e = 3), 0), list(c(a = 60, b = 25, c = 5, d = 4, e = 3, f = 3), 2),
  list(c(a = 68, b = 10, c = 10, d = 6, e = 3, f = 3), 7),                                               # the third equals the second
  list(c(a = 50, b = 22, other = 12, c = 9, d = 4, e = 3), 0), list(c(a = 70, b = 15, other = 8, c = 4, d = 2, e = 1), 1), list(c(other = 60, a = 25, b = 8, c = 5, d = 2), 0),
  list(c(a = 40, b = 40, c = 10, d = 10, e = 5), 0), list(c(a = 5, b = 5, c = 5), 0), list(c(a = 2, b = 1), 3), list(c(a = 1), 0), list(c(a = 36), 0), list(c(a = 30, b = 0, c = 2), 0)) # counts of nobody
line <- function(k) { x <- k[[1]]; x <- x[x > 0]; x <- x[order(-x, names(x))]; before <- cumsum(x) - x; vital <- before < .8 * sum(x) - 1e-9
  need <- sum(vital); vital <- vital | x == min(x[vital]); few <- sum(vital)
  behind <- names(x) == "other" & !vital; y <- c(x[!behind], x[behind]); v <- c(vital[!behind], vital[behind])
  even <- sum(x) < 30 || 2 * few > length(x)
  paste(paste(names(k[[1]]), k[[1]], sep = ":", collapse = " "), k[[2]], paste(names(y), collapse = " "), paste(sprintf("%.17g", cumsum(y) / sum(y)), collapse = " "), need, few, paste(as.integer(v | even), collapse = ""), sep = ",") }
writeLines(c("counts,unrecorded,order,cumulative,need,few,strong", sapply(months, line)), "months.csv")
