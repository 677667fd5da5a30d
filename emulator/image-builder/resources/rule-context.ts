import type { AmiStore } from '../../ec2/ami-store';
import type { ApiClient } from '../../front/api-client';
import type { Json } from '../../front/json-fields';
import { ApiError } from '../../front/wire-format';
import type { PublicParameters } from '../../ssm/public-parameters';
import type { ImageBuilderStore } from './image-builder-store';
import type { KnownComponents } from './known-components';

/** Everything a rule of Image Builder may look at. */
export interface RuleContext {
  readonly store: ImageBuilderStore;
  readonly amis: AmiStore;
  readonly moto: ApiClient;
  readonly parameters: PublicParameters;
  readonly knownComponents: KnownComponents;
}

/** A refusal of a value, in Image Builder's words. */
export function invalidValue(parameter: string, detail: string): ApiError {
  const message = `The value supplied for parameter '${parameter}' is not valid. ${detail}`;
  return new ApiError(400, 'InvalidParameterValueException', message);
}

/** A refusal of values that do not go together. */
export function invalidCombination(message: string): ApiError {
  return new ApiError(400, 'InvalidParameterCombinationException', message);
}

/**
 * Waits for a look-up and returns its answer.
 * @throws ApiError naming the parameter when the look-up is refused.
 */
export async function requireExisting<Answer>(
  lookup: Promise<Answer>,
  parameter: string,
  detail: string,
): Promise<Answer> {
  try {
    return await lookup;
  } catch {
    throw invalidValue(parameter, detail);
  }
}

/**
 * A number that must be whole and in a range when it is given.
 * @throws ApiError naming the parameter.
 */
export function checkRange(content: Json, parameter: string, least: number, most: number): void {
  const value = content[parameter];
  if (value === undefined || value === null) return;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
  throw invalidValue(parameter, `It must be ${least} to ${most}, got: ${String(value)}`);
}

/**
 * A text that must be one of a few when it is given.
 * @throws ApiError naming the parameter.
 */
export function checkChoice(content: Json, parameter: string, choices: readonly string[]): void {
  const value = content[parameter];
  if (value === undefined || value === null || choices.includes(String(value))) return;
  throw invalidValue(parameter, `It must be one of ${choices.join(', ')}, got: ${String(value)}`);
}
