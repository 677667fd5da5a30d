import type { Json } from '../../front/json-fields';
import { ApiError, OWN_ACCOUNT } from '../../front/wire-format';

/** How one kind of Image Builder resource is named on the wire. */
export interface Kind {
  /** As in `Create<operation>`. */
  readonly operation: string;
  /** As in the ARN. */
  readonly arnType: string;
  /** Field with the ARN in requests and create answers. */
  readonly arnKey: string;
  /** Field with the resource in get answers. */
  readonly contentKey: string;
  /** List operation and the field with its entries. */
  readonly list: readonly [operation: string, field: string];
}

/** The kinds of resources, by the name used in operations. */
export const KINDS: readonly Kind[] = [
  kind('Component', 'componentBuildVersionArn', ['ListComponents', 'componentVersionList']),
  kind('ImageRecipe', 'imageRecipeArn', ['ListImageRecipes', 'imageRecipeSummaryList']),
  kind('InfrastructureConfiguration', 'infrastructureConfigurationArn', [
    'ListInfrastructureConfigurations',
    'infrastructureConfigurationSummaryList',
  ]),
  kind('DistributionConfiguration', 'distributionConfigurationArn', [
    'ListDistributionConfigurations',
    'distributionConfigurationSummaryList',
  ]),
  kind('ImagePipeline', 'imagePipelineArn', ['ListImagePipelines', 'imagePipelineList']),
  kind('Image', 'imageBuildVersionArn', ['ListImages', 'imageVersionList']),
  kind('LifecyclePolicy', 'lifecyclePolicyArn', [
    'ListLifecyclePolicies',
    'lifecyclePolicySummaryList',
  ]),
];

function kind(operation: string, arnKey: string, list: Kind['list']): Kind {
  const contentKey = operation.charAt(0).toLowerCase() + operation.slice(1);
  const arnType = contentKey.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { operation, arnType, arnKey, contentKey, list };
}

/** The ARN type a field refers to, by field name. */
export const REFERENCES: Readonly<Record<string, string>> = {
  imageRecipeArn: 'image-recipe',
  infrastructureConfigurationArn: 'infrastructure-configuration',
  distributionConfigurationArn: 'distribution-configuration',
};

/** One stored resource. */
export interface Resource {
  readonly arn: string;
  readonly kind: Kind;
  /** What Get answers, without the tags. */
  content: Json;
  tags: Record<string, string>;
}

/** The Image Builder resources of one region. */
export class ImageBuilderStore {
  private readonly resources = new Map<string, Resource>();
  private readonly builds = new Map<string, number>();

  constructor(readonly region: string) {}

  /** Every resource of a kind, in the order of creation; without a type every resource. */
  all(arnType?: string): readonly Resource[] {
    const resources = [...this.resources.values()];
    return resources.filter((item) => arnType === undefined || item.kind.arnType === arnType);
  }

  /** Stores a resource. */
  put(resource: Resource): void {
    this.resources.set(resource.arn, resource);
  }

  /** Removes a resource. */
  remove(arn: string): void {
    this.resources.delete(arn);
  }

  /** A resource by ARN; a version ARN without build number means the newest build. */
  find(arn: string): Resource | undefined {
    const exact = this.resources.get(arn);
    if (exact !== undefined) return exact;
    const matching = this.all().filter((resource) => matchesVersionArn(arn, resource.arn));
    return matching[matching.length - 1];
  }

  /**
   * A resource that must exist.
   * @throws ApiError 404 ResourceNotFoundException
   */
  require(arn: string): Resource {
    const found = this.find(arn);
    if (found !== undefined) return found;
    const message = `The resource with ARN '${arn}' does not exist.`;
    throw new ApiError(404, 'ResourceNotFoundException', message);
  }

  /** The ARN for a name and, for versioned kinds, a version and build. */
  arn(arnType: string, ...parts: readonly (string | number)[]): string {
    const [name = '', ...rest] = parts;
    const path = [arnName(String(name)), ...rest].join('/');
    return `arn:aws:imagebuilder:${this.region}:${OWN_ACCOUNT}:${arnType}/${path}`;
  }

  /** The next build number below a version ARN; numbers are never used twice. */
  nextBuild(versionArn: string): number {
    const build = (this.builds.get(versionArn) ?? 0) + 1;
    this.builds.set(versionArn, build);
    return build;
  }
}

/** Whether a version ARN, perhaps with `x` for any number, selects a build ARN or version ARN. */
export function matchesVersionArn(selector: string, arn: string): boolean {
  if (selector === arn) return true;
  const match = /^(.*\/)(\d+|x)\.(\d+|x)\.(\d+|x)$/.exec(selector);
  if (match === null) return false;
  const [, prefix = '', ...numbers] = match;
  const version = numbers.map((number) => (number === 'x' ? '\\d+' : number)).join('\\.');
  return (
    arn.startsWith(prefix) && new RegExp(`^${version}(/\\d+)?$`).test(arn.slice(prefix.length))
  );
}

function arnName(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
