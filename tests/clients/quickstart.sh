#!/bin/sh
# From nothing but a key to a check-in: cycles, OKRs, the first key result.
# Needs curl and python3 (to read JSON). BASE is https://your.host/api/v1.
set -eu
: "${BASE:?the address of the API, ending in /api/v1}" "${API_KEY:?an API key}"

get() {
  curl --fail-with-body --silent --show-error "$BASE/$1" -H "Authorization: Bearer $API_KEY"
}

echo "Active cycles:"
get cycles | python3 -c '
import json, sys
for cycle in json.load(sys.stdin):
    if cycle["status"] == "active":
        print(" ", cycle["name"], cycle["id"])'

kr_id=$(get okrs | python3 -c '
import json, sys
print(next(kr["id"] for okr in json.load(sys.stdin) for kr in okr["key_results"]))')

echo "Checking in $kr_id:"
curl --fail-with-body --silent --show-error -X POST "$BASE/key-results/$kr_id/checkins" \
  -H "Authorization: Bearer $API_KEY" \
  -H "Content-Type: application/json" \
  -d '{ "value": 70, "comment": "From the command line", "status": "on_track" }'
echo
