import type { DistributionTarget } from '../distribution/distribution-target';
import type { ExecutionResources } from '../roles/execution-resources-policy';
import { type OwnAmiTags, ownAmiTags } from './own-ami-tags';
import type { WindowsImageProps } from './windows-image-props';

/** What `WindowsImage` needs to know to say where its AMIs go. */
type TargetProps = OwnAmiTags & Pick<WindowsImageProps, 'region' | 'distribution' | 'tags'>;

/**
 * The targets of an image: those that are asked for, and the Region of the provider in any case.
 * Each Region gets the SSM parameter, and each AMI the tag by which retention knows it and those
 * that say what it is.
 */
export function imageTargets(
  props: TargetProps,
  amiParameterName: string,
): readonly DistributionTarget[] {
  const { region, distribution, tags } = props;
  const asked = distribution?.targets ?? [];
  const hasOwnRegion = asked.some((target) => target.region === region);
  // What is added comes last, so that problems are reported where they were written.
  return [...asked, ...(hasOwnRegion ? [] : [{ region }])].map((target) => ({
    ...target,
    amiTags: { ...tags, ...target.amiTags, ...ownAmiTags(props) },
    amiParameters: [...(target.amiParameters ?? []), { name: amiParameterName }],
  }));
}

/** SSM parameters of the account that builds, in one Region. */
export function ownParameterNames({ amiParameters = [] }: DistributionTarget): readonly string[] {
  return amiParameters.flatMap(({ name, accountId }) => (accountId === undefined ? [name] : []));
}

/** What of an image its execution role depends on. */
type ExecutionProps = Pick<
  WindowsImageProps,
  'region' | 'baseImage' | 'rootVolume' | 'dataVolumes' | 'kmsKeyArns' | 'snsTopicArn' | 'scanning'
>;

const PARENT_PARAMETER = 'ssm:';

/** What Image Builder itself needs beyond what it needs for every image. */
export function executionResources(
  { region, baseImage, snsTopicArn, scanning = false, ...volumes }: ExecutionProps,
  targets: readonly DistributionTarget[],
): ExecutionResources {
  const { rootVolume, dataVolumes = [], kmsKeyArns = [] } = volumes;
  const keys = [rootVolume, ...dataVolumes, ...targets].map((one) => one?.kmsKeyId);
  const templates = targets.flatMap(({ launchTemplates = [] }) =>
    launchTemplates.filter(({ accountId }) => accountId === undefined).map(({ id }) => id),
  );
  return {
    region,
    targetRegions: targets.map((target) => target.region),
    amiParameterNames: distinct(targets.flatMap(ownParameterNames)),
    parentParameterNames: baseImage.startsWith(PARENT_PARAMETER)
      ? [baseImage.slice(PARENT_PARAMETER.length)]
      : [],
    distributionAccountIds: distinct(targets.flatMap(otherAccounts)),
    kmsKeyArns: distinct([...kmsKeyArns, ...keys.filter((key) => key !== undefined)]),
    snsTopicArn,
    licenseConfigurationArns: distinct(
      targets.flatMap(({ licenseConfigurationArns = [] }) => licenseConfigurationArns),
    ),
    launchTemplateIds: distinct(templates),
    fastLaunch: nativeFastLaunch(targets),
    imageScanning: scanning,
  };
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** Accounts in which the role there works: for copies, parameters and launch templates. */
function otherAccounts({ accountIds = [], launchTemplates = [] }: DistributionTarget): string[] {
  const ofTemplates = launchTemplates.map(({ accountId }) => accountId);
  return [...accountIds, ...ofTemplates.filter((account) => account !== undefined)];
}

function nativeFastLaunch(
  targets: readonly DistributionTarget[],
): ExecutionResources['fastLaunch'] {
  const own = targets
    .flatMap(({ fastLaunch = [] }) => fastLaunch)
    .filter(({ accountId }) => accountId === undefined);
  if (own.length === 0) return undefined;
  const templates = own.map(({ launchTemplate }) => launchTemplate?.id);
  const ids = templates.filter((id) => id !== undefined);
  // One entry without a template is enough for the rights that EC2 then needs.
  return ids.length < own.length ? {} : { launchTemplateIds: distinct(ids) };
}
