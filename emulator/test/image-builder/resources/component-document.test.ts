import { describe, expect, it } from '@jest/globals';
import { readComponentDocument } from '../../../image-builder/resources/component-document';

const STEP = `
      - name: Pull
        action: ExecutePowerShell
        inputs:
          commands:
            - ctr version
`;

const documentWith = (steps: string, phase = 'build'): string =>
  `schemaVersion: 1.0\nphases:\n  - name: ${phase}\n    steps:${steps}`;

const problemOf = (data: string): string => {
  try {
    readComponentDocument(data);
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('readComponentDocument', () => {
  it('reads type and parameters', () => {
    const parameters = 'parameters:\n  - ImageList:\n      type: string\n      default: a\n';
    expect(readComponentDocument(`${parameters}${documentWith(STEP)}`)).toEqual({
      type: 'BUILD',
      parameters: [
        { name: 'ImageList', type: 'string', defaultValue: ['a'], description: undefined },
      ],
    });
  });

  it('calls a document with only a test phase a test component', () => {
    expect(readComponentDocument(documentWith(STEP, 'test')).type).toBe('TEST');
  });

  it.each([
    ['a: 1\na: 2\n', 'not valid YAML: Map keys must be unique at line 2, column 1:'],
    ['phases: []', 'schemaVersion must be 1.0, got: undefined'],
    ['schemaVersion: 1.0', 'phases must be a list'],
    ['schemaVersion: 1.0\nphases: []', 'phases must not be empty'],
    [documentWith(STEP, 'bake'), 'unknown phase: bake'],
    [documentWith(`${STEP}${STEP}`), 'repeated name of a step of phase build: Pull'],
    [
      documentWith(STEP.replace('ExecutePowerShell', 'RunPowerShell')),
      'step Pull has an unknown action: RunPowerShell',
    ],
    [documentWith(STEP.replace('ctr version', '1.0')), 'commands of step Pull must be strings'],
    [
      documentWith(`${STEP}        timeoutSeconds: 0\n`),
      'step Pull has an invalid timeoutSeconds: 0',
    ],
    [
      documentWith(`${STEP}        onFailure: Retry\n`),
      'step Pull has an unknown onFailure: Retry',
    ],
  ])('refuses %j', (data, problem) => {
    expect(problemOf(data)).toBe(problem);
  });
});
