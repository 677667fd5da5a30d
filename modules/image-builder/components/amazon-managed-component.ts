import { Token } from 'cdktf';
import {
  checkRegion,
  checkText,
  contentHash,
  type Path,
  type Problem,
  partitionOf,
  problem,
  REFERENCE,
  ValidationError,
} from '../../core';
import { COMPONENT_VERSION_RULE } from './component-version';
import { checkRecipeComponent, type RecipeComponent } from './recipe-component';

/** Inputs of {@link amazonManagedComponent}. */
export interface AmazonManagedComponentProps {
  /** Such as `update-windows` and `amazon-cloudwatch-agent-windows`. */
  readonly name: string;
  /** The Region of the build. */
  readonly region: string;
  /**
   * The partition of the Region. Needed for a Region that only Terraform knows.
   * @default - read from the Region's name
   */
  readonly partition?: string | undefined;
  /** `1.2.3`, or with `x` for the newest: `1.2.x`, `1.x.x`, `x.x.x`. @default x.x.x */
  readonly version?: string | undefined;
  /** Values of the component's parameters. @default - its own defaults */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** What is wrong with the inputs of {@link amazonManagedComponent}. */
export function checkAmazonManagedComponent(
  path: Path,
  props: AmazonManagedComponentProps,
): Problem[] {
  const { name, region, partition, version = 'x.x.x', parameters } = props;
  const isUnknown = Token.isUnresolved(region) && partition === undefined;
  return [
    ...checkText([...path, 'name'], name, {
      id: 'amazon-component-name',
      pattern: /^[a-z0-9][a-z0-9-]{1,125}[a-z0-9]$/,
      rule: 'be 3 to 127 lower-case letters, digits and dashes, such as update-windows',
    }),
    ...checkText([...path, 'name'], name, {
      id: 'amazon-component-for-windows',
      pattern: /^(?!.*-(?:linux|macos)$).*$/s,
      rule: 'be a component for Windows',
    }),
    ...checkRegion([...path, 'region'], region),
    ...(isUnknown
      ? [
          problem(
            'partition-of-reference',
            [...path, 'region'],
            'be known when the stack is built, unless `partition` is given',
            REFERENCE,
          ),
        ]
      : []),
    ...checkText([...path, 'version'], version, COMPONENT_VERSION_RULE),
    ...checkRecipeComponent(path, { arn: '', contentId: '', parameters }),
  ];
}

/**
 * A component that Amazon owns and keeps up to date. Whether Amazon has one of that name in the
 * Region shows at apply; `aws imagebuilder list-components --owner Amazon` lists them.
 *
 * With a wildcard Image Builder takes the newest version at every build. Terraform does not see
 * that there is a newer one: only a schedule or a change of the recipe builds with it.
 *
 * @throws ValidationError when an input is wrong.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/use-managed-components.html
 */
export function amazonManagedComponent(props: AmazonManagedComponentProps): RecipeComponent {
  const problems = checkAmazonManagedComponent([], props);
  if (problems.length > 0) {
    throw new ValidationError('amazonManagedComponent', props.name, problems);
  }
  const { name, region, partition = partitionOf(region), version = 'x.x.x', parameters } = props;
  return {
    arn: `arn:${partition}:imagebuilder:${region}:aws:component/${name}/${version}`,
    // The same component in every Region and partition.
    contentId: contentHash(['aws', name, version]),
    parameters,
  };
}
