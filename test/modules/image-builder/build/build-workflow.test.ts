import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import { formatProblem } from '../../../../modules/core';
import type { BuildWorkflow } from '../../../../modules/image-builder';
import { BUILD_WORKFLOW } from '../../../../modules/image-builder/build/build-workflow';

const TEST_WORKFLOW = 'arn:aws:imagebuilder:us-east-1:111122223333:workflow/test/boot/1.0.0/1';
const UNKNOWN = Fn.upper('a');

const problems = (workflow: Partial<BuildWorkflow>) =>
  BUILD_WORKFLOW.check(['w'], { workflowArn: TEST_WORKFLOW, ...workflow }).map(formatProblem);

const ARN = 'must be the ARN of a build, test or distribution workflow with a version';

describe('BUILD_WORKFLOW', () => {
  it.each<Partial<BuildWorkflow>>([
    {},
    { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x' },
    { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/distribution/copy/1.0.x' },
    { workflowArn: 'arn:aws-cn:imagebuilder:cn-north-1:111122223333:workflow/build/b/1.2.3' },
    { parameters: { ['x'.repeat(128)]: UNKNOWN } },
    { onFailure: 'ABORT' },
    { onFailure: 'CONTINUE', parallelGroup: 'a' },
    { parallelGroup: `A${'-_+#'.repeat(24)}xyz` },
    { workflowArn: UNKNOWN, parallelGroup: 'tests' },
    { onFailure: UNKNOWN as 'ABORT', parallelGroup: UNKNOWN },
  ])('takes %j', (workflow) => {
    expect(problems(workflow)).toEqual([]);
  });

  const GROUP = 'must be a letter or digit and up to 99 letters, digits and -_+#';

  it.each<[Partial<BuildWorkflow>, string]>([
    [{ workflowArn: 'boot' }, `workflowArn\` ${ARN}, got: "boot"`],
    [
      { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/test/boot' },
      `workflowArn\` ${ARN}, got: "arn:aws:imagebuilder:us-east-1:aws:workflow/test/boot"`,
    ],
    [
      { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/boot/1.0.0' },
      `workflowArn\` ${ARN}, got: "arn:aws:imagebuilder:us-east-1:aws:workflow/boot/1.0.0"`,
    ],
    [
      { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:component/boot/1.0.0/1' },
      `workflowArn\` ${ARN}, got: "arn:aws:imagebuilder:us-east-1:aws:component/boot/1.0.0/1"`,
    ],
    [
      { onFailure: 'IGNORE' as 'ABORT' },
      'onFailure` must be one of "ABORT", "CONTINUE", got: "IGNORE"',
    ],
    [{ parallelGroup: '' }, `parallelGroup\` ${GROUP}, got: ""`],
    [{ parallelGroup: '-a' }, `parallelGroup\` ${GROUP}, got: "-a"`],
    [{ parallelGroup: 'a b' }, `parallelGroup\` ${GROUP}, got: "a b"`],
    [
      {
        workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x',
        parallelGroup: 'a',
      },
      'parallelGroup` must be left out for any but a test workflow, got: "a"',
    ],
    [{ parameters: { a: '' } }, 'parameters.a` must have a value, got: ""'],
    [
      { parameters: { '': 'x' } },
      'parameters[""]` must have a name of 1 to 128 characters, got: ""',
    ],
    [
      { parameters: Token.asStringMap(Fn.merge([{}])) },
      'parameters` must be keys that are known when the stack is built, got: "a reference"; ' +
        'write the keys here; each value may be a reference',
    ],
  ])('refuses %j', (workflow, rest) => {
    expect(problems(workflow)).toEqual([`\`w.${rest}`]);
  });
});
