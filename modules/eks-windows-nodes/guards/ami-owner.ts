import { checkText, type Path, type Problem, type TextRule } from '../../core';

/** Whose AMIs are looked at when nothing is said: all that need no account id. */
export const DEFAULT_AMI_OWNERS: readonly string[] = ['self', 'amazon', 'aws-marketplace'];

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
const AMI_OWNER: TextRule = {
  id: 'ami-owner',
  pattern: /^(?:\d{12}|self|amazon|aws-marketplace|microsoft)$/,
  rule: 'be an account id of 12 digits, self, amazon, aws-marketplace or microsoft',
};

/** Whom an AMI belongs to, as EC2 names owners. */
export const checkAmiOwner = (path: Path, value: string): Problem[] =>
  checkText(path, value, AMI_OWNER);
