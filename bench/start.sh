#!/usr/bin/env bash
# Measures the app against two other ways on the same machine: an empty one-stack app through tsx
# (what CDKTF itself costs), and the same app through ts-node with one import of the provider's
# package root (what `cdktf init` leads to). Prints the median wall time and the peak memory of five
# runs each, without npm, which adds a quarter of a second to each. ts-node is installed into a
# folder that is thrown away.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runs=5

cat >"$work/empty.ts" <<'TS'
import { App, TerraformStack } from 'cdktf';
const app = new App();
new TerraformStack(app, 'empty');
app.synth();
TS

cp -R app environment environments modules stacks "$work"
{
  echo "import * as provider from '@cdktf/provider-aws';"
  echo 'void provider;'
  cat main.ts
} >"$work/main.ts"

cat >"$work/tsconfig.json" <<'JSON'
{ "compilerOptions": { "target": "ES2022", "module": "commonjs", "moduleResolution": "node10",
  "esModuleInterop": true, "strict": true, "skipLibCheck": true, "types": ["node"] } }
JSON
(cd "$work" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund ts-node@10.9.2 typescript@5.9.3)
for package in cdktf constructs @cdktf @types/node fastest-levenshtein yaml zod; do
  mkdir -p "$(dirname "$work/node_modules/$package")"
  ln -s "$root/node_modules/$package" "$work/node_modules/$package"
done

# label, then the command
measure() {
  local label=$1
  shift
  for _ in $(seq "$runs"); do
    rm -rf "$work/out"
    CDKTF_OUTDIR="$work/out" python3 - "$@" <<'PY'
import resource, subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
wall = time.monotonic() - start
print(f"{wall:.2f} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f}")
PY
  done | sort -n | awk -v label="$label" '
    { wall[NR] = $1; if ($2 > peak) peak = $2 }
    END { printf "%-44s %6.2f s  %5d MB\n", label, wall[int((NR + 1) / 2)], peak }'
}

tsx=node_modules/.bin/tsx
measure 'empty one-stack app, tsx' "$tsx" "$work/empty.ts"
measure 'this app, as npm start runs it' node --require tsx/cjs main.ts
measure 'this app with a root import, through ts-node' node "$work/node_modules/ts-node/dist/bin.js" \
  --project "$work/tsconfig.json" "$work/main.ts"
