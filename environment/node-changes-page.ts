import { listedKeys } from './settings-page';

const GROUP = /^nodes\.groups\[\]\.([^.[]+)$/;

/**
 * docs/node-changes.md with a row for each key of a group that rolls its nodes and has none: what it
 * does is what all of them do. Whoever has more to say of a key writes the row by hand.
 *
 * @param page the page as it is
 */
export function withNodeChangeRows(page: string): string {
  const missing = listedKeys().flatMap(({ path, change }) => {
    const key = GROUP.exec(path)?.[1];
    const row = `| \`groups.${key}\` | template | **roll** |`;
    const isThere = page.includes(`\n| \`groups.${key}\` |`);
    return key === undefined || change !== 'rolls' || isThere ? [] : [row];
  });
  const lines = page.split('\n');
  const isOfGroup = lines.map((line) => line.startsWith('| `groups.'));
  const behind = isOfGroup.lastIndexOf(true) + 1;
  return [...lines.slice(0, behind), ...missing, ...lines.slice(behind)].join('\n');
}
