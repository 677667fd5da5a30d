import { ApiError } from '../front/wire-format';
import { childrenAt, textAt, type XmlElement } from '../front/xml-reading';
import type { LaunchTemplates } from './launch-templates';

/** The launch template a Fast Launch request names. */
export interface TemplateReference {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

/**
 * Looks the launch template up and checks its content against what Fast Launch accepts.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-prereqs.html
 * @throws ApiError when it does not exist or has refused content.
 */
export async function requireUsableTemplate(
  templates: LaunchTemplates,
  region: string,
  reference: TemplateReference,
): Promise<TemplateReference> {
  if (reference.version === '') {
    const message = 'The request must contain the parameter LaunchTemplate.Version';
    throw new ApiError(400, 'MissingParameter', message);
  }
  if ((reference.id === '') === (reference.name === '')) {
    const message = 'Specify either LaunchTemplateId or LaunchTemplateName, not both';
    throw new ApiError(400, 'InvalidParameterCombination', message);
  }
  const selector: Record<string, string> =
    reference.id === ''
      ? { LaunchTemplateName: reference.name }
      : { LaunchTemplateId: reference.id };
  const document = await templates.query(region, 'DescribeLaunchTemplateVersions', {
    ...selector,
    'LaunchTemplateVersion.1': reference.version,
  });
  const version = childrenAt(document, 'launchTemplateVersionSet')[0];
  if (version === undefined) {
    const message =
      `Could not find the specified version ${reference.version} for the launch template with ` +
      `ID ${reference.id || reference.name}.`;
    throw new ApiError(400, 'InvalidLaunchTemplateId.VersionNotFound', message);
  }
  const problem = refusedContent(version);
  if (problem !== undefined) throw new ApiError(400, 'InvalidParameterValue', problem);
  return {
    id: textAt(version, 'launchTemplateId'),
    name: textAt(version, 'launchTemplateName'),
    version: reference.version,
  };
}

function refusedContent(version: XmlElement): string | undefined {
  const data = (...path: readonly string[]) => textAt(version, 'launchTemplateData', ...path);
  const tagged = childrenAt(version, 'launchTemplateData', 'tagSpecificationSet').map((entry) =>
    textAt(entry, 'resourceType'),
  );
  const refusals: readonly (readonly [boolean, string])[] = [
    [data('userData') !== '', 'user data'],
    [data('disableApiTermination') === 'true', 'termination protection'],
    [data('metadataOptions', 'httpEndpoint') === 'disabled', 'a disabled metadata endpoint'],
    [data('instanceMarketOptions', 'marketType') === 'spot', 'the Spot market'],
    [
      data('instanceInitiatedShutdownBehavior') === 'terminate',
      'instance-initiated shutdown behavior terminate',
    ],
    [tagged.includes('network-interface'), 'tags on network-interface'],
  ];
  const refusal = refusals.find(([found]) => found);
  if (refusal === undefined) return undefined;
  return `Launch templates for EC2 Fast Launch cannot have ${refusal[1]}`;
}
