#!/bin/sh
# What changes in the data since a commit, and what the checks say of it, as a comment in Markdown.
# Use: diff.sh COMMIT [ADDRESS OF THE PREVIEW]
set -eu
rm -rf build/base
mkdir -p build/base
git archive "$1" datasets/release | tar -x -C build/base
# The job of the checks fails by itself; here their words are wanted, whatever they are.
.venv/bin/abitare check > build/findings.txt 2>&1 || true
# Who changed a source table may not have built the release: the trial shows what it would be.
new=datasets/release
if .venv/bin/abitare build --out build/trial/site > build/trial.txt 2>&1; then
  new=build/trial/site/dati
elif ! grep -q 'ERRORE / ERROR' build/findings.txt; then
  grep '^abitare:' build/trial.txt >> build/findings.txt || true
fi
.venv/bin/abitare diff build/base/datasets/release "$new" --format markdown --findings build/findings.txt \
  --preview "${2:-}"
