import { describe, expect, it } from '@jest/globals';
import { listedKeys, renderSettingsPage } from '../../environment/settings-page';
import { repositoryText } from '../support/repository';

const KEYS = listedKeys();

describe('docs/settings.md', () => {
  it('is the one in the repository; npm run schema writes it', () => {
    expect(repositoryText('docs/settings.md')).toBe(renderSettingsPage());
  });

  it('says first that it is generated, and by what', () => {
    expect(renderSettingsPage().split('\n', 1).join()).toContain('npm run schema writes this page');
  });

  it('has a row for every key, with what it is', () => {
    const paths = KEYS.map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(250);
    expect(paths).toEqual(
      expect.arrayContaining([
        'name',
        'cluster.windowsSupport.vpcCni.prefixDelegation',
        'image.components[].file',
        'nodes.ami.imageId',
        'nodes.groups[].taints[].effect',
      ]),
    );
    expect(KEYS.filter(({ about }) => about === '').map(({ path }) => path)).toEqual([]);
  });

  it('says what a change does of every key that does not only hold others', () => {
    const silent = KEYS.filter(({ change, holdsKeys }) => change === undefined && !holdsKeys);
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

describe('a row', () => {
  const rowOf = (path: string) => {
    const lines = renderSettingsPage().split('\n');
    return lines.find((line) => line.startsWith(`| \`${path}\` |`));
  };

  it('has form, limits, default, what a change does, and what the key is', () => {
    expect(rowOf('fastLaunch.timeoutMinutes')).toBe(
      '| `fastLaunch.timeoutMinutes` | integer, 1 to 1440 | 60 | nothing | Minutes to wait until it is on |',
    );
    expect(rowOf('fastLaunch.maxParallelLaunches')).toMatch(
      /^\| `[^`]+` \| integer, at least 6 \| 6 \| in-place \| Number of instances/,
    );
    expect(rowOf('windows.server')).toMatch(
      /^\| `windows.server` \| `2019`, `2022`, `2025` \| required \| builds \|/,
    );
    expect(rowOf('fastLaunch.securityGroupIds')).toMatch(/ \| list of text, at least 1 \| /);
    expect(rowOf('fastLaunch.keyGrant')).toMatch(/ \| keys \| none \| in-place \| /);
    expect(rowOf('tags')).toMatch(/ \| text by key \| none \| rolls \| /);
    expect(rowOf('nodes.ami')).toMatch(
      / \| `built`, `eks-optimized` or keys \| built \| rolls \| /,
    );
  });

  it('has no bar but between its cells', () => {
    const lines = renderSettingsPage([
      {
        path: 'a.b',
        form: 'text',
        byDefault: 'x | <y>',
        change: undefined,
        about: 'What it is',
        holdsKeys: false,
      },
    ]).split('\n');
    expect(lines.at(-2)).toBe('| `a.b` | text | x \\| &lt;y> |  | What it is |');
  });
});
