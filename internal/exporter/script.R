
# ---- reading ---------------------------------------------------------------
here <- function() {
  file <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
  if (length(file) == 1) dirname(file) else "."
}
data <- read.csv(file.path(here(), data_file), colClasses = "character", check.names = FALSE,
                 na.strings = character(0), encoding = "UTF-8", fileEncoding = "UTF-8-BOM")
waves <- unique(data[["wave_"]])
z95 <- qnorm(.975)

# A cell beginning with one "~" says why there is no answer.
reason <- function(x) ifelse(startsWith(x, "~") & !startsWith(x, "~~"), substring(x, 2), NA)
reasons <- c("not_shown", "skipped", "not_applicable", "dont_know", "refused", "invalid")
# An apostrophe before a sign that begins a formula keeps spreadsheets quiet.
plain <- function(x) sub("^~~", "~", sub("^'(?='*([=+@|\t\r\n-]|\uFF1D|\uFF0B|\uFF0D|\uFF20|\u2212|%0A|%0D|%09|\"=))", "", x, perl = TRUE))

# ---- estimates -------------------------------------------------------------
# Each returns value, low and high of a 95 % interval; design is the number of
# weighted answers in the whole wave, of which a segment is a domain.
estimate <- function(value = NaN, se = NaN, low = NaN, high = NaN) list(value = value, se = se, low = low, high = high)

mean_plain <- function(x) {
  n <- length(x)
  if (n == 0) return(estimate())
  se <- if (n > 1) sd(x) / sqrt(n) else NaN
  half <- if (n > 1) qt(.975, n - 1) * se else NaN
  estimate(mean(x), se, mean(x) - half, mean(x) + half)
}

mean_weighted <- function(x, w, design) {
  n <- length(x)
  if (n == 0) return(estimate())
  m <- sum(w * x) / sum(w)
  d <- max(design, n)
  se <- if (n > 1) sqrt(d / (d - 1) * sum(w^2 * (x - m)^2)) / sum(w) else NaN
  if (n > 1 && all(x == x[1])) { m <- x[1]; se <- 0 }
  half <- if (d > 1) qt(.975, d - 1) * se else NaN
  estimate(m, se, m - half, m + half)
}

sd_weighted <- function(x, w) {
  n <- length(x)
  if (n < 2) return(NaN)
  m <- sum(w * x) / sum(w)
  if (all(x == x[1])) return(0)
  sqrt(sum(w * (x - m)^2) / sum(w) * n / (n - 1))
}

median_weighted <- function(x, w) {
  if (length(x) == 0) return(NaN)
  total <- tapply(w, factor(x, levels = sort(unique(x))), sum)
  value <- sort(unique(x))
  half <- sum(total) / 2
  reached <- cumsum(total)
  i <- which(reached >= half - 1e-12 * sum(total))[1]
  if (abs(reached[i] - half) <= 1e-12 * sum(total) && i < length(value)) return((value[i] + value[i + 1]) / 2)
  value[i]
}

wilson <- function(count, n) {
  if (!(n > 0)) return(c(NaN, NaN))
  p <- count / n; zz <- z95^2 / n
  half <- z95 * sqrt(p * (1 - p) / n + zz / (4 * n))
  low <- (p + zz / 2 - half) / (1 + zz); high <- (p + zz / 2 + half) / (1 + zz)
  if (count == 0) low <- 0
  if (count == n) high <- 1
  c(max(low, 0), min(high, 1))
}

share <- function(hit, w, weighted, design) {
  n <- length(hit)
  if (n == 0) return(estimate())
  if (!weighted) {
    ci <- wilson(sum(hit), n)
    return(estimate(mean(hit), NaN, ci[1], ci[2]))
  }
  if (!any(hit) || all(hit)) {
    effective <- sum(w)^2 / sum(w^2)
    p <- as.numeric(any(hit))
    ci <- wilson(p * effective, effective)
    return(estimate(p, NaN, ci[1], ci[2]))
  }
  e <- mean_weighted(as.numeric(hit), w, design)
  estimate(e$value, e$se, min(max(e$low, 0), 1), min(max(e$high, 0), 1))
}

nps <- function(x, w, weighted, design) {
  n <- length(x)
  if (n == 0) return(estimate())
  s <- ifelse(x >= 9, 100, ifelse(x >= 7, 0, -100))
  adjusted <- function(p, d, n) {
    n <- n + 3; p <- p + .75; d <- d + .75
    v <- (p - d) / n
    se <- 100 * sqrt(max((p + d) / n - v^2, 0) / n)
    c(max(100 * v - z95 * se, -100), min(100 * v + z95 * se, 100))
  }
  if (!weighted) {
    p <- sum(s > 0); d <- sum(s < 0); v <- (p - d) / n
    ci <- adjusted(p, d, n)
    return(estimate(100 * v, 100 * sqrt(max((p + d) / n - v^2, 0) / n), ci[1], ci[2]))
  }
  e <- mean_weighted(s, w, design)
  if (all(s == s[1])) {
    effective <- sum(w)^2 / sum(w^2)
    ci <- adjusted(effective * max(e$value / 100, 0), effective * max(-e$value / 100, 0), effective)
    return(estimate(e$value, e$se, ci[1], ci[2]))
  }
  estimate(e$value, e$se, max(e$low, -100), min(e$high, 100))
}

# ---- figures ---------------------------------------------------------------
book <- new.env()
book$n <- 0; book$path <- character(1024); book$value <- numeric(1024); book$at <- integer(1024); book$places <- list()
put <- function(where, path, value) {
  n <- book$n + 1
  if (n > length(book$path)) { length(book$path) <- 2 * n; length(book$value) <- 2 * n; length(book$at) <- 2 * n }
  book$path[n] <- path; book$value[n] <- as.numeric(value); book$at[n] <- length(book$places)
  book$n <- n
}
put_interval <- function(where, path, e) {
  if (is.finite(e$high - e$low)) { put(where, paste0(path, ".0"), e$low); put(where, paste0(path, ".1"), e$high) }
}

# The answers of an item in some rows: n of all, and value and weight of those that weigh.
answers <- function(item, rows) {
  w <- as.numeric(data[["weight_"]][rows])
  if (item$kind == "multiple") {
    cells <- lapply(item$columns, function(id) if (is.null(data[[id]])) rep("~not_shown", length(rows)) else data[[id]][rows])
    known <- lapply(cells, function(x) is.na(reason(x)))
    valid <- Reduce(`|`, known)
    why <- rep("not_shown", length(rows))
    for (x in cells[item$columns %in% item$present]) why <- ifelse(is.na(reason(x)), why, reason(x))
    return(list(valid = valid, why = why, w = w, ticks = lapply(cells, function(x) x == "1")))
  }
  x <- data[[item$id]][rows]
  list(valid = is.na(reason(x)), why = reason(x), w = w, x = plain(x))
}

question <- function(where, item, rows, weighted, design) {
  at <- paste0("questions.", item$id, ".")
  a <- answers(item, rows)
  use <- a$valid & a$w > 0
  w <- a$w[use]; n <- sum(use)
  put(where, paste0(at, "n"), n)
  for (r in reasons) if (sum(!a$valid & a$why == r) > 0) put(where, paste0(at, "missing.", r), sum(!a$valid & a$why == r))
  if (item$kind == "other") return(invisible())
  if (item$kind == "multiple") {
    for (k in seq_along(item$codes)) {
      put(where, paste0(at, "counts.", item$codes[k]), sum(a$ticks[[k]] & a$valid))
      e <- share(a$ticks[[k]][use], w, weighted, design)
      put(where, paste0(at, "shares.", item$codes[k], ".share"), e$value)
      put_interval(where, paste0(at, "shares.", item$codes[k], ".ci95"), e)
    }
    return(invisible())
  }
  if (item$kind != "number") for (code in item$codes) put(where, paste0(at, "counts.", code), sum(a$valid & a$x == code))
  if (item$kind == "nominal") {
    for (code in item$codes) {
      e <- share(a$x[use] == code, w, weighted, design)
      put(where, paste0(at, "shares.", code, ".share"), e$value)
      put_interval(where, paste0(at, "shares.", code, ".ci95"), e)
    }
    return(invisible())
  }
  x <- as.numeric(a$x[use])
  e <- if (weighted) mean_weighted(x, w, design) else mean_plain(x)
  put(where, paste0(at, "mean"), e$value)
  put_interval(where, paste0(at, "ci95"), e)
  put(where, paste0(at, "sd"), sd_weighted(x, w))
  put(where, paste0(at, "median"), median_weighted(x, w))
  top <- NULL
  if (item$kind == "rated") {
    if (weighted) for (code in item$codes) put(where, paste0(at, "weighted.", code), sum(w[a$x[use] == code]) / sum(w))
    s <- score(item, e)
    put(where, paste0(at, "score.value"), s$value); put_interval(where, paste0(at, "score.ci95"), s)
    if (length(item$top) > 0) {
      for (end in c("top", "bottom")) {
        t <- share(a$x[use] %in% item[[end]], w, weighted, design)
        put(where, paste0(at, end, ".share"), t$value); put_interval(where, paste0(at, end, ".ci95"), t)
      }
    }
  }
  if (weighted) {
    all <- as.numeric(a$x[a$valid])
    put(where, paste0(at, "unweighted.n"), length(all))
    put(where, paste0(at, "unweighted.mean"), if (length(all) > 0) mean(all) else NaN)
    put(where, paste0(at, "unweighted.sd"), if (length(all) > 1) sd(all) else NaN)
    if (item$kind == "rated" && length(item$top) > 0) put(where, paste0(at, "unweighted.share"), mean(a$x[a$valid] %in% item$top))
  }
}

# 0 is the worst and 100 the best answer of the scale.
score <- function(item, e) {
  v <- as.numeric(item$codes); lo <- min(v); hi <- max(v)
  to <- function(x) if (item$reverse) (hi - x) / (hi - lo) * 100 else (x - lo) / (hi - lo) * 100
  if (item$reverse) estimate(to(e$value), NaN, to(e$high), to(e$low)) else estimate(to(e$value), NaN, to(e$low), to(e$high))
}

metric <- function(where, m, rows, weighted, design) {
  item <- items[[m$question]]
  a <- answers(item, rows); use <- a$valid & a$w > 0
  x <- as.numeric(a$x[use]); w <- a$w[use]
  at <- paste0("analyses.", m$id, ".")
  put(where, paste0(at, "n"), sum(use))
  if (m$method == "nps") {
    e <- nps(x, w, weighted, design)
    part <- function(hit) if (length(x) > 0) sum(w[hit]) / sum(w) else NaN
    put(where, paste0(at, "promoters"), part(x >= 9)); put(where, paste0(at, "passives"), part(x >= 7 & x < 9)); put(where, paste0(at, "detractors"), part(x < 7))
    put(where, paste0(at, "score"), e$value); put(where, paste0(at, "se"), e$se); put_interval(where, paste0(at, "ci95"), e)
    return(invisible())
  }
  e <- share(a$x[use] %in% m$top, w, weighted, design)
  put(where, paste0(at, "share"), e$value); put_interval(where, paste0(at, "ci95"), e)
  e <- if (weighted) mean_weighted(x, w, design) else mean_plain(x)
  put(where, paste0(at, "mean"), e$value); put_interval(where, paste0(at, "mean_ci95"), e)
  s <- score(item, e)
  put(where, paste0(at, "score.value"), s$value); put_interval(where, paste0(at, "score.ci95"), s)
  for (code in item$codes) put(where, paste0(at, "counts.", code), sum(a$valid & a$x == code))
}

# The points of every row at a node of an index: the weighted mean of what is
# answered below it, where enough of the weight is.
index_scores <- function(node, rows, least) {
  if (!is.null(node$column)) {
    x <- if (is.null(data[[node$column]])) rep("~not_shown", length(rows)) else data[[node$column]][rows]
    if (node$absent) return(list(x = rep(NA_real_, length(rows))))
    x <- ifelse(is.na(reason(x)), plain(x), NA)
    if (!is.null(node$low)) return(list(x = (as.numeric(x) - node$low) / (node$high - node$low) * 100))
    return(list(x = unname(node$points[x])))
  }
  below <- lapply(node$below, index_scores, rows, least)
  weight <- node$weights / sum(node$weights)
  sum_w <- total <- rep(0, length(rows))
  for (k in seq_along(below)) {
    if (weight[k] == 0) next
    known <- !is.na(below[[k]]$x)
    sum_w[known] <- sum_w[known] + weight[k]
    total[known] <- total[known] + weight[k] * below[[k]]$x[known]
  }
  list(x = ifelse(sum_w > 0 & sum_w >= least - 1e-9, total / sum_w, NA), below = below, weight = weight)
}

index <- function(where, a, rows, weighted, whole) {
  w <- as.numeric(data[["weight_"]][rows])
  write <- function(node, got, all, at, sd_too) {
    use <- !is.na(got$x) & w > 0
    design <- sum(!is.na(all$x) & as.numeric(data[["weight_"]][whole]) > 0)
    e <- if (weighted) mean_weighted(got$x[use], w[use], design) else mean_plain(got$x[use])
    put(where, paste0(at, "n"), sum(use)); put(where, paste0(at, "score"), e$value); put_interval(where, paste0(at, "ci95"), e)
    if (sd_too) put(where, paste0(at, "sd"), sd_weighted(got$x[use], w[use]))
    facet <- item <- 0
    for (k in seq_along(got$below)) {
      if (is.null(node$below[[k]]$column)) { to <- paste0(at, "facets.", facet, "."); facet <- facet + 1 }
      else { to <- paste0(at, "items.", item, "."); item <- item + 1 }
      put(where, paste0(to, "weight"), got$weight[k])
      write(node$below[[k]], got$below[[k]], all$below[[k]], to, FALSE)
    }
  }
  write(a$tree, index_scores(a$tree, rows, a$min_answered), index_scores(a$tree, whole, a$min_answered), paste0("analyses.", a$id, "."), TRUE)
}

block <- function(where, rows, whole, wave) {
  book$places[[length(book$places) + 1]] <- where
  w <- as.numeric(data[["weight_"]][rows]); w <- w[w > 0]
  put(where, "base.responses", length(rows)); put(where, "base.weighted", sum(w)); put(where, "base.effective", if (length(w) > 0) sum(w)^2 / sum(w^2) else NaN)
  design <- function(item) { a <- answers(item, whole); sum(a$valid & a$w > 0) }
  for (item in items) {
    if (item$kind == "multiple") item$present <- intersect(item$columns, wave$asked)
    if (!(item$id %in% wave$asked || length(item$present) > 0)) next
    question(where, item, rows, wave$weighted, design(item))
  }
  for (m in metrics) if (m$question %in% wave$asked) metric(where, m, rows, wave$weighted, design(items[[m$question]]))
  for (a in wave$indices) index(where, a, rows, wave$weighted, whole)
}

for (name in waves) {
  whole <- which(data[["wave_"]] == name)
  wave <- wave_settings[[match(name, sapply(wave_settings, function(x) x$id))]]
  block(list(wave = name, segment = "", group = ""), whole, whole, wave)
  for (segment in segments) if (segment %in% wave$asked) {
    value <- data[[segment]][whole]
    value <- ifelse(is.na(reason(value)), plain(value), NA)
    for (group in unique(value[!is.na(value)])) block(list(wave = name, segment = segment, group = group), whole[!is.na(value) & value == group], whole, wave)
  }
}
keep <- seq_len(book$n)
of <- function(key) vapply(book$places, function(x) x[[key]], "")[book$at[keep]]
figures <- data.frame(wave = of("wave"), segment = of("segment"), group = of("group"), path = book$path[keep], value = book$value[keep])
write.table(transform(figures, value = ifelse(is.nan(value), "NaN", sprintf("%.17g", value))), file.path(here(), figures_file), sep = ",", row.names = FALSE, qmethod = "double", fileEncoding = "UTF-8")
cat(nrow(figures), "figures written to", figures_file, "\n")
