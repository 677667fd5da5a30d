import { Token } from 'cdktf';
import {
  ARN_PARTITION,
  ARN_REGION,
  checkText,
  contentHash,
  type Path,
  type Problem,
  problem,
  ValidationError,
} from '../../core';
import { VERSION_SELECTOR } from './component-version';
import { checkRecipeComponent, type RecipeComponent } from './recipe-component';

/** Inputs of {@link componentFromArn}. */
export interface ComponentFromArnProps {
  /**
   * ARN of a component: one of this account, one that another account shares, one of Amazon's, or
   * one from AWS Marketplace. Its version may end in `x`: `1.2.x`, `1.x.x`, `x.x.x`.
   */
  readonly arn: string;
  /**
   * Names the component's content. Needed for an ARN that only Terraform knows: it has to change
   * when the component does.
   * @default - what the ARN says
   */
  readonly contentId?: string | undefined;
  /** Values of the component's parameters. @default - its own defaults */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * A build number is one certain component, so it does not go with a wildcard.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ComponentConfiguration.html
 */
const COMPONENT_ARN = new RegExp(
  `^${ARN_PARTITION}:imagebuilder:${ARN_REGION}:(?:\\d{12}|aws|aws-marketplace|third-party):` +
    `component/[a-z0-9_-]+/(?:${VERSION_SELECTOR}|\\d+\\.\\d+\\.\\d+/\\d+)$`,
);

/** What is wrong with the inputs of {@link componentFromArn}. */
export function checkComponentFromArn(path: Path, props: ComponentFromArnProps): Problem[] {
  const { arn, contentId = '', parameters } = props;
  const isUnknown = Token.isUnresolved(arn) && props.contentId === undefined;
  return [
    ...checkText([...path, 'arn'], arn, {
      id: 'component-arn',
      pattern: COMPONENT_ARN,
      rule:
        'be the ARN of a component with its version, such as ' +
        'arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.x.x',
    }),
    ...(isUnknown
      ? [
          problem(
            'content-of-reference',
            [...path, 'contentId'],
            'be given, because the ARN is a reference',
            undefined,
          ),
        ]
      : []),
    ...checkRecipeComponent(path, { arn, contentId, parameters }),
  ];
}

/**
 * A component that is there already.
 *
 * With a wildcard Image Builder takes the newest version at every build. Terraform does not see
 * that there is a newer one: only a schedule or a change of the recipe builds with it.
 *
 * @throws ValidationError when the ARN or a parameter is wrong.
 */
export function componentFromArn(props: ComponentFromArnProps): RecipeComponent {
  const problems = checkComponentFromArn([], props);
  if (problems.length > 0) throw new ValidationError('componentFromArn', props.arn, problems);
  const { arn, contentId = contentHash([arn]), parameters } = props;
  return { arn, contentId, parameters };
}
