"""Serves site/, or the folder named, on loopback as a plain host does, for bench/lighthouse.sh and bench/evidence: text
and WebAssembly with gzip, other files as they are, in parts where asked."""
import functools
import gzip
import http.server
import os
import re
import sys


@functools.lru_cache(maxsize=None)
def packed(path, changed):
    with open(path, "rb") as f:
        return gzip.compress(f.read(), 6)


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            path = os.path.join(path, "index.html")
        if not os.path.isfile(path):
            self.send_error(404)
            return
        kind = self.guess_type(path)
        if kind.startswith("text") or kind in ("application/javascript", "application/json", "application/wasm", "image/svg+xml"):
            body = packed(path, os.path.getmtime(path))
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
        else:
            body = self.part(path)
        self.send_header("Content-Type", kind + "; charset=utf-8" if kind.startswith("text") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def part(self, path):
        with open(path, "rb") as f:
            body = f.read()
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not asked:
            self.send_response(200)
            self.send_header("Accept-Ranges", "bytes")
            return body
        first, last = int(asked[1]), min(int(asked[2] or len(body) - 1), len(body) - 1)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(body)}")
        return body[first:last + 1]


os.chdir(sys.argv[2] if len(sys.argv) > 2 else "site")
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
