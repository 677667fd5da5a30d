#!/bin/sh
# Synthesizes every example, and the environments, into a folder that is thrown away. Called by
# check.sh; `npm run examples` by hand.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

for example in examples/*/main.ts; do
  folder=$(dirname "$example")
  (cd "$folder" && CDKTF_OUTDIR="$out/$(basename "$folder")" "$root/node_modules/.bin/tsx" main.ts)
  echo "$folder: synthesized"
done
CDKTF_OUTDIR="$out/environments" node_modules/.bin/tsx main.ts >/dev/null
echo 'environments: synthesized'
