#!/bin/sh
# Refresh the sources, build, and push the release onto the newest main; from the start again when main has moved
# meanwhile, so that the site is always that of the commit that stands. Any run may be repeated: where nothing is new,
# nothing is committed, and the site is built all the same.
# Use: release.sh ADDRESS OF THE SITE. Leaves build/site, build/fetch and, where the data do not hold, findings.txt.
set -eu
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"

for attempt in 1 2 3 4 5; do
  git fetch --quiet origin main
  git reset --quiet --hard FETCH_HEAD
  git clean --quiet --force -d datasets
  rm -f findings.txt
  # A source that fails leaves its last good table in place: the job "Source health" tells, this one goes on.
  make --no-print-directory fetch
  if ! .venv/bin/abitare build --base-url "$1" --date "$(date -u +%F)" > said.txt 2>&1; then
    mv said.txt findings.txt
    cat findings.txt
    exit 1
  fi
  cat said.txt
  git add datasets
  if git diff --cached --quiet; then
    exit 0
  fi
  git commit --quiet --message "Release of $(date -u +%F)"
  if git push --quiet origin HEAD:main; then
    # Nothing starts by itself on a commit of the program's own. The site need not wait for it: its data were checked.
    gh workflow run check.yml --ref main || echo "::warning::The checks of the release could not be asked for."
    exit 0
  fi
  git fetch --quiet origin main
  if [ "$(git rev-parse FETCH_HEAD)" = "$(git rev-parse HEAD~)" ]; then
    echo "The release cannot be pushed, although main has not moved: may this job write to it?" >&2
    exit 1
  fi
  echo "main has moved: again from the start (attempt $attempt)"
done
echo "main moved during every attempt: the next run tries again." >&2
exit 1
