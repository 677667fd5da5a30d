#!/usr/bin/env bash
# Everything that has to hold before a change lands: `npm run check` on a developer's machine, with the
# tests of `npm test`; `.ci/run` names `test:all`. Stops at the first thing that does not hold. Ends
# with the line that counts the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
tests=${1:-test}

tree() {
  git status --porcelain
  git diff
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
before=$(tree)

echo '== format and lint'
npx --no-install biome check --error-on-warnings .

echo '== types'
npx --no-install tsc --noEmit

echo '== cycles of imports'
npm run --silent cycles

echo '== unused files, exports and dependencies'
npm run --silent unused

echo '== examples'
sh scripts/synthesize-examples.sh

echo "== tests: npm run $tests"
npm run --silent "$tests" 2>&1 | tee "$log"

echo '== clean tree'
if [ "$(tree)" != "$before" ]; then
  git status --short
  echo 'the checks have changed files, see above' >&2
  exit 1
fi

grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$log" | tail -n 1
