import type { EmulatedAws } from '../../emulator/emulated-aws';
import { childrenAt, textAt, type XmlElement } from '../../emulator/front/xml-reading';

/** An Auto Scaling group as AWS describes it. */
async function groupOf(aws: EmulatedAws, name: string): Promise<XmlElement | undefined> {
  const document = await aws.client.query('autoscaling', 'DescribeAutoScalingGroups', {
    'AutoScalingGroupNames.member.1': name,
  });
  return childrenAt(document, 'DescribeAutoScalingGroupsResult', 'AutoScalingGroups')[0];
}

/** The AMIs that the instances of a group run. */
export async function imagesOfGroup(aws: EmulatedAws, name: string): Promise<readonly string[]> {
  const ids = childrenAt(await groupOf(aws, name), 'Instances').map((one) =>
    textAt(one, 'InstanceId'),
  );
  const live = (await aws.inventory())['liveInstances'] ?? [];
  const pairs = live.map((one) => one.split(' '));
  return pairs.filter(([id]) => ids.includes(id ?? '')).map(([, image]) => image ?? '');
}
