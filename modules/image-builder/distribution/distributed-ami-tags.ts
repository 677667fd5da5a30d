import { Token } from 'cdktf';
import {
  AMI_TAG_KEY,
  checkListLength,
  checkText,
  MAX_TAG_VALUE_LENGTH,
  type Path,
  type Problem,
  problem,
  type Tags,
} from '../../core';

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html */
const MAX_TAGS = 50;

/** Tags of the AMIs of a target, which may be a reference as a whole. */
export function checkAmiTags(path: Path, tags: Tags): Problem[] {
  // A map that only Terraform knows has no entries here.
  const entries = Token.isUnresolved(tags) ? [] : Object.entries(tags);
  return [
    ...checkListLength(path, entries, { min: 0, max: MAX_TAGS }),
    ...entries.flatMap(([key, value]) => checkTag([...path, key], key, value)),
  ];
}

function checkTag(path: Path, key: string, value: string): Problem[] {
  const problems = checkText(path, key, AMI_TAG_KEY);
  if (problems.length > 0) return problems;
  if (Token.isUnresolved(value) || value.length <= MAX_TAG_VALUE_LENGTH) return [];
  return [problem('ami-tag-length', path, `be at most ${MAX_TAG_VALUE_LENGTH} characters`, value)];
}
