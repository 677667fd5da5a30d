import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import type { BuildWorkflow } from '../../../../modules/image-builder';
import { BUILD_WORKFLOW } from '../../../../modules/image-builder/build/build-workflow';
import { outline } from '../../../support/problem';

const TEST_WORKFLOW = 'arn:aws:imagebuilder:us-east-1:111122223333:workflow/test/boot/1.0.0/1';
const UNKNOWN = Fn.upper('a');

const problems = (workflow: Partial<BuildWorkflow>) =>
  BUILD_WORKFLOW.check(['w'], { workflowArn: TEST_WORKFLOW, ...workflow }).map(outline);

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

  it.each<[Partial<BuildWorkflow>, string]>([
    [{ workflowArn: 'boot' }, 'workflowArn` workflow-arn: "boot"'],
    [
      { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/test/boot' },
      'workflowArn` workflow-arn: "arn:aws:imagebuilder:us-east-1:aws:workflow/test/boot"',
    ],
    [
      { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/boot/1.0.0' },
      'workflowArn` workflow-arn: "arn:aws:imagebuilder:us-east-1:aws:workflow/boot/1.0.0"',
    ],
    [
      { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:component/boot/1.0.0/1' },
      'workflowArn` workflow-arn: "arn:aws:imagebuilder:us-east-1:aws:component/boot/1.0.0/1"',
    ],
    [{ onFailure: 'IGNORE' as 'ABORT' }, 'onFailure` one-of: "IGNORE"'],
    [{ parallelGroup: '' }, 'parallelGroup` parallel-group: ""'],
    [{ parallelGroup: '-a' }, 'parallelGroup` parallel-group: "-a"'],
    [{ parallelGroup: 'a b' }, 'parallelGroup` parallel-group: "a b"'],
    [
      {
        workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x',
        parallelGroup: 'a',
      },
      'parallelGroup` parallel-group-of-build: "a"',
    ],
    [{ parameters: { a: '' } }, 'parameters.a` workflow-parameter-value: ""'],
    [{ parameters: { '': 'x' } }, 'parameters[""]` workflow-parameter-name: ""'],
    [{ parameters: Token.asStringMap(Fn.merge([{}])) }, 'parameters` known-keys: "a reference"'],
  ])('refuses %j', (workflow, rest) => {
    expect(problems(workflow)).toEqual([`\`w.${rest}`]);
  });
});
