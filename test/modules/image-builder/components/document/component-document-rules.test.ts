import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import fc from 'fast-check';
import { formatProblem } from '../../../../../modules/core';
import type { ComponentDocument } from '../../../../../modules/image-builder/components/document/component-document';
import {
  checkComponentDocument,
  checkInlineLength,
} from '../../../../../modules/image-builder/components/document/component-document-rules';
import {
  MAX_INLINE_DOCUMENT_CHARACTERS,
  renderComponentDocument,
} from '../../../../../modules/image-builder/components/document/component-document-yaml';
import { anyDocument } from './component-document-arbitrary';
import { ALL_OPTIONS, CONTROL_FLOW, EVERY_ACTION, MINIMAL, REBOOT } from './component-documents';

/** What is wrong with a document, which may have any form. */
const texts = (document: unknown): string[] =>
  checkComponentDocument(['document'], document as ComponentDocument).map(formatProblem);

const withStep = (...steps: readonly unknown[]) => ({ phases: [{ name: 'build', steps }] });

const STEP = '`document.phases[0].steps[0]';

/** What is wrong with the options or the inputs of one step. */
const inStep = (step: object): string[] =>
  texts(withStep({ ...REBOOT, name: 'Only', ...step })).map((text) =>
    text.replace(STEP, '`step').replace(' (phase build, step Only)', ''),
  );

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
    [null, '`document` must be a map with'],
    [[], '`document` must be a map with'],
    [new Date(0), '`document` must be a map with'],
    [{}, '`document.phases` must be given, got: nothing'],
    [{ phases: {} }, '`document.phases` must be a list, got: {}'],
    [{ phases: [] }, '`document.phases` must have at least 1 item, got: 0'],
    [
      { ...MINIMAL, title: 'a' },
      '`document.title` must be left out, got: "a"; known here are `name`, `description`, ' +
        '`constants`, `parameters`, `phases`',
    ],
    [{ ...MINIMAL, name: '' }, '`document.name` must be text that is not empty, got: ""'],
    [
      { ...MINIMAL, description: 5 },
      '`document.description` must be text, got: 5; put it in quotes',
    ],
    [{ ...MINIMAL, description: ['a'] }, '`document.description` must be text, got: ["a"]'],
    [
      { ...MINIMAL, description: 'a\u0085' },
      '`document.description` must have no control characters, got: "a\u0085"',
    ],
    [
      { ...MINIMAL, description: '\ud800' },
      '`document.description` must have no control characters, got: "\\ud800"',
    ],
  ])('refuses a document without the right form: %j', (document, text) => {
    expect(texts(document).map((one) => one.slice(0, text.length))).toEqual([text]);
  });

  it.each([
    [
      { phases: [{ name: 'build', steps: [] }] },
      '`document.phases[0].steps` must have at least 1 item, got: 0 (phase build)',
    ],
    [
      { phases: [{ name: 'container-host-test', steps: [REBOOT] }] },
      '`document.phases[0].name` must be one of "build", "validate", "test", got: ' +
        '"container-host-test" (phase container-host-test)',
    ],
    [
      { phases: [{ steps: [REBOOT] }] },
      '`document.phases[0].name` must be given, got: nothing (phase 1)',
    ],
    [
      withStep('Restart'),
      `${STEP}\` must be a map with \`name\`, \`action\`, \`timeoutSeconds\`, \`onFailure\`, ` +
        '`maxAttempts`, `disableLogging`, `if`, `loop`, `inputs`, got: "Restart" ' +
        '(phase build, step 1)',
    ],
  ])('names the phase and the step of a problem: %j', (document, text) => {
    expect(texts(document)).toEqual([text]);
  });

  it('refuses a phase that is there twice', () => {
    const phase = { name: 'build', steps: [REBOOT] };
    expect(texts({ phases: [phase, { ...phase, name: 'test' }, phase] })).toEqual([
      '`document.phases[2]` must be named once, got: "build"; remove the repetition',
    ]);
  });

  it('refuses a step name that is in its phase twice, and takes it in another', () => {
    const phases = [
      { name: 'build', steps: [REBOOT, REBOOT] },
      { name: 'test', steps: [REBOOT] },
    ];
    expect(texts({ phases })).toEqual([
      '`document.phases[0].steps[1]` must be named once, got: "Restart"; ' +
        'remove the repetition (phase build)',
    ]);
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
        '`document.phases[0].steps[1].name` must be up to 128 letters, digits, - and _, ' +
          `got: ${got} (phase build, step 2)`,
      ]);
    },
  );

  it.each([
    [{ timeoutSeconds: -1 }, []],
    [{ timeoutSeconds: 1, maxAttempts: 1, onFailure: 'Ignore', disableLogging: true }, []],
    [{ timeoutSeconds: 0 }, ['`step.timeoutSeconds` must be an integer of at least 1, got: 0']],
    [{ timeoutSeconds: -2 }, ['`step.timeoutSeconds` must be an integer of at least 1, got: -2']],
    [{ timeoutSeconds: '60' }, ['`step.timeoutSeconds` must be an integer, got: "60"']],
    [{ maxAttempts: 0 }, ['`step.maxAttempts` must be an integer of at least 1, got: 0']],
    [
      { onFailure: 'Stop' },
      ['`step.onFailure` must be one of "Abort", "Continue", "Ignore", got: "Stop"'],
    ],
    [
      { onFailure: '{{ Abc }}' },
      ['`step.onFailure` must be one of "Abort", "Continue", "Ignore", got: "{{ Abc }}"'],
    ],
    [{ disableLogging: 'yes' }, ['`step.disableLogging` must be true or false, got: "yes"']],
    [
      { timeout: 5 },
      [
        '`step.timeout` must be left out, got: 5; known here are `name`, `action`, ' +
          '`timeoutSeconds`, `onFailure`, `maxAttempts`, `disableLogging`, `if`, `loop`, `inputs`',
      ],
    ],
    [{ action: 7 }, ['`step.action` must be text, got: 7; put it in quotes']],
  ])('looks at the options of a step: %j', (step, expected) => {
    expect(inStep(step)).toEqual(expected);
  });

  it('refuses a number that only Terraform knows, which cannot be put into the text', () => {
    const maxAttempts = Token.asNumber({ resolve: () => 1, creationStack: [] });
    expect(inStep({ maxAttempts })).toEqual([
      '`step.maxAttempts` must be known when the stack is built, got: "a reference"',
    ]);
  });

  it('refuses a list that only Terraform knows, for the same reason', () => {
    const commands = Token.asList({ resolve: () => [], creationStack: [] });
    expect(inStep({ action: 'ExecutePowerShell', inputs: { commands } })).toEqual([
      '`step.inputs.commands` must be known when the stack is built, got: "a reference"',
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
    [{}, ['`step.loop` must have exactly one of `for` and `forEach`, got: 0']],
    [
      { for: { start: 1, end: 3, updateBy: 1 }, forEach: ['a'] },
      ['`step.loop` must have exactly one of `for` and `forEach`, got: 2'],
    ],
    [
      { for: { start: 1, end: 3, updateBy: 0 } },
      ['`step.loop.for.updateBy` must lead from 1 to 3, got: 0'],
    ],
    [
      { for: { start: 1, end: 3, updateBy: -1 } },
      ['`step.loop.for.updateBy` must lead from 1 to 3, got: -1'],
    ],
    [
      { for: { start: 1.5, end: 3 } },
      [
        '`step.loop.for.start` must be an integer of at least -9007199254740991, got: 1.5',
        '`step.loop.for.updateBy` must be given, got: nothing',
      ],
    ],
    [{ forEach: [] }, ['`step.loop.forEach` must have at least 1 item, got: 0']],
    [{ forEach: 'a,b' }, ['`step.loop.forEach` must be a list, got: "a,b"']],
    [
      { forEach: { list: 'a', delimiter: '|' } },
      [
        '`step.loop.forEach.delimiter` must be one of . , ; : - _ a blank, a tab, a line end, ' +
          'got: "|"',
      ],
    ],
  ])('looks at a loop: %j', (loop, expected) => {
    expect(inStep({ loop })).toEqual(expected);
  });

  it('refuses a loop name that is in its phase twice', () => {
    const loop = { name: 'Tool', forEach: ['a'] };
    expect(texts(withStep({ ...REBOOT, loop }, { ...REBOOT, name: 'Other', loop }))).toEqual([
      '`document.phases[0].steps[1].loop.name` must be named once, got: "Tool"; ' +
        'choose another name (phase build)',
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
    [
      { constants: { ab: 'a' } },
      ['`document.constants.ab` must be a name of 3 to 128 letters, digits, - and _, got: "ab"'],
    ],
    [
      { parameters: { 'a b c': {} } },
      [
        '`document.parameters["a b c"]` must be a name of 3 to 128 letters, digits, - and _, ' +
          'got: "a b c"',
      ],
    ],
    [
      { constants: { Abc: 1 } },
      ['`document.constants.Abc` must be text, got: 1; put it in quotes'],
    ],
    [
      { constants: ['Abc'] },
      ['`document.constants` must be a map of names and values, got: ["Abc"]'],
    ],
    [
      { parameters: { Abc: { defalt: 'a' } } },
      [
        '`document.parameters.Abc.defalt` must be left out, got: "a"; ' +
          'known here are `default`, `description`',
      ],
    ],
    [
      { constants: { Abc: 'a' }, parameters: { Abc: {} } },
      ['`document.parameters.Abc` must have another name than a constant, got: "Abc"'],
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
    expect(longer.map(formatProblem)).toEqual([
      '`document` must be at most 16000 characters of YAML, got: 16001; split it',
    ]);
  });
});
