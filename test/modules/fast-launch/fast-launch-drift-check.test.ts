import { describe, expect, it } from '@jest/globals';
import { TerraformData } from '../../../modules/core';
import { FastLaunchDriftCheck } from '../../../modules/fast-launch/fast-launch-drift-check';
import { Template } from '../../support/template';

const template = Template.of((stack) => {
  const enable = new TerraformData(stack, 'Enable', {
    triggersReplace: { launch_template_id: 'lt-0123456789abcdef0' },
  });
  new FastLaunchDriftCheck(stack, 'Drift', { amiId: 'ami-0123456789abcdef0', enable });
});

describe('FastLaunchDriftCheck', () => {
  it('looks for snapshots that EC2 has prepared with the launch template of Fast Launch', () => {
    expect(template.data('aws_ebs_snapshot_ids')).toEqual({
      owners: ['self'],
      filter: [
        { name: 'tag:CreatedBy', values: ['EC2 Fast Launch'] },
        {
          name: 'tag:CreatedByLaunchTemplateId',
          values: ['${terraform_data.Enable.triggers_replace.launch_template_id}'],
        },
      ],
    });
  });

  it('warns when there is none, and says how to look and how to switch it on again', () => {
    const [check] = Object.values(template.part('check'));
    const [snapshots = ''] = Object.keys(template.dataSources('aws_ebs_snapshot_ids'));
    expect(check).toEqual({
      assert: [
        {
          condition: `\${(length(data.aws_ebs_snapshot_ids.${snapshots}.ids) >= 1)}`,
          error_message:
            'EC2 has no snapshot prepared for ami-0123456789abcdef0: Fast Launch was switched off outside of Terraform, or nodes have just used up all snapshots. To look: aws ec2 describe-fast-launch-images --image-ids ami-0123456789abcdef0. To switch it on again: terraform apply -replace=terraform_data.Enable.',
        },
      ],
    });
  });
});
