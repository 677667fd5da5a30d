/**
 * Writes what is made of the schema of an environment file: environments/environment.schema.json,
 * with which editors check and complete the files, and docs/settings.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentJsonSchema } from '../environment/json-schema';
import { renderSettingsPage } from '../environment/settings-page';

const WRITTEN = {
  'environments/environment.schema.json': environmentJsonSchema(),
  'docs/settings.md': renderSettingsPage(),
};

for (const [file, text] of Object.entries(WRITTEN)) {
  writeFileSync(join(__dirname, '..', file), text);
  console.log(`${file} is written`);
}
