import { describe, expect, it } from '@jest/globals';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import { BuildLogGroups, type BuildLogGroupsProps } from '../../../../modules/image-builder';
import {
  BUILD_LOG_GROUP_SETTINGS,
  LOG_RETENTION_DAYS,
} from '../../../../modules/image-builder/build/build-log-groups';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const TYPE = 'aws_cloudwatch_log_group';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const logsWith = (props: Partial<BuildLogGroupsProps>) => (stack: TerraformStack) =>
  new BuildLogGroups(stack, 'logs', { recipeName: 'windows', pipelineName: 'weekly', ...props });

const groupsWith = (props: Partial<BuildLogGroupsProps>) =>
  Object.values(Template.of(logsWith(props)).resources(TYPE));

const IMAGE = { name: '/aws/imagebuilder/windows', retention_in_days: 90 };
const PIPELINE = { name: '/aws/imagebuilder/pipeline/weekly', retention_in_days: 90 };

describe('BuildLogGroups', () => {
  it('makes the two groups that Image Builder writes to, and keeps logs for 90 days', () => {
    expect(groupsWith({})).toEqual([IMAGE, PIPELINE]);
    expect(BUILD_LOG_GROUP_SETTINGS.retentionDays.default).toBe(90);
  });

  it('takes a retention, a key and tags', () => {
    const tags = { team: 'windows' };
    const changed = { retention_in_days: 7, kms_key_id: KEY, tags };
    expect(groupsWith({ retentionDays: 7, kmsKeyId: KEY, tags })).toEqual([
      { ...IMAGE, ...changed },
      { ...PIPELINE, ...changed },
    ]);
  });

  it('hands out the names of its groups, and the groups to depend on', () => {
    const template = Template.of((stack) => {
      const { imageLogGroupName, pipelineLogGroupName, groups } = logsWith({})(stack);
      new TerraformData(stack, 'after', {
        triggersReplace: { imageLogGroupName, pipelineLogGroupName },
        dependsOn: groups,
      });
    });
    expect(template.resource('terraform_data')).toEqual({
      triggers_replace: {
        imageLogGroupName: IMAGE.name,
        pipelineLogGroupName: PIPELINE.name,
      },
      depends_on: Object.keys(template.resources(TYPE)).map((name) => `${TYPE}.${name}`),
    });
  });

  it('passes inputs that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const days = new TerraformVariable(stack, 'days', { type: 'number' }).numberValue;
      logsWith({ recipeName: text, retentionDays: days, kmsKeyId: text })(stack);
    });
    expect(Object.values(template.resources(TYPE))[0]).toEqual({
      name: '/aws/imagebuilder/${var.text}',
      retention_in_days: '${var.days}',
      kms_key_id: '${var.text}',
    });
  });

  it.each(LOG_RETENTION_DAYS)('keeps logs for %d days', (retentionDays) => {
    const days = groupsWith({ retentionDays }).map((group) => group['retention_in_days']);
    expect(days).toEqual([retentionDays, retentionDays]);
  });

  it.each([-1, 2, 91, 366, 3654, 7.5])('refuses to keep logs for %d days', (retentionDays) => {
    expect(refusedBy(() => groupsWith({ retentionDays }))).toEqual([
      `\`retentionDays\` log-retention: ${retentionDays}`,
    ]);
  });

  it('lists every wrong input at once', () => {
    const alias = 'arn:aws:kms:us-east-1:111122223333:alias/logs';
    expect(
      refusedBy(() => groupsWith({ recipeName: 'x', pipelineName: 'y', kmsKeyId: alias })),
    ).toEqual([
      '`recipeName` resource-name: "x"',
      '`pipelineName` resource-name: "y"',
      `\`kmsKeyId\` kms-key-arn: "${alias}"`,
    ]);
  });
});
