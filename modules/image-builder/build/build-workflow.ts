import { Token } from 'cdktf';
import {
  ARN_PARTITION,
  ARN_REGION,
  checkText,
  type Path,
  type Problem,
  problem,
  type TextRule,
  withoutUndefined,
} from '../../core';
import { choice, freeText, group, map, type SettingProps, setting, text } from '../../settings';

/** What may follow when a workflow fails. */
const WORKFLOW_FAILURE_ACTIONS = ['ABORT', 'CONTINUE'] as const;

/** One of {@link WORKFLOW_FAILURE_ACTIONS}. */
export type WorkflowFailureAction = (typeof WORKFLOW_FAILURE_ACTIONS)[number];

const WORKFLOW_ARN = new RegExp(
  `^${ARN_PARTITION}:imagebuilder:${ARN_REGION}:(?:\\d{12}|aws(?:-[a-z-]+)?):` +
    'workflow/(?:build|test|distribution)/[a-z0-9_-]+/' +
    '(?:(?:\\d+|x)\\.(?:\\d+|x)\\.(?:\\d+|x)|\\d+\\.\\d+\\.\\d+/\\d+)$',
);

const WORKFLOW: TextRule = {
  id: 'workflow-arn',
  pattern: WORKFLOW_ARN,
  rule: 'be the ARN of a build, test or distribution workflow with a version',
};

const PARAMETER_NAME: TextRule = {
  id: 'workflow-parameter-name',
  pattern: /^[\s\S]{1,128}$/,
  rule: 'have a name of 1 to 128 characters',
};

const PARAMETER_VALUE: TextRule = {
  id: 'workflow-parameter-value',
  pattern: /^[\s\S]+$/,
  rule: 'have a value',
};

const PARALLEL_GROUP: TextRule = {
  id: 'parallel-group',
  pattern: /^[A-Za-z0-9][A-Za-z0-9_+#-]{0,99}$/,
  rule: 'be a letter or digit and up to 99 letters, digits and -_+#',
};

const likeText = (rule: TextRule) => freeText((path, value) => checkText(path, value, rule));

/** Settings of {@link BuildWorkflow}. */
const BUILD_WORKFLOW_SETTINGS = {
  /**
   * ARN of a workflow of type `build`, `test` or `distribution`, of this account or of AWS, such as
   * `arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x`.
   */
  workflowArn: setting(
    text((path, value) => checkText(path, value, WORKFLOW)),
    {
      about: 'ARN of a build or test workflow, of yours or of AWS',
      required: true,
      change: 'builds',
    },
  ),
  /** Values of the workflow's parameters. @default - the defaults of its document */
  parameters: setting(map(likeText(PARAMETER_NAME), likeText(PARAMETER_VALUE)), {
    about: 'Values for the parameters of the workflow',
    otherwise: 'those of its document',
    change: 'builds',
  }),
  /** Whether a failure of this workflow ends the build. @default - Image Builder's, `ABORT` */
  onFailure: setting(choice(WORKFLOW_FAILURE_ACTIONS), {
    about: 'Whether a failure of the workflow ends the build',
    otherwise: 'ABORT',
    change: 'builds',
  }),
  /**
   * Test workflows with the same group run at the same time, up to five at once. A letter or digit
   * and up to 99 letters, digits and `-_+#`.
   * @default - one after the other
   */
  parallelGroup: setting(freeText(), {
    about: 'Test workflows of one group run at the same time',
    otherwise: 'one after the other',
    change: 'builds',
  }),
};

/** A workflow of a build: what Image Builder does, in which order, around the components. */
export interface BuildWorkflow extends SettingProps<typeof BUILD_WORKFLOW_SETTINGS> {}

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
export const BUILD_WORKFLOW = group(
  BUILD_WORKFLOW_SETTINGS,
  (path, { parallelGroup, workflowArn }) =>
    parallelGroup === undefined
      ? []
      : checkParallelGroup([...path, 'parallelGroup'], parallelGroup, workflowArn),
);

function checkParallelGroup(path: Path, group: string, workflowArn: string): Problem[] {
  if (!Token.isUnresolved(workflowArn) && !workflowArn.includes(':workflow/test/')) {
    const rule = 'be left out for any but a test workflow';
    return [problem('parallel-group-of-build', path, rule, group)];
  }
  return checkText(path, group, PARALLEL_GROUP);
}
