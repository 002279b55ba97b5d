#!/usr/bin/env bash
# curl.sh "a prompt" video.mp4
set -euo pipefail

url=${SHUJAA_URL:-http://127.0.0.1:8787}
prompt=${1:-A young Kenyan entrepreneur builds an AI startup in Nairobi}
path=${2:-video.mp4}

# The first field of that name in a JSON answer; jq does it better, where it is there.
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" | head -n 1; }

# The same key never charges twice, however often curl has to try.
escaped=${prompt//\\/\\\\}
escaped=${escaped//\"/\\\"}
answer=$(curl --fail-with-body --silent --show-error --retry 3 "$url/api/videos" \
  -H "Authorization: Bearer $SHUJAA_KEY" \
  -H "Idempotency-Key: $(date +%s)-$$" \
  -H "Content-Type: application/json" \
  -d "{\"prompt\": \"$escaped\", \"scenes\": 1, \"draft\": true}") || {
  echo "$answer" | field detail >&2
  exit 1
}
id=$(echo "$answer" | field id)
echo "$id"

# Server-sent events until it has ended; the last one is named after how.
end=
while read -r name; do
  echo "$name" >&2
  end=$name
done < <(curl --fail-with-body --silent --show-error --no-buffer "$url/api/videos/$id/events" \
  -H "Authorization: Bearer $SHUJAA_KEY" -H "Accept: text/event-stream" | sed -u -n 's/^event: //p')
[ "$end" = succeeded ] || exit 1

curl --fail-with-body --silent --show-error --retry 3 "$url/api/videos/$id/file" \
  -H "Authorization: Bearer $SHUJAA_KEY" -o "$path"
echo "$path"
