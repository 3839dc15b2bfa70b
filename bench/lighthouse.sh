#!/bin/sh
# Measures pages of the built site with Lighthouse, as a server with gzip sends
# them: performance, accessibility, best practices, first load. Needs node, npm,
# python3 and a Chromium; nothing of the build needs them. Without arguments it
# takes one page of every kind of the demo. Run it on a quiet machine. SITE names
# another folder than site/.
#
#   manyi build && bench/lighthouse.sh [reports/sfo/index.html …]
set -eu
cd "$(dirname "$0")/.."
: "${CHROME_PATH:=$(command -v chromium || command -v chromium-browser || command -v google-chrome)}"
export CHROME_PATH
port=${PORT:-8790}
work=$(mktemp -d)
python3 bench/serve_gzip.py "$port" "${SITE:-site}" & server=$!
trap 'kill $server; rm -rf "$work"' EXIT
sleep 1
[ $# -gt 0 ] || set -- reports/index.html reports/service/index.html reports/service/complaints.html reports/service/complaint-causes.html \
	reports/service/flow.html reports/service/actions.html reports/service/service.html reports/sfo/questions.html reports/sfo/satisfaction-index.html \
	reports/kiosk/priorities.html reports/kiosk/gaps.html reports/kiosk/kano.html reports/telecom/model.html surveys/sfo/index.html
for page; do
	npx --yes lighthouse@12 "http://127.0.0.1:$port/$page" --quiet --chrome-flags="--headless=new --no-sandbox" \
		--only-categories=performance,accessibility,best-practices --output=json --output-path="$work/out.json"
	python3 - "$page" "$work/out.json" <<'X'
import json, sys
report = json.load(open(sys.argv[2]))
scores = [round(100 * (report["categories"][k]["score"] or 0)) for k in ("performance", "accessibility", "best-practices")]
print(sys.argv[1], *scores, *(report["audits"][k]["displayValue"] for k in ("largest-contentful-paint", "total-blocking-time", "total-byte-weight")), sep="\t")
X
done
