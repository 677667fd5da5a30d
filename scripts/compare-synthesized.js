// Compares two output folders stack by stack, without what may differ between CDKTF and CDK
// Terrain: the version in the metadata, and the required version of the provider. Called by
// check-cdktn.sh with the two folders; ends with an error at the first difference.
const { deepStrictEqual } = require('node:assert');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const [, , left, right] = process.argv;

function read(folder, stack) {
  const json = JSON.parse(readFileSync(join(folder, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
  delete json['//'].metadata.version;
  delete json.terraform.required_providers;
  return json;
}

deepStrictEqual(readdirSync(join(left, 'stacks')), readdirSync(join(right, 'stacks')));
for (const stack of readdirSync(join(left, 'stacks'))) {
  deepStrictEqual(read(left, stack), read(right, stack));
  console.log(`${stack}: the same`);
}
