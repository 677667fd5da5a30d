import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import fc from 'fast-check';
import type { ComponentDocument } from '../../../../../modules/image-builder/components/document/component-document';
import {
  checkComponentDocument,
  checkInlineLength,
} from '../../../../../modules/image-builder/components/document/component-document-rules';
import {
  MAX_INLINE_DOCUMENT_CHARACTERS,
  renderComponentDocument,
} from '../../../../../modules/image-builder/components/document/component-document-yaml';
import { adviceOf, outline } from '../../../../support/problem';
import { anyDocument } from './component-document-arbitrary';
import { ALL_OPTIONS, CONTROL_FLOW, EVERY_ACTION, MINIMAL, REBOOT } from './component-documents';

/** What is wrong with a document, which may have any form. */
const texts = (document: unknown): string[] =>
  checkComponentDocument(['document'], document as ComponentDocument).map(outline);

const withStep = (...steps: readonly unknown[]) => ({ phases: [{ name: 'build', steps }] });

const STEP = '`document.phases[0].steps[0]';

/** What is wrong with the options or the inputs of one step. */
const inStep = (step: object): string[] =>
  texts(withStep({ ...REBOOT, name: 'Only', ...step })).map((text) => text.replace(STEP, '`step'));

describe('checkComponentDocument', () => {
  it.each([
    ['minimal', MINIMAL],
    ['full', ALL_OPTIONS],
    ['longest', EVERY_ACTION],
    ['most entangled', CONTROL_FLOW],
  ])('takes the %s document', (_, document) => {
    expect(texts(document)).toEqual([]);
  });

  it('takes every document that is right', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(texts(document)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [null, '`document` document-keys: null'],
    [[], '`document` document-keys: []'],
    [new Date(0), '`document` document-keys: "1970-01-01T00:00:00.000Z"'],
    [{}, '`document.phases` document-missing-key: nothing'],
    [{ phases: {} }, '`document.phases` document-list: {}'],
    [{ phases: [] }, '`document.phases` list-length: 0'],
    [{ ...MINIMAL, title: 'a' }, '`document.title` key-not-here: "a"'],
    [{ ...MINIMAL, name: '' }, '`document.name` document-filled-text: ""'],
    [{ ...MINIMAL, description: 5 }, '`document.description` document-text: 5'],
    [{ ...MINIMAL, description: ['a'] }, '`document.description` document-text: ["a"]'],
    [
      { ...MINIMAL, description: 'a\u0085' },
      '`document.description` document-control-characters: "a\u0085"',
    ],
    [
      { ...MINIMAL, description: '\ud800' },
      '`document.description` document-control-characters: "\\ud800"',
    ],
  ])('refuses a document without the right form: %j', (document, text) => {
    expect(texts(document)).toEqual([text]);
  });

  it.each([
    [{ phases: [{ name: 'build', steps: [] }] }, '`document.phases[0].steps` list-length: 0'],
    [
      { phases: [{ name: 'container-host-test', steps: [REBOOT] }] },
      '`document.phases[0].name` one-of: "container-host-test"',
    ],
    [{ phases: [{ steps: [REBOOT] }] }, '`document.phases[0].name` document-missing-key: nothing'],
    [withStep('Restart'), `${STEP}\` document-keys: "Restart"`],
  ])('refuses a phase and a step without the right form: %j', (document, text) => {
    expect(texts(document)).toEqual([text]);
  });

  it.each([
    [{ phases: [{ name: 'build', steps: [] }] }, 'got: 0 (phase build)'],
    [{ phases: [{ name: 'x', steps: [REBOOT] }] }, 'got: "x" (phase x)'],
    [{ phases: [{ steps: [REBOOT] }] }, 'got: nothing (phase 1)'],
    [withStep('Restart'), 'got: "Restart" (phase build, step 1)'],
    [withStep(REBOOT, { ...REBOOT, name: '' }), 'got: "" (phase build, step 2)'],
    [withStep(REBOOT, REBOOT), '; remove the repetition (phase build)'],
  ])('names the phase and the step of a problem: %j', (document, end) => {
    const found = checkComponentDocument(['document'], document as ComponentDocument);
    expect(found.map(({ message }) => message.slice(-end.length))).toEqual([end]);
  });

  it('refuses a phase that is there twice', () => {
    const phase = { name: 'build', steps: [REBOOT] };
    expect(texts({ phases: [phase, { ...phase, name: 'test' }, phase] })).toEqual([
      '`document.phases[2]` unique: "build"',
    ]);
  });

  it('refuses a step name that is in its phase twice, and takes it in another', () => {
    const phases = [
      { name: 'build', steps: [REBOOT, REBOOT] },
      { name: 'test', steps: [REBOOT] },
    ];
    expect(texts({ phases })).toEqual(['`document.phases[0].steps[1]` unique: "Restart"']);
  });

  it.each(['a', 'A_b-9', 'x'.repeat(128)])('takes the step name %s', (name) => {
    expect(texts(withStep({ ...REBOOT, name }))).toEqual([]);
  });

  it.each(['', 'a b', 'a.b', 'ä', '{{ Abc }}', 'a\n', 'x'.repeat(129)])(
    'refuses the step name %j',
    (name) => {
      const shown = JSON.stringify(name);
      const got = shown.length > 120 ? `${shown.slice(0, 117)}...` : shown;
      expect(texts(withStep(REBOOT, { ...REBOOT, name }))).toEqual([
        `\`document.phases[0].steps[1].name\` step-name: ${got}`,
      ]);
    },
  );

  it.each([
    [{ timeoutSeconds: -1 }, []],
    [{ timeoutSeconds: 1, maxAttempts: 1, onFailure: 'Ignore', disableLogging: true }, []],
    [{ timeoutSeconds: 0 }, ['`step.timeoutSeconds` integer-range: 0']],
    [{ timeoutSeconds: -2 }, ['`step.timeoutSeconds` integer-range: -2']],
    [{ timeoutSeconds: '60' }, ['`step.timeoutSeconds` document-integer: "60"']],
    [{ maxAttempts: 0 }, ['`step.maxAttempts` integer-range: 0']],
    [{ onFailure: 'Stop' }, ['`step.onFailure` one-of: "Stop"']],
    [{ onFailure: '{{ Abc }}' }, ['`step.onFailure` one-of: "{{ Abc }}"']],
    [{ disableLogging: 'yes' }, ['`step.disableLogging` document-flag: "yes"']],
    [{ timeout: 5 }, ['`step.timeout` key-not-here: 5']],
    [{ action: 7 }, ['`step.action` document-text: 7']],
  ])('looks at the options of a step: %j', (step, expected) => {
    expect(inStep(step)).toEqual(expected);
  });

  it('refuses a number that only Terraform knows, which cannot be put into the text', () => {
    const maxAttempts = Token.asNumber({ resolve: () => 1, creationStack: [] });
    expect(inStep({ maxAttempts })).toEqual(['`step.maxAttempts` known: "a reference"']);
  });

  it('refuses a list that only Terraform knows, for the same reason', () => {
    const commands = Token.asList({ resolve: () => [], creationStack: [] });
    expect(inStep({ action: 'ExecutePowerShell', inputs: { commands } })).toEqual([
      '`step.inputs.commands` known: "a reference"',
    ]);
  });

  it('takes a text that only Terraform knows', () => {
    const source = Token.asString({ resolve: () => 's3://b/k', creationStack: [] });
    const inputs = [{ source, destination: 'C:\\k' }];
    expect(inStep({ action: 'S3Download', inputs })).toEqual([]);
  });

  it.each([
    [{ for: { start: 1, end: 3, updateBy: 1 } }, []],
    [{ for: { start: 3, end: -3, updateBy: -2 }, name: 'Down' }, []],
    [{ forEach: ['a'] }, []],
    [{ forEach: { list: 'a b', delimiter: ' ' } }, []],
    [{}, ['`step.loop` document-exactly-one: 0']],
    [
      { for: { start: 1, end: 3, updateBy: 1 }, forEach: ['a'] },
      ['`step.loop` document-exactly-one: 2'],
    ],
    [{ for: { start: 1, end: 3, updateBy: 0 } }, ['`step.loop.for.updateBy` loop-ends: 0']],
    [{ for: { start: 1, end: 3, updateBy: -1 } }, ['`step.loop.for.updateBy` loop-ends: -1']],
    [
      { for: { start: 1.5, end: 3 } },
      [
        '`step.loop.for.start` integer-range: 1.5',
        '`step.loop.for.updateBy` document-missing-key: nothing',
      ],
    ],
    [{ forEach: [] }, ['`step.loop.forEach` list-length: 0']],
    [{ forEach: 'a,b' }, ['`step.loop.forEach` document-list: "a,b"']],
    [
      { forEach: { list: 'a', delimiter: '|' } },
      ['`step.loop.forEach.delimiter` loop-delimiter: "|"'],
    ],
  ])('looks at a loop: %j', (loop, expected) => {
    expect(inStep({ loop })).toEqual(expected);
  });

  it('refuses a loop name that is in its phase twice', () => {
    const loop = { name: 'Tool', forEach: ['a'] };
    expect(texts(withStep({ ...REBOOT, loop }, { ...REBOOT, name: 'Other', loop }))).toEqual([
      '`document.phases[0].steps[1].loop.name` unique: "Tool"',
    ]);
  });

  it('takes a reference for a word of an input, but not for one of a step', () => {
    const inputs = { path: '{{ Path }}', reboot: '{{ Reboot }}', logOptions: '{{ Options }}' };
    const parameters = { Path: {}, Reboot: {}, Options: {} };
    expect(
      texts({ parameters, ...withStep({ name: 'Only', action: 'InstallMSI', inputs }) }),
    ).toEqual([]);
  });

  it.each([
    [{ constants: { Abc: 'a' }, parameters: { Abd: {} } }, []],
    [{ constants: { 'a-b_9': '', ['x'.repeat(128)]: 'a' } }, []],
    [{ constants: { ab: 'a' } }, ['`document.constants.ab` variable-name: "ab"']],
    [{ parameters: { 'a b c': {} } }, ['`document.parameters["a b c"]` variable-name: "a b c"']],
    [{ constants: { Abc: 1 } }, ['`document.constants.Abc` document-text: 1']],
    [{ constants: ['Abc'] }, ['`document.constants` document-map: ["Abc"]']],
    [
      { parameters: { Abc: { defalt: 'a' } } },
      ['`document.parameters.Abc.defalt` key-not-here: "a"'],
    ],
    [
      { constants: { Abc: 'a' }, parameters: { Abc: {} } },
      ['`document.parameters.Abc` constant-name: "Abc"'],
    ],
  ])('looks at constants and parameters: %j', (variables, expected) => {
    expect(texts({ ...MINIMAL, ...variables })).toEqual(expected);
  });
});

describe('checkInlineLength', () => {
  const ofLength = (length: number): ComponentDocument => {
    const rest = renderComponentDocument({ ...MINIMAL, description: 'x' }).length - 1;
    return { ...MINIMAL, description: 'x'.repeat(length - rest) };
  };

  it('takes a text of the greatest length and none longer', () => {
    const longest = ofLength(MAX_INLINE_DOCUMENT_CHARACTERS);
    expect(renderComponentDocument(longest)).toHaveLength(16_000);
    expect(checkInlineLength(['document'], longest, 'split it')).toEqual([]);
    const longer = checkInlineLength(['document'], ofLength(16_001), 'split it');
    expect(longer.map(outline)).toEqual(['`document` document-length: 16001']);
    expect(longer.map(adviceOf)).toEqual(['split it']);
  });
});
