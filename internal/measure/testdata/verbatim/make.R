# Answers in words whose topics are known, because they are put together of
# sentences with known topics, and all figures of method verbatim.
# R 4.x, base only: Rscript make.R writes data.csv, topics.csv, expected.csv.
set.seed(20261123)
n <- 900
topics <- c("waiting", "price", "staff", "parts", "none_asked")
sentences <- list(
  waiting = c("等了很久才轮到我", "I WAITED for hours", "Ｗａｉｔｉｎｇ took too long", "等候区太小"),
  price = c("价格偏高", "far too expensive", "收费不透明", "the Price-list is hidden"),
  staff = c("师傅态度很好", "rude staff!", "staff: kind", "工作人员耐心"),
  parts = c("配件要订货", "spare parts are missing", "没有配件", "a PART broke"),
  other = c("一般", "the waiter was not there", "priceless", "partly cloudy", "等于没说", "😀", "(a|b)*", "staffing"))
mention <- sapply(topics, function(t) if (t == "none_asked") rep(FALSE, n) else runif(n) < c(waiting = .32, price = .2, staff = .25, parts = .12)[t])
osat <- pmin(5, pmax(1, round(rnorm(n, 3.7 - .9 * mention[, "waiting"] - .5 * mention[, "price"] + .5 * mention[, "staff"], .9))))
osat[sample(n, 40)] <- NA
rec <- pmin(10, pmax(0, round(rnorm(n, 2 * ifelse(is.na(osat), 3.5, osat) + .3, 1.8))))
rec[sample(n, 30)] <- NA
region <- sample(c("east", "south", ""), n, TRUE, c(.5, .4, .1))
w <- round(exp(rnorm(n, 0, .4)), 3); w[sample(n, 12)] <- 0
kind <- sample(c("text", "nothing", "empty"), n, TRUE, c(.7, .06, .24))
write_one <- function(i) {
  if (kind[i] == "empty") return("")
  if (kind[i] == "nothing") return(sample(c("无", "none", "N/A.", "没有"), 1))
  said <- c(unlist(lapply(topics[mention[i, ]], function(t) sample(sentences[[t]], 1))), sample(sentences$other, sample(0:1, 1)))
  if (length(said) == 0) said <- sample(sentences$other, 1)
  paste(sample(said), collapse = "；")
}
why <- vapply(seq_len(n), write_one, "")
id <- sprintf("r%03d", seq_len(n))
con <- file("data.csv", "wb"); write.csv(data.frame(`_id` = id, why, osat, rec, region, w, check.names = FALSE), con, row.names = FALSE, na = "", fileEncoding = "UTF-8"); close(con)

text <- kind == "text"
rules <- mention & text
hand <- rules # by hand: 120 comments, now and then another word
coded <- sort(sample(which(text), 120))
for (t in 1:4) { flip <- coded[runif(120) < c(.05, .08, .12, .04)[t]]; hand[flip, t] <- !hand[flip, t] }
lines <- vapply(coded, function(i) sprintf("%s,%s", id[i], paste(topics[hand[i, ]], collapse = ";")), "")
con <- file("topics.csv", "wb"); writeLines(c("_id,topics", lines), con); close(con)

out <- character(); put <- function(key, x) out <<- c(out, sprintf("%s,%.17g", key, x))
wilson <- function(x, n) { z <- qnorm(.975); p <- x / n; c((p + z^2 / (2 * n) + c(-1, 1) * z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))) / (1 + z^2 / n)) }
cover <- function(m) cbind(m, uncoded = rowSums(m) == 0)
score <- (osat - 1) / 4 * 100
shares <- function(prefix, keep, m) {
  put(paste0(prefix, ".n"), sum(keep))
  for (t in colnames(m)) {
    x <- sum(m[keep, t]); ci <- wilson(x, sum(keep))
    if (x == 0) ci[1] <- 0
    put(paste(prefix, t, "n", sep = "."), x); put(paste(prefix, t, "share", sep = "."), x / sum(keep))
    put(paste(prefix, t, "low", sep = "."), ci[1]); put(paste(prefix, t, "high", sep = "."), ci[2])
  }
}
means <- function(prefix, m) {
  p <- c()
  for (t in colnames(m)) if (sum(m[text, t]) > 0) {
    a <- score[text & m[, t] & !is.na(score)]; b <- score[text & !m[, t] & !is.na(score)]
    test <- t.test(a, b); p[t] <- test$p.value
    put(paste(prefix, t, "mean", sep = "."), mean(a)); put(paste(prefix, t, "otherwise", sep = "."), mean(b))
    put(paste(prefix, t, "difference", sep = "."), mean(a) - mean(b))
    put(paste(prefix, t, "difference.low", sep = "."), test$conf.int[1]); put(paste(prefix, t, "difference.high", sep = "."), test$conf.int[2])
    put(paste(prefix, t, "p", sep = "."), test$p.value)
  }
  holm <- p.adjust(p[names(p) != "uncoded"], "holm")
  for (t in names(holm)) put(paste(prefix, t, "holm", sep = "."), holm[t])
}
odds <- function(prefix, m, best, worst) {
  best <- text & !is.na(best) & best; worst <- text & !is.na(worst) & worst
  y1 <- colSums(m[best, ]); y2 <- colSums(m[worst, ]); k <- sum(y1 + y2 > 0); a <- k * (y1 + y2) / sum(y1 + y2)
  d <- log((y1 + a) / (sum(y1) + k - y1 - a)) - log((y2 + a) / (sum(y2) + k - y2 - a)); se <- sqrt(1 / (y1 + a) + 1 / (y2 + a))
  some <- y1 + y2 > 0; p <- 2 * pnorm(-abs(d / se))
  put(paste0(prefix, ".n.best"), sum(best)); put(paste0(prefix, ".n.worst"), sum(worst))
  for (t in colnames(m)[some]) {
    put(paste(prefix, t, "log_odds", sep = "."), d[t]); put(paste(prefix, t, "z", sep = "."), (d / se)[t]); put(paste(prefix, t, "p", sep = "."), p[t])
    put(paste(prefix, t, "low", sep = "."), (d - qnorm(.975) * se)[t]); put(paste(prefix, t, "high", sep = "."), (d + qnorm(.975) * se)[t])
    put(paste(prefix, t, "share.best", sep = "."), y1[t] / sum(best)); put(paste(prefix, t, "share.worst", sep = "."), y2[t] / sum(worst))
  }
  holm <- p.adjust(p[some & names(p) != "uncoded"], "holm"); for (t in names(holm)) put(paste(prefix, t, "holm", sep = "."), holm[t])
}
# Rules alone.
m <- cover(rules)
shares("rules", text, m); means("rules", m)
for (r in c("east", "south")) shares(paste0("rules.", r), text & region == r, m)
odds("nps", m, rec >= 9, rec <= 6)
odds("osat", m, osat >= 4, osat <= 2)
# Weights: linearised standard errors, t with n-1 degrees of freedom; a group is a domain of the design.
weighted <- function(prefix, keep, design, m) {
  for (t in colnames(m)) {
    y <- m[keep, t]; v <- w[keep]; p <- sum(v * y) / sum(v); N <- sum(design)
    se <- sqrt(N / (N - 1) * sum(v^2 * (y - p)^2)) / sum(v)
    if (p > 0) { put(paste(prefix, t, "share", sep = "."), p); put(paste(prefix, t, "low", sep = "."), max(0, p - qt(.975, N - 1) * se)); put(paste(prefix, t, "high", sep = "."), min(1, p + qt(.975, N - 1) * se)) }
  }
}
base <- text & w > 0
weighted("weighted", base, base, m)
for (r in c("east", "south")) weighted(paste0("weighted.", r), base & region == r, base, m)
p <- c()
for (t in colnames(m)) if (sum(m[base, t]) > 0) {
  all <- base & !is.na(score); N <- sum(all)
  of <- function(k) { x <- score[k]; v <- w[k]; mu <- sum(v * x) / sum(v); c(mu, sqrt(N / (N - 1) * sum(v^2 * (x - mu)^2)) / sum(v), sum(k)) }
  a <- of(all & m[, t]); b <- of(all & !m[, t]); se <- sqrt(a[2]^2 + b[2]^2); df <- se^4 / (a[2]^4 / (a[3] - 1) + b[2]^4 / (b[3] - 1))
  put(paste("weighted", t, "difference", sep = "."), a[1] - b[1]); put(paste("weighted", t, "p", sep = "."), 2 * pt(-abs((a[1] - b[1]) / se), df))
  put(paste("weighted", t, "difference.low", sep = "."), a[1] - b[1] - qt(.975, df) * se)
}
# By hand where coded: shares, and agreement of rules and hand.
both <- rules; both[coded, ] <- hand[coded, ]
shares("hand", text, cover(both))
kappa <- function(a, b, c, d) { n <- a + b + c + d; po <- (a + d) / n; pe <- ((a + b) * (a + c) + (c + d) * (b + d)) / n^2; (po - pe) / (1 - pe) }
fleiss <- function(a, b, c, d) {
  n <- a + b + c + d; P <- matrix(c(a, b, c, d) / n, 2, byrow = TRUE); k <- kappa(a, b, c, d); r <- rowSums(P); s <- colSums(P); pe <- sum(r * s)
  A <- sum(diag(P) * (1 - (r + s) * (1 - k))^2); B <- (1 - k)^2 * (P[1, 2] * (s[1] + r[2])^2 + P[2, 1] * (s[2] + r[1])^2); C <- (k - pe * (1 - k))^2
  sqrt((A + B - C) / n) / (1 - pe)
}
for (t in topics[1:4]) {
  x <- rules[coded, t]; y <- hand[coded, t]; a <- sum(x & y); b <- sum(x & !y); c <- sum(!x & y); d <- sum(!x & !y)
  put(paste("kappa", t, sep = "."), kappa(a, b, c, d)); put(paste("kappa", t, "low", sep = "."), kappa(a, b, c, d) - qnorm(.975) * fleiss(a, b, c, d))
  put(paste("kappa", t, "high", sep = "."), min(1, kappa(a, b, c, d) + qnorm(.975) * fleiss(a, b, c, d)))
}
put("kappa.book", kappa(40, 10, 5, 45)); put("kappa.book.se", fleiss(40, 10, 5, 45))
cells <- t(sapply(coded, function(i) c(sum(rules[i, ] & hand[i, ]), sum(rules[i, ] & !hand[i, ]), sum(!rules[i, ] & hand[i, ]), sum(!rules[i, ] & !hand[i, ]))))
of <- function(s) kappa(s[1], s[2], s[3], s[4]); total <- colSums(cells); N <- nrow(cells)
jack <- apply(cells, 1, function(r) of(total - r)); se <- sqrt((N - 1) / N * sum((jack - mean(jack))^2))
put("kappa.all", of(total)); put("kappa.all.low", of(total) - qt(.975, N - 1) * se); put("kappa.all.high", of(total) + qt(.975, N - 1) * se)
writeLines(out, "expected.csv")
