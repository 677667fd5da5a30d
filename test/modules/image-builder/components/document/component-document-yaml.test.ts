import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type {
  ComponentDocument,
  ComponentStep,
} from '../../../../../modules/image-builder/components/document/component-document';
import { renderComponentDocument } from '../../../../../modules/image-builder/components/document/component-document-yaml';
import { parseComponentFile } from '../../../../../modules/image-builder/components/document/component-file';
import { expectGolden } from '../../../../support/golden';
import { anyDocument, anyText } from './component-document-arbitrary';
import { ALL_OPTIONS, CONTROL_FLOW, EVERY_ACTION, MINIMAL, REBOOT } from './component-documents';

/** The document with the keys of all objects in the opposite order. */
function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reverseKeys(inner)] as const);
  return Object.fromEntries(entries.reverse());
}

const DOCUMENTS: readonly (readonly [string, ComponentDocument])[] = [
  ['minimal', MINIMAL],
  ['all-options', ALL_OPTIONS],
  ['every-action', EVERY_ACTION],
  ['control-flow', CONTROL_FLOW],
];

describe('renderComponentDocument', () => {
  it.each(DOCUMENTS)('writes the document %s', (name, document) => {
    expectGolden(`component/${name}.yaml`, renderComponentDocument(document));
  });

  it.each(DOCUMENTS)('writes what reads as the document %s again', (_, document) => {
    expect(parseComponentFile(renderComponentDocument(document))).toEqual({ document });
  });

  it.each(DOCUMENTS)('writes %s the same whatever the order of its keys', (_, document) => {
    const reversed = reverseKeys(document) as ComponentDocument;
    expect(Object.keys(reversed)).not.toEqual(Object.keys(document));
    expect(renderComponentDocument(reversed)).toBe(renderComponentDocument(document));
  });

  it('writes the schema version as AWSTOE wants it', () => {
    expect(renderComponentDocument(MINIMAL).split('\n')).toContain('schemaVersion: 1.0');
  });

  it('writes out a step that two phases share', () => {
    const phases = (['build', 'test'] as const).map((name) => ({ name, steps: [REBOOT] }));
    const text = renderComponentDocument({ name: 'Shared', phases });
    expect(text).not.toMatch(/[&*]a\d/);
    expect(parse(text)).toEqual({ name: 'Shared', schemaVersion: 1, phases });
  });

  it.each(['yes', 'on', '1_000', '12:30:45', '2026-01-01', '010', '{{ Name }}', '*log'])(
    'puts %s in quotes, which a reader would not take for text',
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
    const document: ComponentDocument = { phases: [{ name: 'build', steps: [step] }] };
    const lines = renderComponentDocument(document).split('\n');
    expect(lines.filter((line) => line.endsWith(command))).toHaveLength(3);
  });

  it('brings every text through', () => {
    fc.assert(
      fc.property(anyText, (description) => {
        const read = parse(renderComponentDocument({ ...MINIMAL, description }));
        expect(read).toEqual({ ...MINIMAL, description, schemaVersion: 1 });
      }),
      { numRuns: 300 },
    );
  });

  it('brings every document through', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(parseComponentFile(renderComponentDocument(document))).toEqual({ document });
      }),
      { numRuns: 300 },
    );
  });
});
