package collect

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// limiter is a token bucket for each network: IPv4 /24, IPv6 /48. It knows a
// network only by an HMAC under a random key that lives in memory for a day, so
// that no address can be had from it.
type limiter struct {
	perMinute float64 // 0: no limit
	proxies   []netip.Prefix
	now       func() time.Time

	mu      sync.Mutex
	key     [32]byte
	day     string
	buckets map[digest]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// mostBuckets is how many networks are remembered; beyond, those that are full again are forgotten.
const mostBuckets = 50_000

func newLimiter(perMinute int, proxies []netip.Prefix, now func() time.Time) *limiter {
	return &limiter{perMinute: float64(perMinute), proxies: proxies, now: now, buckets: map[digest]bucket{}}
}

// take takes one token of the network a request comes from; wait says in how
// many seconds there will be one.
func (l *limiter) take(r *http.Request) (wait int, ok bool) {
	if l.perMinute <= 0 {
		return 0, true
	}
	network := l.network(r)
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if day := now.UTC().Format(time.DateOnly); day != l.day {
		_, _ = rand.Read(l.key[:])
		l.day, l.buckets = day, map[digest]bucket{}
	}
	h := hmac.New(sha256.New, l.key[:])
	_, _ = h.Write(network)
	id := digest(h.Sum(nil)[:16])
	b, known := l.buckets[id]
	if !known {
		if len(l.buckets) >= mostBuckets {
			l.prune(now)
		}
		b = bucket{l.perMinute, now}
	}
	b.left = min(l.perMinute, b.left+now.Sub(b.at).Minutes()*l.perMinute)
	b.at = now
	if b.left < 1 {
		l.buckets[id] = b
		return int((1-b.left)*60/l.perMinute) + 1, false
	}
	b.left--
	l.buckets[id] = b
	return 0, true
}

func (l *limiter) prune(now time.Time) {
	for id, b := range l.buckets {
		if b.left+now.Sub(b.at).Minutes()*l.perMinute >= l.perMinute {
			delete(l.buckets, id)
		}
	}
	if len(l.buckets) >= mostBuckets { // under attack from everywhere: begin anew rather than grow
		clear(l.buckets)
	}
}

// network is the network of the client. What a header says of it counts only
// where the request comes from a proxy that was named: the last address in the
// list that is no such proxy.
func (l *limiter) network(r *http.Request) []byte {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	addr, _ := netip.ParseAddr(host)
	if l.trusted(addr) {
		list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(list) - 1; i >= 0; i-- {
			a, err := netip.ParseAddr(strings.TrimSpace(list[i]))
			if err != nil {
				break
			}
			if addr = a; !l.trusted(a) {
				break
			}
		}
	}
	addr = addr.Unmap().WithZone("")
	bits := 24
	if addr.Is6() {
		bits = 48
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return nil
	}
	out, _ := prefix.MarshalBinary()
	return out
}

func (l *limiter) trusted(a netip.Addr) bool {
	for _, p := range l.proxies {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}
