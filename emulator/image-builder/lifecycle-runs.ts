import type { Ami } from '../ec2/ami-store';
import type { LaunchPermissions } from '../ec2/launch-permissions';
import { type Json, listOfJson, objectOf, tagsOf, textsOf } from '../front/json-fields';
import { OWN_ACCOUNT, textOf } from '../front/wire-format';
import type { ImageBuilds } from './image-builds';
import { matchesVersionArn, type Resource } from './resources/image-builder-store';
import type { RuleContext } from './resources/rule-context';

/** What a lifecycle policy did to one image. */
export interface LifecycleAction {
  readonly policyArn: string;
  readonly imageArn: string;
  readonly action: 'DELETE' | 'DEPRECATE' | 'DISABLE';
  /** AMIs that were deregistered, deprecated or disabled. */
  readonly amis: readonly string[];
  /** Snapshots that were deleted. */
  readonly snapshots: readonly string[];
}

const MS_PER_DAY = 86_400_000;
const DAYS: Readonly<Record<string, number>> = { DAYS: 1, WEEKS: 7, MONTHS: 30, YEARS: 365 };

/** Image states that a policy still acts on. */
const ACTED_ON = new Set(['AVAILABLE', 'DEPRECATED', 'DISABLED']);

/**
 * Applies lifecycle policies to images of their region. What AWS does not document is decided so:
 * COUNT counts the builds of one image version; an image with one of the excluded tags is skipped
 * and not counted; an excluded AMI stays while its image goes; an AMI without the tag
 * `CreatedBy: EC2 Image Builder` stays, as the managed role may not touch it. The exclusion
 * `lastLaunched` is not part of it.
 * Source: https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle-rules.html
 */
export class LifecycleRuns {
  constructor(
    private readonly builds: ImageBuilds,
    private readonly permissions: LaunchPermissions,
  ) {}

  /** Runs every enabled policy of a region once. */
  run(context: RuleContext, now: Date): readonly LifecycleAction[] {
    const policies = context.store.all('lifecycle-policy');
    return policies
      .filter((policy) => policy.content['status'] === 'ENABLED')
      .flatMap((policy) => this.apply(context, policy, now));
  }

  private apply(context: RuleContext, policy: Resource, now: Date): readonly LifecycleAction[] {
    policy.content = { ...policy.content, dateLastRun: Math.floor(now.getTime() / 1000) };
    return listOfJson(policy.content['policyDetails']).flatMap((detail) =>
      impacted(context, policy.content, detail, now).map((image) => {
        const action = textOf(objectOf(detail, 'action'), 'type') as LifecycleAction['action'];
        const imageArn = image.arn;
        return {
          policyArn: policy.arn,
          imageArn,
          action,
          ...this.act(context, image, detail, now),
        };
      }),
    );
  }

  private act(
    context: RuleContext,
    image: Resource,
    detail: Json,
    now: Date,
  ): Pick<LifecycleAction, 'amis' | 'snapshots'> {
    const action = objectOf(detail, 'action');
    const { region } = context.store;
    if (action['type'] !== 'DELETE') {
      const status = action['type'] === 'DISABLE' ? 'DISABLED' : 'DEPRECATED';
      this.builds.change(region, image, status);
      return { amis: this.retireAmis(context, image, detail, now), snapshots: [] };
    }
    this.builds.change(region, image, 'DELETED');
    context.store.remove(image.arn);
    return this.deleteAmis(context, image, detail);
  }

  private retireAmis(
    context: RuleContext,
    image: Resource,
    detail: Json,
    now: Date,
  ): readonly string[] {
    const amis = this.includedAmis(context, image, detail).map(([, ami]) => ami);
    const disables = objectOf(detail, 'action')['type'] === 'DISABLE';
    for (const ami of amis) {
      if (disables) ami.state = 'disabled';
      else ami.deprecationTime = now.toISOString();
    }
    return amis.map(({ id }) => id);
  }

  private deleteAmis(context: RuleContext, image: Resource, detail: Json) {
    const include = objectOf(objectOf(detail, 'action'), 'includeResources');
    const deleted = { amis: [] as string[], snapshots: [] as string[] };
    for (const [region, ami] of this.includedAmis(context, image, detail)) {
      context.amis.deregister(region, ami.id);
      deleted.amis.push(ami.id);
      if (include['snapshots'] !== true) continue;
      context.amis.deleteSnapshot(region, ami.snapshotId);
      deleted.snapshots.push(ami.snapshotId);
    }
    return deleted;
  }

  /** The AMIs of an image that a rule acts on, with their regions. */
  private includedAmis(
    context: RuleContext,
    image: Resource,
    detail: Json,
  ): readonly (readonly [string, Ami])[] {
    const include = objectOf(objectOf(detail, 'action'), 'includeResources');
    if (include['amis'] !== true) return [];
    const rules = objectOf(objectOf(detail, 'exclusionRules'), 'amis');
    const outputs = listOfJson(objectOf(image.content, 'outputResources')['amis']);
    return outputs.flatMap((output) => {
      const region = textOf(output, 'region');
      const ami = context.amis.find(region, textOf(output, 'image'));
      return ami === undefined || this.isExcluded(region, ami, rules)
        ? []
        : [[region, ami] as const];
    });
  }

  private isExcluded(region: string, ami: Ami, rules: Json): boolean {
    const shared = this.permissions.values(region, ami.id);
    return (
      ami.ownerId !== OWN_ACCOUNT ||
      ami.tags.get('CreatedBy') !== 'EC2 Image Builder' ||
      textsOf(rules, 'regions').includes(region) ||
      textsOf(rules, 'sharedAccounts').some((account) => shared.includes(account)) ||
      (rules['isPublic'] === true && shared.includes('all')) ||
      hasAny(Object.fromEntries(ami.tags), tagsOf(rules, 'tagMap'))
    );
  }
}

/** The images that a rule acts on, oldest first. */
function impacted(
  context: RuleContext,
  policy: Json,
  detail: Json,
  now: Date,
): readonly Resource[] {
  const excluded = tagsOf(objectOf(detail, 'exclusionRules'), 'tagMap');
  const candidates = context.store
    .all('image')
    .filter((image) => ACTED_ON.has(textOf(objectOf(image.content, 'state'), 'status')))
    .filter((image) => isSelected(context, image, objectOf(policy, 'resourceSelection')))
    .filter((image) => !hasAny(image.tags, excluded));
  const groups = new Map<string, Resource[]>();
  for (const image of candidates) {
    const versionArn = image.arn.replace(/\/\d+$/, '');
    groups.set(versionArn, [...(groups.get(versionArn) ?? []), image]);
  }
  return [...groups.values()].flatMap((images) =>
    beyondFilter(images, objectOf(detail, 'filter'), now),
  );
}

function beyondFilter(images: readonly Resource[], filter: Json, now: Date): readonly Resource[] {
  const value = Number(filter['value']);
  if (filter['type'] === 'COUNT') return images.slice(0, Math.max(0, images.length - value));
  const age = value * (DAYS[textOf(filter, 'unit')] ?? 1) * MS_PER_DAY;
  const deletable = images.slice(
    0,
    Math.max(0, images.length - Number(filter['retainAtLeast'] ?? 0)),
  );
  return deletable.filter(
    (image) => now.getTime() - Date.parse(textOf(image.content, 'dateCreated')) >= age,
  );
}

function isSelected(context: RuleContext, image: Resource, selection: Json): boolean {
  const tags = Object.entries(tagsOf(selection, 'tagMap'));
  if (tags.length > 0) return tags.every(([key, value]) => image.tags[key] === value);
  return listOfJson(selection['recipes']).some((recipe) => {
    const [name, version] = [textOf(recipe, 'name'), textOf(recipe, 'semanticVersion')];
    return matchesVersionArn(context.store.arn('image', name, version), image.arn);
  });
}

function hasAny(
  tags: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).some(([key, value]) => tags[key] === value);
}
