import type { ApiClient } from '../front/api-client';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  ec2Response,
  listOf,
  OWN_ACCOUNT,
  renderXml,
  textOf,
  XmlList,
} from '../front/wire-format';
import { amiFilterValues, amiXml, isOwnedBy, snapshotValues, snapshotXml } from './ami-description';
import type { Ami, AmiSnapshot, AmiStore } from './ami-store';
import { dryRun, filtersOf, matchesFilters } from './ec2-requests';

/** The EC2 operations on AMIs and their snapshots. Ids that are not AMI ids go to moto_server. */
export class AmiOperations {
  constructor(
    private readonly store: AmiStore,
    private readonly moto: ApiClient,
    /** Further snapshots of a Region, which belong to no AMI. */
    private readonly otherSnapshots: (region: string) => readonly AmiSnapshot[] = () => [],
  ) {}

  /** Answers an EC2 request about AMIs; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    switch (request.operation) {
      case 'DescribeImages':
        return this.describeImages(request);
      case 'DeregisterImage':
        return this.deregisterImage(request);
      case 'DisableImage':
      case 'EnableImage':
        return this.changeState(request);
      case 'EnableImageDeprecation':
      case 'DisableImageDeprecation':
        return this.changeDeprecation(request);
      case 'DescribeImageAttribute':
        return this.describeImageAttribute(request);
      case 'DescribeSnapshots':
        return this.describeSnapshots(request);
      case 'DeleteSnapshot':
        return this.deleteSnapshot(request);
      case 'CreateTags':
      case 'DeleteTags':
        return this.changeTags(request);
      case 'DescribeTags':
        return this.describeTags(request);
      default:
        return undefined;
    }
  }

  private describeImages(request: ApiRequest): ApiResponse {
    const { parameters, region } = request;
    const ids = listOf(parameters, 'ImageId');
    for (const id of ids) this.requireAmi(region, id);
    const owners = listOf(parameters, 'Owner');
    const filters = filtersOf(parameters);
    const shown = {
      disabled: textOf(parameters, 'IncludeDisabled') === 'true',
      deprecated: textOf(parameters, 'IncludeDeprecated') === 'true' || ids.length > 0,
    };
    const found = this.store
      .amis(region)
      .filter((ami) => shown.disabled || ami.state !== 'disabled')
      .filter((ami) => shown.deprecated || ami.ownerId === OWN_ACCOUNT || !isDeprecated(ami))
      .filter((ami) => ids.length === 0 || ids.includes(ami.id))
      .filter((ami) => owners.length === 0 || owners.some((owner) => isOwnedBy(ami, owner)))
      .filter((ami) => matchesFilters(filters, (name) => amiFilterValues(ami, name)));
    for (const ami of found) look(ami);
    return ec2Response(request.operation, { imagesSet: new XmlList('item', found.map(amiXml)) });
  }

  private deregisterImage(request: ApiRequest): ApiResponse {
    const { parameters, region } = request;
    const ami = this.requireOwnAmi(request);
    this.store.deregister(region, ami.id);
    if (textOf(parameters, 'DeleteAssociatedSnapshots') !== 'true') {
      return ec2Response(request.operation, { return: true });
    }
    this.store.deleteSnapshot(region, ami.snapshotId);
    const results = [{ snapshotId: ami.snapshotId, returnCode: 'success' }];
    return ec2Response(request.operation, {
      return: true,
      deleteSnapshotResultSet: new XmlList('item', results),
    });
  }

  private changeState(request: ApiRequest): ApiResponse {
    const ami = this.requireOwnAmi(request);
    ami.state = request.operation === 'DisableImage' ? 'disabled' : 'available';
    return ec2Response(request.operation, { return: true });
  }

  private changeDeprecation(request: ApiRequest): ApiResponse {
    const ami = this.requireOwnAmi(request);
    const time = textOf(request.parameters, 'DeprecateAt');
    if (request.operation === 'EnableImageDeprecation' && !(Date.parse(time) > Date.now())) {
      const message = `The deprecation date must be in the future: ${time}`;
      throw new ApiError(400, 'InvalidParameterValue', message);
    }
    ami.deprecationTime = time === '' ? undefined : new Date(time).toISOString();
    return ec2Response(request.operation, { return: true });
  }

  private describeImageAttribute(request: ApiRequest): ApiResponse {
    const ami = this.requireAmi(request.region, textOf(request.parameters, 'ImageId'));
    return ec2Response(request.operation, {
      imageId: ami.id,
      launchPermission: new XmlList('item', []),
    });
  }

  private async describeSnapshots(request: ApiRequest): Promise<ApiResponse | undefined> {
    const ids = listOf(request.parameters, 'SnapshotId');
    const filters = filtersOf(request.parameters);
    const { region } = request;
    const known = [...this.store.snapshots(region), ...this.otherSnapshots(region)];
    const ours = known
      .filter((snapshot) => ids.length === 0 || ids.includes(snapshot.id))
      .filter((snapshot) => matchesFilters(filters, (name) => snapshotValues(snapshot, name)));
    const foreignIds = ids.filter((id) => !known.some((snapshot) => snapshot.id === id));
    if (foreignIds.length === 0 && ids.length > 0) {
      const items = new XmlList('item', ours.map(snapshotXml));
      return ec2Response(request.operation, { snapshotSet: items });
    }
    const form = formWithList(request, 'SnapshotId', foreignIds);
    const answer = await this.moto.send('POST', '/', request.headers, form);
    const items = renderXml(new XmlList('item', ours.map(snapshotXml)));
    const body = answer.body
      .replace(/<snapshotSet\s*\/>/, '<snapshotSet></snapshotSet>')
      .replace('</snapshotSet>', () => `${items}</snapshotSet>`);
    return { status: answer.status, headers: { 'content-type': 'text/xml' }, body };
  }

  private deleteSnapshot(request: ApiRequest): ApiResponse | undefined {
    const { region } = request;
    const id = textOf(request.parameters, 'SnapshotId');
    const snapshot = this.store.snapshots(region).find((candidate) => candidate.id === id);
    if (snapshot === undefined) return undefined;
    if (this.store.find(region, snapshot.amiId) !== undefined) {
      const message = `The snapshot ${id} is currently in use by ${snapshot.amiId}`;
      throw new ApiError(400, 'InvalidSnapshot.InUse', message);
    }
    this.store.deleteSnapshot(region, id);
    return ec2Response(request.operation, { return: true });
  }

  private async changeTags(request: ApiRequest): Promise<ApiResponse | undefined> {
    const resources = listOf(request.parameters, 'ResourceId');
    const foreign = resources.filter((id) => this.store.tagsOf(request.region, id) === undefined);
    const missing = foreign.find((id) => id.startsWith('ami-'));
    if (missing !== undefined) this.requireAmi(request.region, missing);
    if (foreign.length === resources.length) return undefined;
    for (const id of resources) {
      const tags = this.store.tagsOf(request.region, id);
      if (tags !== undefined) applyTagChange(request, tags);
    }
    if (foreign.length > 0) {
      const form = formWithList(request, 'ResourceId', foreign);
      return this.moto.send('POST', '/', request.headers, form);
    }
    return ec2Response(request.operation, { return: true });
  }

  private describeTags(request: ApiRequest): ApiResponse | undefined {
    const ids = filtersOf(request.parameters).get('resource-id') ?? [];
    const tagged = ids.map((id) => [id, this.store.tagsOf(request.region, id)] as const);
    if (ids.length === 0 || tagged.some(([, tags]) => tags === undefined)) return undefined;
    const entries = tagged.flatMap(([id, tags]) =>
      [...(tags ?? [])].map(([key, value]) => ({
        resourceId: id,
        resourceType: id.startsWith('ami-') ? 'image' : 'snapshot',
        key,
        value,
      })),
    );
    return ec2Response(request.operation, { tagSet: new XmlList('item', entries) });
  }

  /** The AMI that a change names; one of someone else's, and a dry run, are refused. */
  private requireOwnAmi({ parameters, region }: ApiRequest): Ami {
    const ami = this.requireAmi(region, textOf(parameters, 'ImageId'));
    if (ami.ownerId !== OWN_ACCOUNT) {
      throw new ApiError(400, 'AuthFailure', `Not authorized for image:${ami.id}`);
    }
    if (textOf(parameters, 'DryRun') === 'true') throw dryRun();
    return ami;
  }

  private requireAmi(region: string, id: string): Ami {
    const ami = this.store.find(region, id);
    if (ami !== undefined) return ami;
    if (!/^ami-[0-9a-f]{8,17}$/.test(id)) {
      throw new ApiError(
        400,
        'InvalidAMIID.Malformed',
        `Invalid id: "${id}" (expecting "ami-...")`,
      );
    }
    const message = `The image id '[${id}]' does not exist`;
    throw new ApiError(400, 'InvalidAMIID.NotFound', message);
  }
}

/** Looking at a pending AMI is what makes its time go by. */
function look(ami: Ami): void {
  if (ami.state !== 'pending') return;
  if (ami.pendingLooks === 0) ami.state = 'available';
  else ami.pendingLooks -= 1;
}

function isDeprecated({ deprecationTime }: Ami): boolean {
  return deprecationTime !== undefined && Date.parse(deprecationTime) <= Date.now();
}

function applyTagChange(request: ApiRequest, tags: Map<string, string>): void {
  const { parameters } = request;
  const removing = request.operation === 'DeleteTags';
  for (let index = 1; parameters[`Tag.${index}.Key`] !== undefined; index += 1) {
    const key = textOf(parameters, `Tag.${index}.Key`);
    if (removing) tags.delete(key);
    else tags.set(key, textOf(parameters, `Tag.${index}.Value`));
  }
}

/** The request's form with one of its lists replaced. */
function formWithList(request: ApiRequest, prefix: string, values: readonly string[]): string {
  const form = new URLSearchParams({ Action: request.operation, Version: '2016-11-15' });
  for (const [name, value] of Object.entries(request.parameters)) {
    if (!name.startsWith(`${prefix}.`)) form.set(name, String(value));
  }
  values.forEach((value, index) => {
    form.set(`${prefix}.${index + 1}`, value);
  });
  return form.toString();
}
