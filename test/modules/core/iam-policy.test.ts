import { describe, expect, it } from '@jest/globals';
import { renderPolicy, serviceTrustPolicy } from '../../../modules/core';

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
