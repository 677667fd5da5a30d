/** Writes docs/problems.md, the list of all problems with their wordings. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOfRepository, renderProblemPage } from './problem-list/problem-page';

const root = join(__dirname, '..');
writeFileSync(join(root, 'docs', 'problems.md'), renderProblemPage(problemsOfRepository(root)));
console.log('docs/problems.md is written');
