import { Token } from 'cdktf';
import {
  ARN_PARTITION,
  ARN_REGION,
  checkKnownKeys,
  checkOneOf,
  checkText,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../../core';

/** A workflow of a build: what Image Builder does, in which order, around the components. */
export interface BuildWorkflow {
  /**
   * ARN of a workflow of type `build`, `test` or `distribution`, of this account or of AWS, such as
   * `arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x`.
   */
  readonly workflowArn: string;
  /** Values of the workflow's parameters. @default - the defaults of its document */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Whether a failure of this workflow ends the build. @default - Image Builder's, `ABORT` */
  readonly onFailure?: WorkflowFailureAction | undefined;
  /**
   * Test workflows with the same group run at the same time, up to five at once. A letter or digit
   * and up to 99 letters, digits and `-_+#`.
   * @default - one after the other
   */
  readonly parallelGroup?: string | undefined;
}

/** What may follow when a workflow fails. */
export const WORKFLOW_FAILURE_ACTIONS = ['ABORT', 'CONTINUE'] as const;

/** One of {@link WORKFLOW_FAILURE_ACTIONS}. */
export type WorkflowFailureAction = (typeof WORKFLOW_FAILURE_ACTIONS)[number];

const WORKFLOW_ARN = new RegExp(
  `^${ARN_PARTITION}:imagebuilder:${ARN_REGION}:(?:\\d{12}|aws(?:-[a-z-]+)?):` +
    'workflow/(?:build|test|distribution)/[a-z0-9_-]+/' +
    '(?:(?:\\d+|x)\\.(?:\\d+|x)\\.(?:\\d+|x)|\\d+\\.\\d+\\.\\d+/\\d+)$',
);

/** The block of a pipeline or an image; parameters by name, so that their order changes nothing. */
export function buildWorkflow(workflow: BuildWorkflow) {
  const { workflowArn, parameters = {}, onFailure, parallelGroup } = workflow;
  const parameter = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
  return {
    workflowArn,
    ...withoutUndefined({ onFailure, parallelGroup }),
    ...(parameter.length === 0 ? {} : { parameter }),
  };
}

/**
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_WorkflowConfiguration.html
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_WorkflowParameter.html
 */
export function checkBuildWorkflow(path: Path, workflow: BuildWorkflow): Problem[] {
  const { workflowArn, onFailure, parallelGroup } = workflow;
  return [
    ...checkText([...path, 'workflowArn'], workflowArn, {
      id: 'workflow-arn',
      pattern: WORKFLOW_ARN,
      rule: 'be the ARN of a build, test or distribution workflow with a version',
    }),
    ...checkParameters([...path, 'parameters'], workflow.parameters),
    ...(onFailure === undefined
      ? []
      : checkOneOf([...path, 'onFailure'], onFailure, WORKFLOW_FAILURE_ACTIONS)),
    ...(parallelGroup === undefined
      ? []
      : checkParallelGroup([...path, 'parallelGroup'], parallelGroup, workflowArn)),
  ];
}

function checkParameters(
  path: Path,
  parameters: Readonly<Record<string, string>> | undefined,
): Problem[] {
  const reference = checkKnownKeys(path, parameters);
  if (reference.length > 0) return reference;
  return Object.entries(parameters ?? {}).flatMap(([name, value]) => [
    ...checkText([...path, name], name, {
      id: 'workflow-parameter-name',
      pattern: /^[\s\S]{1,128}$/,
      rule: 'have a name of 1 to 128 characters',
    }),
    ...checkText([...path, name], value, {
      id: 'workflow-parameter-value',
      pattern: /^[\s\S]+$/,
      rule: 'have a value',
    }),
  ]);
}

function checkParallelGroup(path: Path, group: string, workflowArn: string): Problem[] {
  if (!Token.isUnresolved(workflowArn) && !workflowArn.includes(':workflow/test/')) {
    const rule = 'be left out for any but a test workflow';
    return [problem('parallel-group-of-build', path, rule, group)];
  }
  return checkText(path, group, {
    id: 'parallel-group',
    pattern: /^[A-Za-z0-9][A-Za-z0-9_+#-]{0,99}$/,
    rule: 'be a letter or digit and up to 99 letters, digits and -_+#',
  });
}
