import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { refusalOf } from '../../front/refusal';
import { childrenAt, textAt, type XmlElement } from '../../front/xml-reading';
import {
  type SeededNetworkAndCluster,
  seedNetworkAndCluster,
} from '../../seed-network-and-cluster';

describeWith(['moto_server'], 'launch templates and instance refresh', () => {
  let aws: EmulatedAws;
  let seeded: SeededNetworkAndCluster;
  let images: readonly [string, string];
  let count = 0;
  let group: string;
  let template: string;

  beforeAll(async () => {
    aws = await startEmulatedAws();
    seeded = await seedNetworkAndCluster(aws, { clusterName: 'demo', kubernetesVersion: '1.35' });
    images = [aws.seedImage({ name: 'old' }), aws.seedImage({ name: 'new' })];
  });

  afterAll(() => aws.stop());

  const ec2 = (operation: string, parameters: Record<string, string | number>) =>
    aws.client.query('ec2', operation, parameters);

  const scaling = (operation: string, parameters: Record<string, string | number> = {}) =>
    aws.client.query('autoscaling', operation, { AutoScalingGroupName: group, ...parameters });

  const nextStatus = async (): Promise<string> => {
    const document = await scaling('DescribeInstanceRefreshes');
    const result = 'DescribeInstanceRefreshesResult';
    const [refresh] = childrenAt(document, result, 'InstanceRefreshes');
    return `${textAt(refresh, 'Status')} ${textAt(refresh, 'PercentageComplete')}`;
  };

  const groupImages = async (): Promise<readonly string[]> => {
    const document = await ec2('DescribeInstances', {
      'Filter.1.Name': 'tag:aws:autoscaling:groupName',
      'Filter.1.Value.1': group,
      'Filter.2.Name': 'instance-state-name',
      'Filter.2.Value.1': 'running',
    });
    return childrenAt(document, 'reservationSet')
      .flatMap((reservation) => childrenAt(reservation, 'instancesSet'))
      .map((instance: XmlElement) => textAt(instance, 'imageId'));
  };

  const useNewImage = async (): Promise<void> => {
    await ec2('CreateLaunchTemplateVersion', {
      LaunchTemplateId: template,
      SourceVersion: '$Latest',
      'LaunchTemplateData.ImageId': images[1],
    });
    await scaling('UpdateAutoScalingGroup', {
      'LaunchTemplate.LaunchTemplateId': template,
      'LaunchTemplate.Version': '2',
    });
  };

  beforeEach(async () => {
    count += 1;
    group = `nodes-${count}`;
    const created = await ec2('CreateLaunchTemplate', {
      LaunchTemplateName: group,
      'TagSpecification.1.ResourceType': 'launch-template',
      'TagSpecification.1.Tag.1.Key': 'team',
      'TagSpecification.1.Tag.1.Value': 'a',
      'LaunchTemplateData.ImageId': images[0],
      'LaunchTemplateData.InstanceType': 'm5.xlarge',
      'LaunchTemplateData.UserData': 'aGVsbG8=',
    });
    template = textAt(created, 'launchTemplate', 'launchTemplateId');
    await scaling('CreateAutoScalingGroup', {
      MinSize: 1,
      MaxSize: 3,
      DesiredCapacity: 2,
      VPCZoneIdentifier: seeded.subnetIds[0],
      'LaunchTemplate.LaunchTemplateId': template,
      'LaunchTemplate.Version': '1',
    });
  });

  it('replaces the instances with ones of the present launch template version', async () => {
    expect(await groupImages()).toEqual([images[0], images[0]]);
    await useNewImage();
    await scaling('StartInstanceRefresh', { 'Preferences.MinHealthyPercentage': 50 });
    expect((await aws.inventory())['activeInstanceRefreshes']).toEqual([group]);
    expect([await nextStatus(), await nextStatus(), await nextStatus()]).toEqual([
      'InProgress 0',
      'Successful 100',
      'Successful 100',
    ]);
    expect(await groupImages()).toEqual([images[1], images[1]]);
  });

  describe('a refresh that fails', () => {
    const newVersion = {
      'DesiredConfiguration.LaunchTemplate.LaunchTemplateId': '',
      'DesiredConfiguration.LaunchTemplate.Version': '2',
      'Preferences.AutoRollback': 'true',
    };
    const makeNewVersion = () =>
      ec2('CreateLaunchTemplateVersion', {
        LaunchTemplateId: template,
        SourceVersion: '$Latest',
        'LaunchTemplateData.ImageId': images[1],
      });
    const startWithRollback = () =>
      scaling('StartInstanceRefresh', {
        ...newVersion,
        'DesiredConfiguration.LaunchTemplate.LaunchTemplateId': template,
      });

    it('goes back to what the group had when it started, when that was asked for', async () => {
      await makeNewVersion();
      await startWithRollback();
      aws.failNextInstanceRefresh('an alarm went off');
      const states = [await nextStatus(), await nextStatus()];
      expect([...(await groupImages())].sort()).toEqual([...images].sort());
      states.push(await nextStatus());
      expect(states).toEqual(['InProgress 0', 'RollbackInProgress 0', 'RollbackSuccessful 0']);
      expect(await groupImages()).toEqual([images[0], images[0]]);
    });

    it('goes back to the new version when the group has it already', async () => {
      await useNewImage();
      await startWithRollback();
      aws.failNextInstanceRefresh('an alarm went off');
      const states = [await nextStatus(), await nextStatus(), await nextStatus()];
      expect(states).toEqual(['InProgress 0', 'RollbackInProgress 0', 'RollbackSuccessful 0']);
      expect(await groupImages()).toEqual([images[1], images[1]]);
    });

    it('stops where it is without a rollback', async () => {
      await useNewImage();
      await scaling('StartInstanceRefresh');
      aws.failNextInstanceRefresh('an alarm went off');
      expect([await nextStatus(), await nextStatus()]).toEqual(['InProgress 0', 'Failed 0']);
      expect([...(await groupImages())].sort()).toEqual([...images].sort());
      expect((await aws.inventory())['activeInstanceRefreshes']).not.toContain(group);
    });

    it('cannot be one that rolls back without a desired configuration', async () => {
      const start = scaling('StartInstanceRefresh', { 'Preferences.AutoRollback': 'true' });
      expect(await refusalOf(start)).toBe(
        '400 ValidationError: The AutoRollback parameter cannot be set to true when the ' +
          'DesiredConfiguration parameter is empty. Set AutoRollback to false or specify a desired ' +
          'configuration and try again.',
      );
    });
  });

  it('refuses a second refresh until the first is cancelled', async () => {
    await scaling('StartInstanceRefresh');
    expect(await refusalOf(scaling('StartInstanceRefresh'))).toBe(
      '400 InstanceRefreshInProgress: An Instance Refresh is already in progress and blocks the ' +
        'execution of this Instance Refresh.',
    );
    await scaling('CancelInstanceRefresh');
    expect(await nextStatus()).toBe('Cancelled 0');
    expect(await refusalOf(scaling('CancelInstanceRefresh'))).toBe(
      '400 ActiveInstanceRefreshNotFound: ' +
        `No in progress or pending Instance Refresh found for Auto Scaling group ${group}`,
    );
    expect(await refusalOf(scaling('StartInstanceRefresh'))).toBe('accepted');
  });

  it('refuses an unknown group and percentages out of range', async () => {
    expect(await refusalOf(scaling('StartInstanceRefresh', { AutoScalingGroupName: 'nope' }))).toBe(
      '400 ValidationError: AutoScalingGroup name not found - nope',
    );
    const preferences = { 'Preferences.MaxHealthyPercentage': 90 };
    expect(await refusalOf(scaling('StartInstanceRefresh', preferences))).toBe(
      '400 ValidationError: MaxHealthyPercentage must be between 100 and 200, got: 90',
    );
  });

  it('keeps the data of the source version and the user data of a launch template', async () => {
    await useNewImage();
    const document = await ec2('DescribeLaunchTemplateVersions', { LaunchTemplateId: template });
    const versions = childrenAt(document, 'launchTemplateVersionSet').map((version) => {
      const data = (name: string) => textAt(version, 'launchTemplateData', name);
      return [textAt(version, 'versionNumber'), data('imageId'), data('userData')];
    });
    expect(versions).toEqual([
      ['1', images[0], 'aGVsbG8='],
      ['2', images[1], 'aGVsbG8='],
    ]);
    const [first] = childrenAt(document, 'launchTemplateVersionSet');
    expect(childrenAt(first, 'launchTemplateData', 'tagSpecificationSet')).toEqual([]);
  });

  it('shows changed tags of a launch template', async () => {
    await ec2('CreateTags', {
      'ResourceId.1': template,
      'Tag.1.Key': 'team',
      'Tag.1.Value': 'b',
    });
    const document = await ec2('DescribeLaunchTemplates', { 'LaunchTemplateId.1': template });
    const [shown] = childrenAt(document, 'launchTemplates');
    const tags = childrenAt(shown, 'tagSet').map((tag) => textAt(tag, 'value'));
    expect(tags).toEqual(['b']);
  });

  it('shows the settings of a group and of a hook as they were set', async () => {
    await scaling('UpdateAutoScalingGroup', { DefaultInstanceWarmup: 60 });
    await scaling('UpdateAutoScalingGroup', { MaxInstanceLifetime: 86_400 });
    await scaling('UpdateAutoScalingGroup', {
      CapacityRebalance: 'true',
      DefaultCooldown: 120,
      'TerminationPolicies.member.1': 'OldestInstance',
      'TerminationPolicies.member.2': 'Default',
    });
    const groups = await aws.client.query('autoscaling', 'DescribeAutoScalingGroups', {
      'AutoScalingGroupNames.member.1': group,
    });
    const [shown] = childrenAt(groups, 'DescribeAutoScalingGroupsResult', 'AutoScalingGroups');
    const settings = ['DefaultInstanceWarmup', 'MaxInstanceLifetime', 'CapacityRebalance'];
    expect(settings.map((name) => textAt(shown, name))).toEqual(['60', '86400', 'true']);
    expect(textAt(shown, 'DefaultCooldown')).toBe('120');
    const policies = childrenAt(shown, 'TerminationPolicies').map(({ text }) => text);
    expect(policies).toEqual(['OldestInstance', 'Default']);

    await scaling('PutLifecycleHook', {
      LifecycleHookName: 'drain',
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      NotificationMetadata: 'team',
    });
    const hooks = await scaling('DescribeLifecycleHooks');
    const [hook] = childrenAt(hooks, 'DescribeLifecycleHooksResult', 'LifecycleHooks');
    const names = ['NotificationMetadata', 'NotificationTargetARN', 'RoleARN'];
    expect(names.map((name) => textAt(hook, name))).toEqual(['team', '', '']);
  });
});
