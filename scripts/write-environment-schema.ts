/**
 * Writes what is made of the schema of an environment file: environments/environment.schema.json,
 * with which editors check and complete the files, docs/settings.md, and rows of docs/node-changes.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentJsonSchema } from '../environment/json-schema';
import { withNodeChangeRows } from '../environment/node-changes-page';
import { renderSettingsPage } from '../environment/settings-page';

const ROOT = join(__dirname, '..');

const WRITTEN = {
  'environments/environment.schema.json': environmentJsonSchema(),
  'docs/settings.md': renderSettingsPage(),
  'docs/node-changes.md': withNodeChangeRows(
    readFileSync(join(ROOT, 'docs/node-changes.md'), 'utf8'),
  ),
};

for (const [file, text] of Object.entries(WRITTEN)) {
  writeFileSync(join(ROOT, file), text);
  console.log(`${file} is written`);
}
