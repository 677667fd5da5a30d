import { z } from 'zod';
import { checkIamRoleArn } from '../../modules/core';
import { AWS_PROFILE, EXTERNAL_ID, ROLE_SESSION_NAME } from '../../modules/iam';
import { text, textLike } from './fields/field-types';
import { VERSION_CONSTRAINT } from './fields/text-rules';

const assumeRole = z.strictObject({
  roleArn: text(checkIamRoleArn).describe('ARN of the role.'),
  externalId: textLike(EXTERNAL_ID)
    .exactOptional()
    .describe('What the trust policy of the role asks for; default none.'),
  sessionName: textLike(ROLE_SESSION_NAME)
    .exactOptional()
    .describe('How CloudTrail names the session; default as the program chooses that calls.'),
});

/** The AWS provider of both stacks; the steps that call the AWS CLI get the same credentials. */
export const providerSchema = z.strictObject({
  version: textLike(VERSION_CONSTRAINT)
    .exactOptional()
    .describe(
      'Version of the AWS provider, such as "6.25.0" or "~> 6.25"; default 6.25.0, which the bindings were made from.',
    ),
  profile: textLike(AWS_PROFILE)
    .exactOptional()
    .describe(
      'Profile in the AWS configuration of the machine that runs Terraform; default what is set there.',
    ),
  assumeRole: assumeRole
    .exactOptional()
    .describe('Role to assume, with the credentials there are; default none.'),
});
