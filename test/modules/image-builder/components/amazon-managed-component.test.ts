import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { contentHash } from '../../../../modules/core';
import {
  type AmazonManagedComponentProps,
  amazonManagedComponent,
  checkAmazonManagedComponent,
} from '../../../../modules/image-builder/components/amazon-managed-component';
import { outline, refusalOf } from '../../../support/problem';

const PROPS: AmazonManagedComponentProps = { name: 'update-windows', region: 'us-east-1' };

const unknown = () => Token.asString({ resolve: () => '', creationStack: [] });

describe('amazonManagedComponent', () => {
  it('is the newest version of a component of Amazon, by its short name', () => {
    expect(amazonManagedComponent(PROPS)).toEqual({
      arn: 'arn:aws:imagebuilder:us-east-1:aws:component/update-windows/x.x.x',
      contentId: contentHash(['aws', 'update-windows', 'x.x.x']),
    });
  });

  it.each([
    ['eu-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('is in %s in the partition %s, as the same content', (region, partition) => {
    const { arn, contentId } = amazonManagedComponent({ ...PROPS, region });
    expect(arn).toBe(`arn:${partition}:imagebuilder:${region}:aws:component/update-windows/x.x.x`);
    expect(contentId).toBe(amazonManagedComponent(PROPS).contentId);
  });

  it('takes a Region that only Terraform knows, with the partition', () => {
    const [region, partition] = [unknown(), unknown()];
    const { arn, contentId } = amazonManagedComponent({ ...PROPS, region, partition });
    expect(arn).toBe(`arn:${partition}:imagebuilder:${region}:aws:component/update-windows/x.x.x`);
    expect(contentId).toBe(amazonManagedComponent(PROPS).contentId);
  });

  it.each(['1.2.3', '0.0.0', '1.2.x', '1.x.x', 'x.x.x'])('takes the version %s', (version) => {
    const { arn, contentId } = amazonManagedComponent({ ...PROPS, version });
    expect(arn.endsWith(`/${version}`)).toBe(true);
    expect(contentId).toBe(contentHash(['aws', 'update-windows', version]));
  });

  it('hands on the parameters', () => {
    const parameters = { Level: 'High' };
    expect(amazonManagedComponent({ ...PROPS, parameters }).parameters).toEqual(parameters);
  });

  it.each([
    [{ name: 'Update_Windows' }, 'name', 'amazon-component-name: "Update_Windows"'],
    [{ name: 'update-linux' }, 'name', 'amazon-component-for-windows: "update-linux"'],
    [{ region: 'earth' }, 'region', 'region: "earth"'],
    ...['1', '1.2', 'x.1.x', 'x.x.1', '1.x.2', '1.2.3/4', 'latest', '01.2.3'].map(
      (version) => [{ version }, 'version', `component-version: "${version}"`] as const,
    ),
  ] as const)('refuses %j', (props, key, message) => {
    expect(
      checkAmazonManagedComponent(['components', 0], { ...PROPS, ...props }).map(outline),
    ).toEqual([`\`components[0].${key}\` ${message}`]);
  });

  it('refuses a parameter without a value', () => {
    expect(
      checkAmazonManagedComponent([], { ...PROPS, parameters: { Level: '' } }).map(outline),
    ).toEqual(['`parameters.Level` recipe-parameter-value: ""']);
  });

  it('wants the partition of a Region that only Terraform knows', () => {
    expect(checkAmazonManagedComponent([], { ...PROPS, region: unknown() }).map(outline)).toEqual([
      '`region` partition-of-reference: "a reference"',
    ]);
  });

  it('throws what is wrong, under the name of the component', () => {
    const refusal = refusalOf(() => amazonManagedComponent({ ...PROPS, version: '1' }));
    expect([refusal.constructName, refusal.constructPath]).toEqual([
      'amazonManagedComponent',
      'update-windows',
    ]);
    expect(refusal.problems.map(outline)).toEqual(['`version` component-version: "1"']);
  });
});
