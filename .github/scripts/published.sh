#!/bin/sh
# Wait until the published site shows the receipt of the site that was built; fail when it does not. Caches on the way
# may take minutes.
# Use: published.sh ADDRESS SHA256 [TRIES [SECONDS BETWEEN]], with the sha256 of release.json of the built site.
set -eu
place="${1%/}/release.json"
for try in $(seq "${3:-30}"); do
  if curl --silent --show-error --fail --max-time 20 --output shown.json "$place?$(date +%s%N)"; then
    if [ "$(sha256sum shown.json | cut -d ' ' -f 1)" = "$2" ]; then
      echo "$place: the site that was built is the one that is shown"
      exit 0
    fi
    echo "$place: the receipt of another site (try $try)" >&2
  fi
  sleep "${4:-10}"
done
echo "$place does not show the site that was built" >&2
exit 1
