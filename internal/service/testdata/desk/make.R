# Small simulated ledgers and answers of a service desk, and their figures by
# base R alone. Run in this folder: Rscript make.R
# Rows on the limits exist on purpose: 24 h exactly and + 1 min, 30 days exactly
# and + 1 min, the same minute twice. Snapshot: end of 2026-03-31, UTC.
set.seed(20261122)
now <- as.POSIXct("2026-04-01", tz = "UTC")
stamp <- function(t) ifelse(is.na(t), "", format(t, "%Y-%m-%dT%H:%M", tz = "UTC"))
day <- function(t) ifelse(is.na(t), "", format(t, "%Y-%m-%d"))
put <- function(d, f) write.csv(d, f, row.names = FALSE, quote = FALSE, na = "")

# ---- ledgers
n <- 320
opened <- as.POSIXct("2025-06-03", tz = "UTC") + 60 * sample(0:(300 * 1440), n)
late <- runif(n) < .15
arrived <- opened + 60 * ifelse(late, sample(1441:4000, n, TRUE), sample(30:1440, n, TRUE))
arrived[1] <- opened[1] + 86400; arrived[2] <- opened[2] + 86400 + 60; arrived[3:6] <- NA
opened[4] <- now - 3600 # its limit lies ahead
promised <- opened + 3600 * sample(c(24, 36, 48), n, TRUE); promised[7:12] <- NA
due <- as.Date(opened) + sample(2:4, n, TRUE)
done <- arrived + 60 * sample(30:4000, n, TRUE)
asset <- paste0("A", sample(1:60, n, TRUE)); fault <- paste0("f", sample(1:2, n, TRUE))
asset[20:24] <- "X"; fault[20:24] <- "x"
opened[20] <- as.POSIXct("2025-10-01 08:00", tz = "UTC")
opened[21] <- opened[20] + 30 * 86400        # exactly 30 days: a repeat
opened[22] <- opened[21] + 30 * 86400 + 60   # a minute more: none
opened[23:24] <- opened[22] + 40 * 86400     # the same minute: no repeat of each other
arrived[20:24] <- opened[20:24] + 3600; done[20:24] <- arrived[20:24] + 3600
asset[30:33] <- ""
visits <- sample(c(1, 1, 1, 2, 3), n, TRUE); visits[40:45] <- NA
satisfied <- sample(1:5, n, TRUE, c(1, 1, 3, 6, 5)); satisfied[50:90] <- NA
provider <- sample(c("p1", "p2", "p3", ""), n, TRUE, c(5, 4, 2, .4)); provider[100:101] <- "tiny"
arrived[!is.na(arrived) & arrived >= now] <- NA; done[!is.na(done) & done >= now] <- NA
tickets <- data.frame(id = paste0("T", 1:n), opened = stamp(opened), due = day(due), arrived = stamp(arrived), done = stamp(done),
  provider, asset, fault, visits, promised = stamp(promised), satisfied)
put(tickets, "tickets.csv")

m <- 70
received <- as.Date("2025-07-01") + sample(0:270, m, TRUE)
adopted <- sample(c("yes", "no", ""), m, TRUE, c(4, 5, 2))
sdone <- received + sample(1:90, m, TRUE); sdone[adopted != "yes" | runif(m) < .3 | sdone > as.Date("2026-03-31")] <- NA
put(data.frame(id = paste0("S", 1:m), received = day(received), channel = sample(c("box", "hotline"), m, TRUE), adopted, done = day(sdone)), "suggestions.csv")

items <- data.frame(item = c("greet", "price", "clean"), weight = c(1, 2, .5), most = c(10, 10, 5))
v <- do.call(rbind, lapply(1:19, function(i) data.frame(id = paste0("V", i), date = day(as.Date("2025-09-01") + 11 * i),
  unit = c(rep("north", 5), rep("south", 6), rep("east", 5), rep("west", 2), "solo")[i], item = items$item, score = NA)))
shift <- c(north = 2, south = -2, east = 0, west = 0, solo = 0)
v$score <- pmax(0, pmin(rep(items$most, 19), round(rep(items$most, 19) * .75 + shift[v$unit] + rnorm(57))))
v$score[v$id == "V7" & v$item == "price"] <- 5; v$score[v$id == "V12" & v$item == "price"] <- 6 # 60 % is no failure
v$score[v$id == "V13" & v$item == "clean"] <- NA
v$critical <- ifelse(v$item == "price", "yes", "no")
put(v, "visits.csv")

k <- 64
lost <- data.frame(id = paste0("L", 1:k), date = day(as.Date("2025-07-05") + sample(0:200, k, TRUE)), customer = paste0("K", 1:k),
  reason = sample(c("price", "manner", "slow", "moved", ""), k, TRUE, c(6, 5, 4, 2, 1)), value = 100 * sample(1:50, k, TRUE))
lost$reason[1:2] <- c("odd", "rare")
lost$value[5:8] <- NA; lost$customer[9:10] <- ""
put(lost, "lost.csv")
back <- data.frame(customer = paste0("K", c(1:12, 20, 21)), date = day(as.Date(lost$date[c(1:12, 20, 21)]) + c(rep(10, 10), 0, -3, 5, 400)), revenue = c(rep(50, 9), -20, 50, 50, 50, 50))
put(back, "transactions.csv")

c0 <- 90
came <- as.POSIXct("2025-08-01", tz = "UTC") + 60 * floor(sort(runif(c0))^.7 * 240 * 1440)
complaints <- data.frame(id = paste0("C", 1:c0), received = stamp(came), channel = sample(c("hotline", "web"), c0, TRUE), level = sample(c("voice", "legal", "tell", ""), c0, TRUE, c(8, 1, 1, 1)))
put(complaints, "complaints.csv")

q <- 240
had <- sample(c("yes", "no"), q, TRUE, c(.35, .65))
voiced <- ifelse(had == "yes", sample(c("yes", "no"), q, TRUE, c(.3, .7)), "")
did <- ifelse(had == "yes", ifelse(voiced == "yes", sample(c("firm", "media", "court"), q, TRUE, c(6, 2, 1)), sample(c("none", "left", "told"), q, TRUE)), "")
where <- ifelse(voiced == "yes", sample(c("us", "dealer"), q, TRUE, c(3, 1)), "")
weight <- round(runif(q, .3, 2.5), 2)
put(data.frame(had, voiced, did, where, weight), "answers.csv")

# ---- figures
wilson <- function(x, n) suppressWarnings(as.numeric(prop.test(x, n, correct = FALSE)$conf.int))
share <- function(hit) { hit <- hit[!is.na(hit)]; list(n = length(hit), count = sum(hit), value = mean(hit), ci95 = wilson(sum(hit), length(hit))) }
mean_of <- function(x, cut = FALSE) { x <- x[!is.na(x)]; ci <- if (length(x) > 1) as.numeric(t.test(x)$conf.int) else c(NA, NA); if (cut) ci <- pmin(pmax(ci, 0), 100); list(n = length(x), value = mean(x), ci95 = ci) }

limit <- opened + 86400
on_time <- ifelse(limit > now, NA, !is.na(arrived) & arrived <= limit)
kept <- ifelse(is.na(promised) | promised > now, NA, !is.na(arrived) & arrived <= promised)
by_due <- ifelse(as.POSIXct(due + 1, tz = "UTC") > now, NA, !is.na(done) & as.Date(done) <= due)
several <- ifelse(is.na(visits), NA, visits > 1)
happy <- ifelse(is.na(satisfied), NA, satisfied >= 4)
known <- asset != ""
gap <- function(i) as.numeric(difftime(opened[known & asset == asset[i] & fault == fault[i]], opened[i], units = "mins"))
repeated <- sapply(1:n, function(i) if (!known[i]) NA else any(gap(i) < 0 & gap(i) >= -30 * 1440))
fixed <- sapply(1:n, function(i) if (!known[i] || opened[i] + 30 * 86400 > now) NA else !any(gap(i) > 0 & gap(i) <= 30 * 1440))
kpis <- list(satisfied = happy, on_time = on_time, promised = kept, done_by_due = by_due, first_time = fixed, several_visits = several, `repeat` = repeated)
out <- list(kpis = lapply(kpis, share), visits_until_done = mean_of(visits))
out$providers <- lapply(c(p1 = "p1", p2 = "p2", p3 = "p3"), function(p) share(on_time[provider == p]))

month <- factor(format(opened, "%Y-%m"))
ok <- !is.na(on_time)
x <- tapply(on_time[ok], month[ok], sum); size <- tapply(on_time[ok], month[ok], length)
out$months <- list(n = as.numeric(size), count = as.numeric(x))
keep <- size >= 5
pbar <- sum(x[keep]) / sum(size[keep])
out$months$mean <- pbar
out$months$low <- pmax(0, pbar - 3 * sqrt(pbar * (1 - pbar) / size)); out$months$high <- pmin(1, pbar + 3 * sqrt(pbar * (1 - pbar) / size))
trend <- suppressWarnings(prop.trend.test(x[keep], size[keep], seq_along(size)[keep]))
out$months$z2 <- as.numeric(trend$statistic); out$months$p <- trend$p.value

decided <- ifelse(adopted == "", NA, adopted == "yes")
days <- as.numeric(sdone - received)
waiting <- as.numeric(as.Date("2026-03-31") - received)[adopted == "yes" & is.na(sdone)]
out$suggestions <- list(adopted = share(decided), received = share(adopted == "yes"), lead = list(n = sum(!is.na(days)), median = median(days, na.rm = TRUE), p90 = as.numeric(quantile(days, .9, na.rm = TRUE))),
  waiting = list(n = length(waiting), median = median(waiting), p90 = as.numeric(quantile(waiting, .9))))

w <- items$weight[match(v$item, items$item)]; most <- items$most[match(v$item, items$item)]
use <- !is.na(v$score)
raw <- 100 * tapply((w * v$score)[use], v$id[use], sum) / tapply((w * most)[use], v$id[use], sum)
failed <- tapply(v$critical == "yes" & use & 100 * v$score / most < 60, v$id, function(z) any(z %in% TRUE))
score <- ifelse(failed[names(raw)], pmin(raw, 59), raw)
unit <- v$unit[match(names(raw), v$id)]
pass <- score >= 80 & !failed[names(raw)]
units <- lapply(c(north = "north", south = "south", east = "east"), function(u) mean_of(score[unit == u], TRUE))
place <- function(u) { lo <- sapply(units, function(x) x$ci95[1]); hi <- sapply(units, function(x) x$ci95[2]); c(1 + sum(lo > hi[u]), length(units) - sum(hi < lo[u])) }
for (u in names(units)) units[[u]]$rank <- as.numeric(place(u))
out$visits <- list(score = mean_of(score, TRUE), raw = mean_of(raw, TRUE), passed = share(as.logical(pass)), critical = share(as.logical(failed[names(raw)])), units = units,
  items = lapply(c(greet = "greet", price = "price", clean = "clean"), function(i) mean_of((100 * v$score / most)[v$item == i], TRUE)))

stated <- lost$reason != ""
tab <- table(lost$reason[stated])
big <- names(tab)[tab >= 5]
money <- tapply(lost$value[stated], lost$reason[stated], sum, na.rm = TRUE)
out$lost <- list(value = sum(lost$value, na.rm = TRUE), reasons = lapply(setNames(big, big), function(r) list(n = as.numeric(tab[r]), share = as.numeric(tab[r]) / sum(stated), ci95 = wilson(tab[r], sum(stated)), value = as.numeric(money[r]), value_share = as.numeric(money[r]) / sum(money))))
buys <- back[back$revenue > 0 & as.Date(back$date) < as.Date("2026-04-01"), ]
won <- sapply(1:k, function(i) if (lost$customer[i] == "") NA else any(as.Date(buys$date[buys$customer == lost$customer[i]]) > as.Date(lost$date[i])))
out$lost$won_back <- share(won); out$lost$back <- sum(lost$value[won %in% TRUE], na.rm = TRUE)

block <- function(wt) {
  weighted <- !is.null(wt)
  sh <- function(hit, base) {
    if (!weighted) return(share(hit[base]))
    u <- wt[base] * length(wt) / sum(wt); y <- as.numeric(hit[base]); p <- sum(u * y) / sum(u)
    N <- q # answers of the whole design would be the base of the question here
    N <- sum(base)
    se <- sqrt(N / (N - 1) * sum((u * (y - p))^2)) / sum(u)
    list(n = sum(base), count = sum(y), value = p, ci95 = pmin(pmax(p + c(-1, 1) * qt(.975, N - 1) * se, 0), 1))
  }
  r <- list(experienced = sh(had == "yes", had != ""), voiced = sh(voiced == "yes", voiced != ""), reached = sh(where == "us", where != ""))
  level <- match(did, c("none", "left", "told", "firm", "court")); level[did == "media"] <- 4
  b <- did != ""
  r$silent <- sh(level == 1, b); r$tell_or_more <- sh(level >= 3, b); r$legal <- sh(level == 5, b)
  s <- 25 * (level[b] - 1)
  if (!weighted) r$index <- mean_of(s) else {
    u <- wt[b]; mu <- sum(u * s) / sum(u); N <- length(s); se <- sqrt(N / (N - 1) * sum((u * (s - mu))^2)) / sum(u)
    r$index <- list(n = N, value = mu, ci95 = mu + c(-1, 1) * qt(.975, N - 1) * se)
  }
  C <- sum(came >= as.POSIXct("2025-04-01", tz = "UTC") & came < now)
  e <- r$voiced$value * r$reached$value * .8
  r$iceberg <- list(recorded = C, estimate = C / e, low = C / (r$voiced$ci95[2] * r$reached$ci95[2] * .8), high = C / (r$voiced$ci95[1] * r$reached$ci95[1] * .8))
  r
}
out$block <- block(NULL); out$weighted <- block(weight)
lv <- complaints$level[complaints$level != ""]
out$levels <- share(lv == "legal")

# Poisson trend of the hotline by month: the score test equals that of glm
ch <- factor(format(came, "%Y-%m"), levels = format(seq(as.Date("2025-07-01"), as.Date("2026-03-01"), "month"), "%Y-%m"))
sug <- read.csv("suggestions.csv")
hot <- as.numeric(table(ch[complaints$channel == "hotline"])) + as.numeric(table(factor(substr(sug$received[sug$channel == "hotline"], 1, 7), levels = levels(ch))))
len <- as.numeric(diff(seq(as.Date("2025-07-01"), by = "month", length.out = length(hot) + 1))); t <- seq_along(hot) - 1
z <- anova(glm(hot ~ 1, poisson, offset = log(len), control = list(epsilon = 1e-14)), glm(hot ~ t, poisson, offset = log(len), control = list(epsilon = 1e-14)), test = "Rao")
out$channel <- list(counts = hot, z2 = z$Rao[2], p = z$`Pr(>Chi)`[2])

# ---- JSON
j <- function(x) {
  if (is.list(x)) paste0("{", paste0('"', names(x), '": ', sapply(x, j), collapse = ", "), "}")
  else if (length(x) > 1) paste0("[", paste(sapply(x, j), collapse = ", "), "]")
  else if (is.na(x)) "null" else format(as.numeric(x), digits = 17)
}
writeLines(j(out), "expected.json")
