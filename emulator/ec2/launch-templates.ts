import type { ApiClient } from '../front/api-client';
import { PerRegion } from '../front/per-region';
import { ApiError, type ApiRequest, type ApiResponse } from '../front/wire-format';
import {
  changeXml,
  childrenAt,
  textAt,
  textElement,
  writeXml,
  type XmlElement,
} from '../front/xml-reading';

type FlatParameters = Readonly<Record<string, string>>;

const OPERATIONS = new Set([
  'CreateLaunchTemplate',
  'CreateLaunchTemplateVersion',
  'DescribeLaunchTemplates',
  'DescribeLaunchTemplateVersions',
]);

const DATA_PREFIX = 'LaunchTemplateData.';
const USER_DATA = 'LaunchTemplateData.UserData';

/**
 * Launch templates: moto_server keeps them, this class mends what it does unlike AWS. It loses
 * the source version of a new version, cannot launch from a later version with user data, lists
 * the template's own tags among the tags for instances, and never shows changed tags.
 */
export class LaunchTemplates {
  /** The data of each version as sent, by `<template id> <version>`. */
  private readonly regions = new PerRegion<Map<string, FlatParameters>>(() => new Map());

  constructor(private readonly moto: ApiClient) {}

  /** Answers an EC2 request about launch templates; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    if (!OPERATIONS.has(request.operation)) return undefined;
    const parameters = flat(request.parameters);
    const document = await this.query(request.region, request.operation, parameters);
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: writeXml(document) };
  }

  /**
   * Calls an operation on launch templates.
   * @throws ApiError when EC2 refuses.
   */
  async query(region: string, operation: string, parameters: FlatParameters): Promise<XmlElement> {
    switch (operation) {
      case 'CreateLaunchTemplate':
        return this.create(region, operation, parameters);
      case 'CreateLaunchTemplateVersion':
        return this.create(region, operation, parameters);
      case 'DescribeLaunchTemplates':
        return this.describe(region, parameters);
      default:
        return this.mended(region, await this.moto.query('ec2', operation, parameters, region));
    }
  }

  private async create(
    region: string,
    operation: string,
    parameters: FlatParameters,
  ): Promise<XmlElement> {
    const { SourceVersion: source, ...given } = parameters;
    requireBase64(given[USER_DATA] ?? '');
    const inherited = source === undefined ? {} : await this.dataOf(region, given, source);
    const merged = { ...withoutOverridden(inherited, given), ...given };
    const { [USER_DATA]: _userData, ...forwarded } = merged;
    const document = await this.moto.query('ec2', operation, forwarded, region);
    const created = document.children.find((child) => child.name.startsWith('launchTemplate'));
    const version = textAt(created, 'versionNumber') || textAt(created, 'latestVersionNumber');
    const data = Object.entries(merged).filter(([name]) => name.startsWith(DATA_PREFIX));
    const key = `${textAt(created, 'launchTemplateId')} ${version}`;
    this.regions.of(region).set(key, Object.fromEntries(data));
    return this.mended(region, document);
  }

  /** The data of a version named in a request, as sent when the version was made. */
  private async dataOf(
    region: string,
    given: FlatParameters,
    version: string,
  ): Promise<FlatParameters> {
    const { LaunchTemplateId: id, LaunchTemplateName: name = '' } = given;
    const selector: Record<string, string> =
      id === undefined ? { LaunchTemplateName: name } : { LaunchTemplateId: id };
    const document = await this.moto.query(
      'ec2',
      'DescribeLaunchTemplateVersions',
      { ...selector, 'LaunchTemplateVersion.1': version },
      region,
    );
    const found = childrenAt(document, 'launchTemplateVersionSet')[0];
    const key = `${textAt(found, 'launchTemplateId')} ${textAt(found, 'versionNumber')}`;
    return this.regions.of(region).get(key) ?? {};
  }

  private async describe(region: string, parameters: FlatParameters): Promise<XmlElement> {
    const document = await this.moto.query('ec2', 'DescribeLaunchTemplates', parameters, region);
    const ids = childrenAt(document, 'launchTemplates').map((item) =>
      textAt(item, 'launchTemplateId'),
    );
    const tags = await this.tagsOf(region, ids);
    return changeXml(document, (element) => {
      const id = textAt(element, 'launchTemplateId');
      if (id === '') return undefined;
      const others = element.children.filter((child) => child.name !== 'tagSet');
      const tagSet = { name: 'tagSet', text: '', children: tags.get(id) ?? [] };
      return { ...element, children: [...others, tagSet] };
    });
  }

  private async tagsOf(
    region: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly XmlElement[]>> {
    const tags = new Map<string, XmlElement[]>();
    if (ids.length === 0) return tags;
    const filter: Record<string, string> = { 'Filter.1.Name': 'resource-id' };
    ids.forEach((id, index) => {
      filter[`Filter.1.Value.${index + 1}`] = id;
    });
    const document = await this.moto.query('ec2', 'DescribeTags', filter, region);
    for (const item of childrenAt(document, 'tagSet')) {
      const id = textAt(item, 'resourceId');
      const children = [
        textElement('key', textAt(item, 'key')),
        textElement('value', textAt(item, 'value')),
      ];
      tags.set(id, [...(tags.get(id) ?? []), { name: 'item', text: '', children }]);
    }
    return tags;
  }

  /** Puts user data back and takes the template's own tags out of the data. */
  private mended(region: string, document: XmlElement): XmlElement {
    const versions = this.regions.of(region);
    return changeXml(document, (element) => {
      const key = `${textAt(element, 'launchTemplateId')} ${textAt(element, 'versionNumber')}`;
      const sent = versions.get(key);
      if (sent === undefined) return undefined;
      const children = element.children.map((child) =>
        child.name === 'launchTemplateData' ? mendedData(child, sent[USER_DATA]) : child,
      );
      return { ...element, children };
    });
  }
}

function flat(parameters: Readonly<Record<string, unknown>>): FlatParameters {
  const entries = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries) as FlatParameters;
}

/** The inherited data without the top-level settings that are given anew. */
function withoutOverridden(inherited: FlatParameters, given: FlatParameters): FlatParameters {
  const anew = new Set(Object.keys(given).map(settingOf));
  return Object.fromEntries(
    Object.entries(inherited).filter(([name]) => !anew.has(settingOf(name))),
  );
}

function settingOf(name: string): string {
  return name.split('.').slice(0, 2).join('.');
}

/** EC2 refuses user data that is not base64. */
function requireBase64(userData: string): void {
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(userData)) return;
  throw new ApiError(400, 'InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.');
}

function mendedData(data: XmlElement, userData: string | undefined): XmlElement {
  const children = data.children.flatMap((child) => {
    if (child.name === 'userData') return [];
    if (child.name !== 'tagSpecificationSet') return [child];
    const kept = child.children.filter(
      (item) => textAt(item, 'resourceType') !== 'launch-template',
    );
    return kept.length === 0 ? [] : [{ ...child, children: kept }];
  });
  const added = userData === undefined ? [] : [textElement('userData', userData)];
  return { ...data, children: [...children, ...added] };
}
