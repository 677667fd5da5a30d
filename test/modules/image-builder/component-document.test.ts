import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { formatProblem } from '../../../modules/core';
import {
  type ComponentDocument,
  type ComponentStep,
  checkComponentDocument,
  MAX_INLINE_DOCUMENT_CHARACTERS,
  renderComponentDocument,
} from '../../../modules/image-builder';
import { expectGolden } from '../../support/golden';

const REBOOT = { name: 'Restart', action: 'Reboot', inputs: { delaySeconds: 30 } } as const;

const MINIMAL: ComponentDocument = {
  name: 'Minimal',
  phases: [{ name: 'build', steps: [REBOOT] }],
};

const ALL_OPTIONS: ComponentDocument = {
  name: 'AllOptions',
  description: 'Every action, with every option: "quoted", # and more',
  phases: [
    {
      name: 'build',
      steps: [
        {
          name: 'Install',
          action: 'ExecutePowerShell',
          timeoutSeconds: 600,
          onFailure: 'Abort',
          maxAttempts: 3,
          inputs: { commands: ['Write-Host "a: b" # c', "$x = 'y'\nif ($x) { exit 0 }\n"] },
        },
        {
          name: 'Patch',
          action: 'UpdateOS',
          timeoutSeconds: -1,
          onFailure: 'Continue',
          inputs: { include: ['KB1234567'], exclude: ['KB7654321', 'KB1'] },
        },
        { name: 'PatchAll', action: 'UpdateOS' },
        REBOOT,
      ],
    },
    {
      name: 'validate',
      steps: [
        {
          name: 'Registry',
          action: 'SetRegistry',
          onFailure: 'Ignore',
          inputs: [
            { path: 'HKLM:\\SOFTWARE\\Example', name: 'Flag', value: '0001', type: 'DWORD' },
            { path: 'HKLM:\\SOFTWARE\\Example', name: 'Text', value: ' a\n', type: 'SZ' },
          ],
        },
      ],
    },
    { name: 'test', steps: [{ ...REBOOT, name: 'Restart-2_b' }] },
  ],
};

/** The document with the keys of all objects in the opposite order. */
function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reverseKeys(inner)] as const);
  return Object.fromEntries(entries.reverse());
}

const documentOf = (...steps: readonly ComponentStep[]): ComponentDocument => ({
  name: 'Example',
  phases: [{ name: 'build', steps }],
});

/**
 * Lines of nothing but blanks: the YAML package writes them as a block, of which readers drop the
 * blanks. No input of a component is of that kind.
 */
const isBlankLines = (text: string): boolean => /^[ \t\n]*\n$/.test(text) && /[ \t]/.test(text);

describe('renderComponentDocument', () => {
  it('writes a minimal document', () => {
    expectGolden('component/minimal.yaml', renderComponentDocument(MINIMAL));
  });

  it('writes a document with all options', () => {
    expectGolden('component/all-options.yaml', renderComponentDocument(ALL_OPTIONS));
  });

  it.each([
    ['minimal', MINIMAL],
    ['full', ALL_OPTIONS],
  ])('writes what reads as the %s document again', (_, document) => {
    expect(parse(renderComponentDocument(document))).toEqual({ ...document, schemaVersion: 1 });
  });

  it('writes the schema version as AWSTOE wants it', () => {
    expect(renderComponentDocument(MINIMAL).split('\n')).toContain('schemaVersion: 1.0');
  });

  it('writes the same text whatever the order of the keys', () => {
    const reversed = reverseKeys(ALL_OPTIONS) as ComponentDocument;
    expect(Object.keys(reversed)).toEqual(['phases', 'description', 'name']);
    expect(renderComponentDocument(reversed)).toBe(renderComponentDocument(ALL_OPTIONS));
  });

  it('writes out a step that two phases share', () => {
    const phases = (['build', 'test'] as const).map((name) => ({ name, steps: [REBOOT] }));
    const text = renderComponentDocument({ name: 'Shared', phases });
    expect(text).not.toMatch(/[&*]a\d/);
    expect(parse(text)).toEqual({ name: 'Shared', schemaVersion: 1, phases });
  });

  it.each(['yes', 'on', '1_000', '12:30:45', '2026-01-01'])(
    'puts %s in quotes, which older readers do not take for text',
    (description) => {
      expect(renderComponentDocument({ ...MINIMAL, description })).toContain(
        `description: "${description}"\n`,
      );
    },
  );

  it('does not fold long lines', () => {
    const command = `Write-Host ${'long '.repeat(60)}end`;
    const commands = [command, `${command}\n${command}\n`];
    const step: ComponentStep = { name: 'a', action: 'ExecutePowerShell', inputs: { commands } };
    const lines = renderComponentDocument(documentOf(step)).split('\n');
    expect(lines.filter((line) => line.endsWith(command))).toHaveLength(3);
  });

  it('brings every string through', () => {
    const special = fc.constantFrom(
      ...[':', ': ', '#', ' #', ' ', '  ', '\n', '\t', '-', '- ', "'", '"', '\\', '|', '>'],
      ...['{{ a }}', '${a}', '%{', '[', '{', '&', '*', '!', '?', '@', '`', 'a', '1', '\r', 'é'],
      ...['null', 'true', '~', '---', '...', '\u0085', '\u2028', '\ufeff', '\0', '💾'],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(special, { maxLength: 8 }).map((list) => list.join('')),
      fc.array(special, { maxLength: 4 }).map((list) => `${list.join('\n')}\n`),
    );
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), (description, commands) => {
        fc.pre(![description, ...commands].some(isBlankLines));
        const name = 'a';
        const value = commands[0] ?? '';
        const document: ComponentDocument = {
          name,
          description,
          phases: [
            {
              name: 'build',
              steps: [
                { name, action: 'ExecutePowerShell', inputs: { commands } },
                {
                  name,
                  action: 'SetRegistry',
                  inputs: [{ path: value, name: value, value, type: 'SZ' }],
                },
              ],
            },
          ],
        };
        const read = parse(renderComponentDocument(document));
        expect(read).toEqual({ ...document, schemaVersion: 1 });
      }),
      { numRuns: 150 },
    );
  });
});

describe('checkComponentDocument', () => {
  const texts = (document: ComponentDocument) =>
    checkComponentDocument(['document'], document).map(formatProblem);

  it.each([
    ['minimal', MINIMAL],
    ['full', ALL_OPTIONS],
  ])('takes the %s document', (_, document) => {
    expect(texts(document)).toEqual([]);
  });

  it('refuses a document without a phase', () => {
    expect(texts({ name: 'Empty', phases: [] })).toEqual([
      '`document.phases` must have at least 1 item, got: 0',
    ]);
  });

  it('refuses a phase without a step', () => {
    expect(texts(documentOf())).toEqual([
      '`document.phases[0].steps` must have at least 1 item, got: 0',
    ]);
  });

  it('refuses a phase that is there twice', () => {
    const phase = { name: 'build', steps: [REBOOT] } as const;
    expect(texts({ name: 'Twice', phases: [phase, { ...phase, name: 'test' }, phase] })).toEqual([
      '`document.phases[2]` must be named once, got: "build"; remove the repetition',
    ]);
  });

  it('refuses a step name that is in its phase twice, and takes it in another', () => {
    const phases = [
      { name: 'build', steps: [REBOOT, REBOOT] },
      { name: 'test', steps: [REBOOT] },
    ] as const;
    expect(texts({ name: 'Twice', phases })).toEqual([
      '`document.phases[0].steps[1]` must be named once, got: "Restart"; remove the repetition',
    ]);
  });

  it.each(['a', 'A_b-9', 'x'.repeat(128)])('takes the step name %s', (name) => {
    expect(texts(documentOf({ ...REBOOT, name }))).toEqual([]);
  });

  it.each(['', 'a b', 'a.b', 'ä', 'a\n'])('refuses the step name %j', (name) => {
    expect(texts(documentOf(REBOOT, { ...REBOOT, name }))).toEqual([
      '`document.phases[0].steps[1].name` must be up to 128 letters, digits, - and _, ' +
        `got: ${JSON.stringify(name)}`,
    ]);
  });

  it.each([
    [{ timeoutSeconds: -1 }, undefined],
    [{ timeoutSeconds: 1, maxAttempts: 1 }, undefined],
    [
      { timeoutSeconds: 0 },
      '`document.phases[0].steps[0].timeoutSeconds` must be an integer of at least 1, got: 0',
    ],
    [
      { timeoutSeconds: -2 },
      '`document.phases[0].steps[0].timeoutSeconds` must be an integer of at least 1, got: -2',
    ],
    [
      { maxAttempts: 0 },
      '`document.phases[0].steps[0].maxAttempts` must be an integer of at least 1, got: 0',
    ],
    [{ inputs: { delaySeconds: 0 } }, undefined],
    [
      { inputs: { delaySeconds: -1 } },
      '`document.phases[0].steps[0].inputs.delaySeconds` must be an integer of at least 0, got: -1',
    ],
  ])('looks at the numbers of a step: %j', (change, text) => {
    expect(texts(documentOf({ ...REBOOT, ...change }))).toEqual(text === undefined ? [] : [text]);
  });

  it('refuses a step name of 129 letters', () => {
    expect(texts(documentOf({ ...REBOOT, name: 'x'.repeat(129) }))).toHaveLength(1);
  });

  it('takes a text of the greatest length and none longer', () => {
    const ofLength = (length: number): ComponentDocument => {
      const rest = renderComponentDocument({ ...MINIMAL, description: 'x' }).length - 1;
      return { ...MINIMAL, description: 'x'.repeat(length - rest) };
    };
    const longest = ofLength(MAX_INLINE_DOCUMENT_CHARACTERS);
    expect(renderComponentDocument(longest)).toHaveLength(16_000);
    expect(texts(longest)).toEqual([]);
    expect(texts(ofLength(MAX_INLINE_DOCUMENT_CHARACTERS + 1))).toEqual([
      '`document` must be at most 16000 characters of YAML, got: 16001; ' +
        'split it over several components',
    ]);
  });
});
