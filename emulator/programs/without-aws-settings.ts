/**
 * An environment without what the AWS CLI, the AWS provider and boto3 read: all of them fail on a
 * profile of the caller that does not exist.
 */
export function withoutAwsSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || name.startsWith('AWS_') ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}
