/** Writes environments/environment.schema.json, with which editors check and complete the files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentJsonSchema } from '../environment/json-schema';

const file = join(__dirname, '..', 'environments', 'environment.schema.json');
writeFileSync(file, environmentJsonSchema());
console.log('environments/environment.schema.json is written');
