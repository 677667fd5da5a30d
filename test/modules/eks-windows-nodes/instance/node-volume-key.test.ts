import { describe, expect, it } from '@jest/globals';
import { nodeVolumeKeyStatements } from '../../../../modules/eks-windows-nodes';
import { expectGolden } from '../../../support/golden';

describe('nodeVolumeKeyStatements', () => {
  it('lets Auto Scaling use the key, and let EBS use it', () => {
    const statements = nodeVolumeKeyStatements({ accountId: '111122223333' });
    expectGolden('policy/node-volume-key.json', `${JSON.stringify(statements, null, 2)}\n`);
  });

  it('names the role in the partition of the key', () => {
    const statements = nodeVolumeKeyStatements({ accountId: '1', partition: 'aws-us-gov' });
    const role =
      'arn:aws-us-gov:iam::1:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
    expect(statements.map(({ Principal }) => Principal)).toEqual([{ AWS: role }, { AWS: role }]);
  });
});
