#!/usr/bin/env bash
# Proves that the same source runs on CDK Terrain: installs the fork under CDKTF's names into a
# folder that is thrown away, type-checks, synthesizes the environments there and here, and compares
# what comes out. Only the version of CDKTF and the provider's may differ. `npm run check:cdktn`, and
# a job of its own in CI, because it installs 500 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp -R app environment environments examples main.ts modules stacks tsconfig.json package.json "$work"
cd "$work"
# npm takes no alias for a package that package.json names already. All other versions are exact.
npm pkg delete peerDependencies optionalDependencies devDependencies.cdktf \
  'devDependencies.@cdktf/provider-aws'
npm install --loglevel error --no-audit --no-fund --legacy-peer-deps --ignore-scripts --no-package-lock \
  cdktn@0.24.0 cdktf@npm:cdktn@0.24.0 @cdktf/provider-aws@npm:@cdktn/provider-aws@25.7.0

node_modules/.bin/tsc --noEmit
echo 'cdktn: the types fit'

CDKTF_OUTDIR="$work/out/cdktn" node --require tsx/cjs main.ts >/dev/null
(cd "$root" && CDKTF_OUTDIR="$work/out/cdktf" node --require tsx/cjs main.ts >/dev/null)

node "$root/scripts/compare-synthesized.js" "$work/out/cdktn" "$work/out/cdktf"
