import { describe, expect, it } from '@jest/globals';
import { readEnvironmentFile } from '../../../app/loading/environment-file';
import { FULL_ENVIRONMENT, printedProblemsOf, problemsOf, withChanges } from '../full-environment';

const environmentOf = (text: string) => readEnvironmentFile('e.yaml', text).environment;

describe('YAML that is fine', () => {
  it('may have line ends of Windows', () => {
    const windows = FULL_ENVIRONMENT.replaceAll('\n', '\r\n');
    expect(environmentOf(windows)).toEqual(environmentOf(FULL_ENVIRONMENT));
    expect(problemsOf(windows.replace('rootVolumeGiB: 100', 'rootVolumeGiB: 10'))).toEqual([
      'e.yaml:10:18  `image.rootVolumeGiB` integer-range: 10',
    ]);
  });

  it('may have anchors, aliases and merged mappings', () => {
    const text = withChanges(
      ['      subnetIds: [', '      subnetIds: &subnets ['],
      ['    - name: apps\n', '    - &apps\n      name: apps\n'],
      [
        'effect: NoSchedule }]\n',
        'effect: NoSchedule }]\n    - { <<: *apps, name: jobs, subnetIds: *subnets }\n',
      ],
    );
    const [apps, jobs] = environmentOf(text)?.nodes.groups ?? [];
    expect(jobs).toEqual({ ...apps, name: 'jobs' });
  });

  it('shows problems of merged values where they are written', () => {
    const text = withChanges(
      ['    - name: apps\n', '    - &apps\n      name: apps\n'],
      ['minSize: 1', 'minSize: one'],
      ['effect: NoSchedule }]\n', 'effect: NoSchedule }]\n    - { <<: [*apps], name: jobs }\n'],
    );
    expect(problemsOf(text)).toEqual([
      'e.yaml:26:16  `nodes.groups[0].minSize` wrong-type: "one"',
      'e.yaml:26:16  `nodes.groups[1].minSize` wrong-type: "one"',
    ]);
  });

  it('shows problems of an alias at the alias', () => {
    const text = withChanges(
      ['name: example\n', 'name: &name example\n'],
      ['rootVolumeGiB: 100', 'rootVolumeGiB: *name'],
    );
    expect(problemsOf(text)).toEqual(['e.yaml:10:18  `image.rootVolumeGiB` wrong-type: "example"']);
  });

  it('shows how a number behind an alias is written', () => {
    const text = withChanges(
      ['edition: Core', 'edition: &version 1.30'],
      ['release: latest', 'release: *version'],
    );
    expect(problemsOf(text)).toEqual([
      'e.yaml:8:46  `windows.edition` one-of: 1.3',
      'e.yaml:8:61  `windows.release` wrong-type: 1.3',
    ]);
  });
});

describe('blanks that are missing or odd', () => {
  it.each([
    [
      'no blank behind a colon in braces',
      ['{ owner: platform }', '{ owner:platform }'] as const,
      '3:9  `tags["owner:platform"]` must have a value, got: null; put a blank behind the colon: owner: platform',
    ],
    [
      'no blank behind the colon of a known key',
      ['{ name: example,', '{ name:example,'] as const,
      '7:12  `cluster["name:example"]` must be a known key, got: "name:example"; put a blank behind the colon: name: example',
    ],
    [
      'non-breaking blanks in front of a key',
      ['name: example\n', '\u00a0\u00a0name: example\n'] as const,
      '1:1  `["\u00a0\u00a0name"]` must be a known key, got: "\u00a0\u00a0name"; put a usual blank in the place of the non-breaking one',
    ],
  ])('are told once: %s', (_name, change, expected) => {
    expect(printedProblemsOf(withChanges(change))).toEqual([`e.yaml:${expected}`]);
  });
});

describe('a text that is no environment', () => {
  const start = 'the file must have keys such as name and region at its top';
  const copy = 'begin with a copy of environments/example.yaml';
  it.each([
    ['an empty file', '', `1:1  ${start}, got: nothing; ${copy}`],
    ['a file of comments', '# later\n', `1:1  ${start}, got: nothing; ${copy}`],
    ['a list', '# a\n- name: example\n', `2:1  ${start}, got: a list; ${copy}`],
    ['a single word', 'example', `1:1  ${start}, got: a single value; ${copy}`],
    [
      'a component',
      'schemaVersion: 1.0\nphases: []\n',
      '1:1  the file must be an environment, got: a component document; move it to a folder such as components',
    ],
  ])('is refused: %s', (_name, text, expected) => {
    expect(printedProblemsOf(text)).toEqual([`e.yaml:${expected}`]);
  });
});

describe('a text that is no YAML', () => {
  const billionLaughs = ['a: &a [x, x, x, x, x, x, x, x, x]']
    .concat(
      [...'bcdefghi'].map((name, index) => `${name}: &${name} [${laughs('abcdefgh'[index])}]`),
    )
    .join('\n');
  function laughs(name: string | undefined): string {
    return Array.from({ length: 9 }, () => `*${name}`).join(', ');
  }
  const got = (line: string) => `the file must be valid YAML, got: ${JSON.stringify(line)}`;

  it.each([
    [
      'two documents',
      'name: a\n---\nname: b\n',
      `2:1  ${got('---')}; make each part behind --- a file of its own`,
    ],
    ['an open quote', 'name: "x\n', `1:7  ${got('name: "x')}; close the quote that opens here`],
    [
      'an open quote before other lines',
      "a:\n  b: 'x\n  c: 1\n",
      `2:6  ${got("b: 'x")}; close the quote that opens here`,
    ],
    [
      'a missing comma',
      'a: { a: b c: d }',
      `1:9  ${got('a: { a: b c: d }')}; put a comma between two keys`,
    ],
    [
      'a missing comma at the end of a line',
      'a: { b: 1\n  c: 2 }',
      `1:9  ${got('a: { b: 1')}; put a comma between two keys`,
    ],
    [
      'a missing comma behind quotes',
      'a: { b: "x" c: d }',
      `1:9  ${got('a: { b: "x" c: d }')}; put a comma between two keys`,
    ],
    [
      'a non-breaking blank behind a colon',
      'name:\u00a0x\nregion: b',
      `1:1  ${got('name:\u00a0x')}; put a usual blank in the place of the non-breaking one`,
    ],
    [
      'versions that git could not merge',
      'x: 1\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> main\n',
      `2:1  ${got('<<<<<<< HEAD')}; git could not merge: choose a version, and take out <<<<<<<, ======= and >>>>>>>`,
    ],
    [
      'items that git could not merge, with line ends of Windows',
      'x:\r\n  - y\r\n<<<<<<< HEAD\r\n  - a\r\n=======\r\n  - b\r\n>>>>>>> main\r\n',
      `3:1  ${got('<<<<<<< HEAD')}; git could not merge: choose a version, and take out <<<<<<<, ======= and >>>>>>>`,
    ],
    [
      'a mark of git that was forgotten',
      'x: 1\n=======\na: 2\n',
      `2:1  ${got('=======')}; git could not merge: choose a version, and take out <<<<<<<, ======= and >>>>>>>`,
    ],
    [
      'an open bracket',
      'a: [b\n',
      `2:1  ${got('')}; indent the lines of one block alike, and close every bracket`,
    ],
    ['a tab', 'a:\n\tb: 1', `2:1  ${got('b: 1')}; indent with blanks instead of tabs`],
    ['a back-tick', 'a: `x`', `1:4  ${got('a: `x`')}; put the value in quotes`],
    [
      'a deeper line behind a value',
      'a: 1\n  b: 2',
      `1:4  ${got('a: 1')}; put text with a colon in quotes, or give the next line as many blanks in front as this one`,
    ],
    [
      'a line of an item with too few blanks',
      'a:\n  - b: 1\n   c: 2',
      `3:1  ${got('c: 2')}; give the line as many blanks in front as the lines of its block have`,
    ],
    [
      'braces without quotes',
      'a: {{ b }}',
      `1:5  ${got('a: {{ b }}')}; put text with {{ in quotes: braces begin a map in YAML`,
    ],
    [
      'text that begins with braces without quotes',
      'a:\n  - {{ b }}/c',
      `2:6  ${got('- {{ b }}/c')}; put text with {{ in quotes: braces begin a map in YAML`,
    ],
    [
      'a colon without a blank',
      'name:example\nregion: x',
      `1:1  ${got('name:example')}; check the indentation, and put a blank behind each colon`,
    ],
    [
      'a list as a key',
      '? [a]\n: 1',
      `1:3  ${got('? [a]')}; write a plain word in front of the colon`,
    ],
    [
      'a tag of another language',
      'a: !foo 1',
      `1:4  ${got('a: !foo 1')}; put text that begins with ! in quotes`,
    ],
    ['an asterisk', 'a: *', `1:4  ${got('a: *')}; put text that begins with * in quotes`],
    [
      'a bracket too many',
      'a: b]\n}',
      `2:1  ${got('}')}; check the brackets, the quotes and the indentation`,
    ],
    ['an alias of nothing', 'a: 1\nb: *x', `2:4  ${got('b: *x')}; there is no &x before it`],
    ['an alias of itself', 'a: &x [*x]', `1:8  ${got('a: &x [*x]')}; *x would be a part of itself`],
    [
      'a merge of itself',
      'a: &x { <<: *x }',
      `1:13  ${got('a: &x { <<: *x }')}; *x would be a part of itself`,
    ],
    ['a merge of a number', 'a:\n  <<: 3', `2:3  ${got('<<: 3')}; a << takes only mappings`],
    [
      'a key of JavaScript',
      'tags: { __proto__: x }',
      `1:9  ${got('tags: { __proto__: x }')}; choose another key: JavaScript has its own use for this one`,
    ],
    [
      'a billion laughs',
      billionLaughs,
      '1:1  the file must be valid YAML, got: too many repetitions by aliases; write the values out',
    ],
  ])('is refused once: %s', (_name, text, expected) => {
    expect(printedProblemsOf(text)).toEqual([`e.yaml:${expected}`]);
  });

  it('is refused when it is nested too deeply', () => {
    const [problem = '', ...more] = printedProblemsOf('['.repeat(20_000));
    expect(more).toEqual([]);
    expect(problem.replace(/^e\.yaml:1:\d+ {2}/, '')).toBe(
      `the file must be valid YAML, got: "${'['.repeat(116)}...; the nesting is too deep`,
    );
  });

  it('is refused for every repeated key, and the rest is looked at too', () => {
    const text = withChanges(
      ['region: us-east-1\ntags', 'region: us-east-1\nregion: x\ntags'],
      ['minSize: 1', 'minSize: 1\n      minSize: one'],
    );
    const advice = 'this key is there already; remove one of them';
    expect(problemsOf(text)).toEqual([
      'e.yaml:3:1  `` yaml-syntax: "region: x"',
      'e.yaml:3:9  `region` region: "x"',
      'e.yaml:27:7  `` yaml-syntax: "minSize: one"',
      'e.yaml:27:16  `nodes.groups[0].minSize` wrong-type: "one"',
    ]);
    expect(printedProblemsOf(text)[0]).toBe(`e.yaml:3:1  ${got('region: x')}; ${advice}`);
  });

  it('is refused with what is wrong with each value of a repeated key, and once for the rest', () => {
    const text = withChanges(
      ['minSize: 1', 'minSize: one\n      minSize: 1'],
      ['maxSize: 5', 'maxSize: five'],
      ['nodes:\n', 'windows: {}\nnodes:\n'],
    );
    expect(problemsOf(text)).toEqual([
      'e.yaml:19:1  `windows.server` missing-key: nothing',
      'e.yaml:19:1  `` yaml-syntax: "windows: {}"',
      'e.yaml:26:16  `nodes.groups[0].minSize` wrong-type: "one"',
      'e.yaml:27:7  `` yaml-syntax: "minSize: 1"',
      'e.yaml:28:16  `nodes.groups[0].maxSize` wrong-type: "five"',
    ]);
  });

  it('is refused without a look at the first values when the rest repeats a second one', () => {
    const text = withChanges(
      ['region: us-east-1\ntags', 'region: x\nregion: &region us-east-1\ntags'],
      ['windows/example, region: us-east-1', 'windows/example, region: *region'],
    );
    expect(problemsOf(text)).toEqual(['e.yaml:3:1  `` yaml-syntax: "region: &region us-east-1"']);
  });
});
