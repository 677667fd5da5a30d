import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { seedNetworkAndCluster } from '../../emulator/seed-network-and-cluster';
import type { PlannedChange } from '../../emulator/terraform/terraform-stack';
import { ExampleDeployment } from '../support/example-deployment';
import { describeWith } from '../support/tools';
import {
  changedEnvironment,
  changedGroup,
  environmentOf,
  nameOfRow,
  type Settings,
  titleOf,
} from './changed-environment';
import {
  AMIS,
  APPLIED_CHANGES,
  CHANGES_OF_A_GROUP,
  CHANGES_OF_NOTHING,
  CHANGES_OF_THE_STACK,
  GROUP,
  type NodeChange,
  OTHER_PROFILE,
  OTHER_ROLE,
  SECURITY_GROUP,
  SUBNETS,
} from './node-changes';

const LIMIT_MS = 1_800_000;
const PROGRAMS = ['terraform', 'provider-mirror', 'aws', 'moto_server'] as const;

/** A stack of nodes that run an AMI which is there already, so that no image is built. */
class NodesDeployment {
  public static async start(): Promise<NodesDeployment> {
    const deployment = await ExampleDeployment.start({ keepProvider: true });
    const { aws, seeded } = deployment;
    await seedNetworkAndCluster(aws, { clusterName: 'other', kubernetesVersion: '1.35' });
    const profile = { InstanceProfileName: OTHER_PROFILE };
    await aws.client.query('iam', 'CreateInstanceProfile', profile);
    const RoleName = OTHER_ROLE;
    await aws.client.query('iam', 'AddRoleToInstanceProfile', { ...profile, RoleName });
    const image = (name: string) => aws.seedImage({ name, platform: 'windows' });
    const ids = [...seeded.subnetIds, seeded.securityGroupId, image('old'), image('new')];
    const names = [...SUBNETS, SECURITY_GROUP, ...AMIS];
    return new NodesDeployment(deployment, new Map(names.map((name, at) => [name, ids[at] ?? ''])));
  }

  private constructor(
    public readonly example: ExampleDeployment,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  /** Writes the environment and runs the app; the edit is of the file's text. */
  public write(environment: Settings, edit = (yaml: string): string => yaml): void {
    this.example.synthesize((shipped) => {
      const { provider } = parse(shipped) as { provider?: unknown };
      const all = provider === undefined ? environment : { ...environment, provider };
      let text = edit(stringify(all));
      for (const [name, id] of this.ids) text = text.replaceAll(name, id);
      return text;
    });
  }

  /**
   * Applies the last plan; the groups whose nodes an instance refresh exchanges. While another
   * refresh runs, AWS refuses to start one, and the provider tries again.
   */
  public async apply(): Promise<string[]> {
    const { aws, nodes } = this.example;
    const since = aws.calls.length;
    await nodes.applyPlan();
    return aws
      .mutations(since)
      .filter(({ operation, status }) => operation === 'StartInstanceRefresh' && status === 200)
      .map(({ parameters }) => String(parameters['AutoScalingGroupName']));
  }
}

/** The same with the keys of every mapping the other way round; lists stay as they are. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reversed(inner)] as const);
  return Object.fromEntries(entries.reverse());
}

/** `aws_launch_template update` for each change, sorted. */
function summarize(changes: readonly PlannedChange[]): string[] {
  return changes.map(({ type, actions }) => `${type} ${actions.join('/')}`).sort();
}

/** Whether the provider starts a refresh: it compares these, and what the triggers name. */
function willRoll({ type, actions, before, after }: PlannedChange): boolean {
  if (type !== 'aws_autoscaling_group' || actions.join() !== 'update') return false;
  const [refresh] = (after?.['instance_refresh'] ?? []) as { triggers?: string[] | null }[];
  const watched = ['launch_template', 'mixed_instances_policy', ...(refresh?.triggers ?? [])];
  const differs = (key: string) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]);
  return refresh !== undefined && watched.some(differs);
}

const titled = (changes: readonly NodeChange[]) =>
  changes.map((change) => [titleOf(change), change] as const);

describeWith(PROGRAMS, 'a change of one group', () => {
  let deployment: NodesDeployment;
  let planned: readonly PlannedChange[];
  let rolled: readonly string[];
  let left: readonly PlannedChange[];

  beforeAll(async () => {
    deployment = await NodesDeployment.start();
    const { nodes } = deployment.example;
    const groups = CHANGES_OF_A_GROUP.map((change, index): Settings => {
      return { name: nameOfRow(index), ...GROUP, ...change.given };
    });
    deployment.write(environmentOf(groups));
    await nodes.init();
    await nodes.apply();
    const changed = CHANGES_OF_A_GROUP.map((change, at) => changedGroup(groups[at] ?? {}, change));
    deployment.write(environmentOf(changed));
    planned = await nodes.plan();
    rolled = await deployment.apply();
    left = await nodes.plan();
  }, LIMIT_MS);
  afterAll(() => deployment.example.stop(), LIMIT_MS);

  const cases = CHANGES_OF_A_GROUP.map(
    (change, index) => [titleOf(change), change, index] as const,
  );
  it.each(cases)('%s', (_title, { plan, rolls }, index) => {
    const own = planned.filter(({ address }) => address.includes(`.Group-${nameOfRow(index)}_`));
    expect([summarize(own), own.some(willRoll)]).toEqual([plan, rolls]);
    expect(
      rolled.filter((name) => name === `example-windows-nodes-${nameOfRow(index)}`),
    ).toHaveLength(rolls ? 1 : 0);
  });

  it('touches nothing outside of its group', () => {
    expect(planned.filter(({ address }) => !address.includes('.Group-row-'))).toEqual([]);
  });

  it('leaves nothing to plan once it is applied', () => {
    expect(left.map(({ address }) => address)).toEqual([]);
  });
});

describeWith(PROGRAMS, 'a change of the whole stack', () => {
  let deployment: NodesDeployment;
  let environment = environmentOf([{ name: 'apps', ...GROUP }]);

  beforeAll(async () => {
    deployment = await NodesDeployment.start();
    deployment.write(environment);
    await deployment.example.nodes.init();
    await deployment.example.nodes.apply();
  }, LIMIT_MS);
  afterAll(() => deployment.example.stop(), LIMIT_MS);

  it.each(titled(CHANGES_OF_THE_STACK))(
    '%s',
    async (_title, change) => {
      deployment.write(changedEnvironment(environment, change));
      const changes = await deployment.example.nodes.plan();
      expect([summarize(changes), changes.some(willRoll)]).toEqual([
        [...change.plan].sort(),
        change.rolls,
      ]);
    },
    LIMIT_MS,
  );

  it(
    'plans nothing for what nodes do not depend on',
    async () => {
      deployment.write(CHANGES_OF_NOTHING.reduce(changedEnvironment, environment));
      expect(await deployment.example.nodes.plan()).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'plans nothing for another order of keys and for comments',
    async () => {
      deployment.write(reversed(environment) as Settings, (yaml) =>
        `# a comment\n${yaml}`.replace('maxSize: 3', 'maxSize: 3 # nodes'),
      );
      expect(await deployment.example.nodes.plan()).toEqual([]);
    },
    LIMIT_MS,
  );

  describe('that is applied', () => {
    it.each(titled(APPLIED_CHANGES))(
      '%s',
      async (_title, change) => {
        environment = changedEnvironment(environment, change);
        deployment.write(environment);
        const changes = await deployment.example.nodes.plan();
        expect([summarize(changes), changes.some(willRoll)]).toEqual([
          [...change.plan].sort(),
          change.rolls,
        ]);
        expect(await deployment.apply()).toHaveLength(change.rolls ? 1 : 0);
        expect(await deployment.example.nodes.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );
  });
});
