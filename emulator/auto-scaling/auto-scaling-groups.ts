import type { ApiClient } from '../front/api-client';
import { PerRegion } from '../front/per-region';
import { type ApiRequest, type ApiResponse, textOf } from '../front/wire-format';
import {
  changeXml,
  childrenAt,
  textAt,
  textElement,
  writeXml,
  type XmlElement,
} from '../front/xml-reading';

type Settings = Readonly<Record<string, string>>;

/** Settings of a group that moto_server takes and does not show. */
const GROUP_SETTINGS = ['DefaultInstanceWarmup', 'MaxInstanceLifetime'];

/** Settings of a group that moto_server takes when it is made, and no change of them. */
const CHANGED_SETTINGS = ['CapacityRebalance', 'DefaultCooldown', 'TerminationPolicies'];

/** Settings of a hook for which moto_server shows examples of its own. */
const HOOK_SETTINGS = ['NotificationMetadata', 'NotificationTargetARN', 'RoleARN'];

/**
 * Auto Scaling groups and their life-cycle hooks: moto_server keeps them, this class shows the
 * settings that it loses, and ends what is too many when its protection is taken off.
 */
export class AutoScalingGroups {
  /** By the name of the group, or of the group and the hook. */
  private readonly regions = new PerRegion<Map<string, Settings>>(() => new Map());

  constructor(private readonly moto: ApiClient) {}

  /** Answers a request that reads groups or hooks, and notes what others set. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    const { operation, parameters, region } = request;
    const group = textOf(parameters, 'AutoScalingGroupName');
    switch (operation) {
      case 'CreateAutoScalingGroup':
        this.regions.of(region).set(group, given(request, GROUP_SETTINGS));
        return undefined;
      case 'UpdateAutoScalingGroup':
        this.add(region, group, given(request, [...GROUP_SETTINGS, ...CHANGED_SETTINGS]));
        return undefined;
      case 'PutLifecycleHook':
        this.regions.of(region).set(hookKey(request), given(request, HOOK_SETTINGS));
        return undefined;
      case 'SetInstanceProtection':
        return this.protect(request, group);
      case 'DescribeAutoScalingGroups':
        return this.show(request, 'AutoScalingGroupARN', GROUP_SETTINGS, (element) =>
          textAt(element, 'AutoScalingGroupName'),
        );
      case 'DescribeLifecycleHooks':
        return this.show(request, 'LifecycleHookName', HOOK_SETTINGS, (element) => {
          return `${textAt(element, 'AutoScalingGroupName')} ${textAt(element, 'LifecycleHookName')}`;
        });
      default:
        return undefined;
    }
  }

  /** AWS ends nodes that are too many as soon as their protection is gone. */
  private async protect(request: ApiRequest, group: string): Promise<ApiResponse> {
    const { operation, region } = request;
    const document = await this.moto.query('autoscaling', operation, sentBy(request), region);
    const named = { 'AutoScalingGroupNames.member.1': group };
    const answer = await this.moto.query('autoscaling', 'DescribeAutoScalingGroups', named, region);
    const path = ['DescribeAutoScalingGroupsResult', 'AutoScalingGroups'] as const;
    const DesiredCapacity = textAt(childrenAt(answer, ...path)[0], 'DesiredCapacity');
    const wish = { AutoScalingGroupName: group, DesiredCapacity };
    await this.moto.query('autoscaling', 'SetDesiredCapacity', wish, region);
    return xmlAnswer(document);
  }

  private add(region: string, group: string, settings: Settings): void {
    const all = this.regions.of(region);
    all.set(group, { ...all.get(group), ...settings });
  }

  /** Forwards, and shows the noted settings in each element that has a child of this name. */
  private async show(
    request: ApiRequest,
    mark: string,
    names: readonly string[],
    keyOf: (element: XmlElement) => string,
  ): Promise<ApiResponse> {
    const { operation, region } = request;
    const document = await this.moto.query('autoscaling', operation, sentBy(request), region);
    const noted = this.regions.of(region);
    const shown = changeXml(document, (element) => {
      if (!element.children.some(({ name }) => name === mark)) return undefined;
      const settings = noted.get(keyOf(element)) ?? {};
      const others = element.children.filter(
        ({ name }) => !names.includes(name) && !Object.hasOwn(settings, name),
      );
      const added = Object.entries(settings).map(([name, value]) => settingElement(name, value));
      return { ...element, children: [...others, ...added] };
    });
    return xmlAnswer(shown);
  }
}

function sentBy({ parameters }: ApiRequest): Record<string, string> {
  const entries = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function xmlAnswer(document: XmlElement): ApiResponse {
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: writeXml(document) };
}

function hookKey({ parameters }: ApiRequest): string {
  return `${textOf(parameters, 'AutoScalingGroupName')} ${textOf(parameters, 'LifecycleHookName')}`;
}

function given({ parameters }: ApiRequest, names: readonly string[]): Settings {
  const entries = names.map((name) => {
    const value = textOf(parameters, name) || membersOf(parameters, name).join();
    return [name, value] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function membersOf(parameters: ApiRequest['parameters'], name: string): string[] {
  const keys = Object.keys(parameters).filter((key) => key.startsWith(`${name}.member.`));
  return keys.map((key) => textOf(parameters, key));
}

function settingElement(name: string, value: string): XmlElement {
  if (name !== 'TerminationPolicies') return textElement(name, value);
  const members = value.split(',').map((policy) => textElement('member', policy));
  return { ...textElement(name, ''), children: members };
}
