import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import {
  allow,
  policyOf,
  policySize,
  renderPolicy,
  servicePrincipal,
  serviceTrustPolicy,
} from '../../../modules/iam';

describe('serviceTrustPolicy', () => {
  it('lets one service take on the role', () => {
    expect(serviceTrustPolicy('ec2.amazonaws.com')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    });
  });
});

describe('servicePrincipal', () => {
  it.each([
    ['ec2.amazonaws.com', 'aws', 'ec2.amazonaws.com'],
    ['ec2.amazonaws.com', 'aws-cn', 'ec2.amazonaws.com.cn'],
    ['ec2.amazonaws.com', 'aws-eusc', 'ec2.amazonaws.com'],
    ['ec2.amazonaws.com', 'aws-us-gov', 'ec2.amazonaws.com'],
    ['imagebuilder.amazonaws.com', 'aws', 'imagebuilder.amazonaws.com'],
    ['imagebuilder.amazonaws.com', 'aws-cn', 'imagebuilder.amazonaws.com'],
  ])('of %s in %s is %s', (service, partition, expected) => {
    expect(servicePrincipal(service, partition)).toBe(expected);
  });

  it('of EC2 is left to Terraform when only Terraform knows the partition', () => {
    const partition = Fn.lower('AWS');
    expect(Token.isUnresolved(servicePrincipal('ec2.amazonaws.com', partition))).toBe(true);
    expect(servicePrincipal('imagebuilder.amazonaws.com', partition)).toBe(
      'imagebuilder.amazonaws.com',
    );
  });
});

describe('allow', () => {
  it('writes a statement without a condition', () => {
    const statement = allow('Read', { actions: 's3:GetObject', resources: ['a', 'b'] });
    expect(JSON.stringify(statement)).toBe(
      '{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":["a","b"]}',
    );
  });

  it('writes a statement with a condition', () => {
    const conditions = { StringEquals: { 'aws:SourceAccount': '1' } };
    expect(allow('Read', { actions: ['a:B'], resources: '*', conditions })).toEqual({
      Sid: 'Read',
      Effect: 'Allow',
      Action: ['a:B'],
      Resource: '*',
      Condition: conditions,
    });
  });
});

describe('renderPolicy', () => {
  it('writes JSON in the order of the document', () => {
    expect(renderPolicy(serviceTrustPolicy('imagebuilder.amazonaws.com'))).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",' +
        '"Principal":{"Service":"imagebuilder.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
    );
  });

  it("keeps IAM's own variables away from Terraform", () => {
    const text = renderPolicy({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'b/${aws:username}/*' }],
    });
    expect(text).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",' +
        '"Resource":"b/$${aws:username}/*"}]}',
    );
  });
});

describe('policySize', () => {
  const withResource = (resources: string) =>
    policySize(policyOf([allow('A', { actions: 'a:B', resources })]));

  it('counts what IAM counts: everything but white space', () => {
    expect(withResource('EC2 Image Builder')).toBe(withResource('') + 15);
  });

  it('counts what only Terraform knows as nothing', () => {
    expect(withResource(`arn:${Fn.lower('AWS')}:iam`)).toBe(withResource('arn::iam'));
  });
});
