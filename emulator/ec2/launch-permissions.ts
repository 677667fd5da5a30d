import { type Json, textsOf } from '../front/json-fields';
import { PerRegion } from '../front/per-region';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  ec2Response,
  OWN_ACCOUNT,
  textOf,
  XmlList,
} from '../front/wire-format';
import type { AmiStore } from './ami-store';

/** Whom one entry lets launch an AMI: the element of the EC2 API and its value. */
interface Permission {
  readonly element: string;
  readonly value: string;
}

/** Field of an Image Builder distribution to the element of the EC2 API. */
const FIELDS: Readonly<Record<string, string>> = {
  userIds: 'userId',
  userGroups: 'group',
  organizationArns: 'organizationArn',
  organizationalUnitArns: 'organizationalUnitArn',
};

/** Who besides its owner may launch an AMI. */
export class LaunchPermissions {
  private readonly regions = new PerRegion<Map<string, readonly Permission[]>>(() => new Map());

  constructor(private readonly amis: AmiStore) {}

  /** Gives the permissions that a distribution asks for. */
  grant(region: string, imageId: string, launchPermission: Json): void {
    const added = Object.entries(FIELDS).flatMap(([field, element]) =>
      textsOf(launchPermission, field).map((value) => ({ element, value })),
    );
    this.set(region, imageId, [...this.of(region, imageId), ...added]);
  }

  /** The values of the permissions of an AMI, such as account ids. */
  values(region: string, imageId: string): readonly string[] {
    return this.of(region, imageId).map(({ value }) => value);
  }

  /** `<AMI id> <value>` for every permission of AMIs that exist. */
  names(region: string): readonly string[] {
    return [...this.regions.of(region).keys()]
      .filter((imageId) => this.amis.find(region, imageId) !== undefined)
      .flatMap((imageId) => this.values(region, imageId).map((value) => `${imageId} ${value}`));
  }

  /** Answers an EC2 request about launch permissions; undefined when it is about others. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    const { operation, parameters, region } = request;
    if (!/^(Describe|Modify|Reset)ImageAttribute$/.test(operation)) return undefined;
    const attribute = textOf(parameters, 'Attribute');
    if (attribute !== '' && attribute !== 'launchPermission') return undefined;
    const changes = Object.keys(parameters).some((name) => name.startsWith('LaunchPermission.'));
    if (operation === 'ModifyImageAttribute' && !changes) return undefined;
    const imageId = textOf(parameters, 'ImageId');
    this.requireAmi(region, imageId, operation !== 'DescribeImageAttribute');
    if (operation === 'DescribeImageAttribute') {
      const entries = this.of(region, imageId).map(({ element, value }) => ({ [element]: value }));
      const launchPermission = new XmlList('item', entries);
      return ec2Response(operation, { imageId, launchPermission });
    }
    const removed = asked(parameters, 'Remove').map(({ value }) => value);
    const kept = operation === 'ResetImageAttribute' ? [] : this.of(region, imageId);
    this.set(region, imageId, [
      ...kept.filter(({ value }) => !removed.includes(value)),
      ...asked(parameters, 'Add'),
    ]);
    return ec2Response(operation, { return: true });
  }

  private of(region: string, imageId: string): readonly Permission[] {
    return this.regions.of(region).get(imageId) ?? [];
  }

  private set(region: string, imageId: string, permissions: readonly Permission[]): void {
    const unique = new Map(permissions.map((permission) => [permission.value, permission]));
    this.regions.of(region).set(imageId, [...unique.values()]);
  }

  private requireAmi(region: string, imageId: string, own: boolean): void {
    const ami = this.amis.find(region, imageId);
    if (ami === undefined) {
      const message = `The image id '[${imageId}]' does not exist`;
      throw new ApiError(400, 'InvalidAMIID.NotFound', message);
    }
    if (own && ami.ownerId !== OWN_ACCOUNT) {
      throw new ApiError(400, 'AuthFailure', `Not authorized for image:${imageId}`);
    }
  }
}

function asked(parameters: Json, change: 'Add' | 'Remove'): readonly Permission[] {
  const found: Permission[] = [];
  for (const element of Object.values(FIELDS)) {
    const name = element.charAt(0).toUpperCase() + element.slice(1);
    for (let index = 1; ; index += 1) {
      const value = textOf(parameters, `LaunchPermission.${change}.${index}.${name}`);
      if (value === '') break;
      found.push({ element, value });
    }
  }
  return found;
}
