import { checkText, type Path, type Problem } from '../../core';

/**
 * The name of an SSM parameter below a path.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function checkParameterName(path: Path, name: string): Problem[] {
  return checkText(path, name, {
    id: 'ami-parameter-name',
    pattern:
      /^(?!\/(?:[aA][wW][sS]|[sS][sS][mM])(?:\/|$))(?=.{1,1011}$)(?:\/[A-Za-z0-9_.-]+){2,15}$/,
    rule: 'be an SSM parameter name of two parts or more, such as /windows/ami-id, outside /aws and /ssm',
  });
}
