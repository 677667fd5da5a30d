import { Fn, Token } from 'cdktf';
import { escapeTerraformTemplate } from '../../core';

/** The states in which a build ends, and which can be told. */
export const NOTIFIED_STATES = ['FAILED', 'AVAILABLE', 'CANCELLED'] as const;

/** One of {@link NOTIFIED_STATES}. */
export type NotifiedState = (typeof NOTIFIED_STATES)[number];

/**
 * The EventBridge pattern of a recipe's builds that ended so, as JSON.
 *
 * The event names the image by its ARN, `arn:aws:imagebuilder:<Region>:<account>:image/<name>/1.0.0/1`,
 * with the name in lower case. No colon can stand in a name, so that nothing else ends like this.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-eventbridge.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function renderEventPattern(recipeName: string, states: readonly NotifiedState[]): string {
  const pattern = {
    source: ['aws.imagebuilder'],
    'detail-type': ['EC2 Image Builder Image State Change'],
    resources: namesInArns(recipeName).map((name) => ({ wildcard: `*:image/${name}/*` })),
    detail: { state: { status: states } },
  };
  return escapeTerraformTemplate(JSON.stringify(pattern));
}

/** AWS does not say what becomes of `_` in an ARN: as it is, or a dash as a blank does. */
function namesInArns(recipeName: string): string[] {
  if (Token.isUnresolved(recipeName)) return [Token.asString(Fn.lower(recipeName))];
  const name = recipeName.toLowerCase();
  return [...new Set([name, name.replaceAll('_', '-')])];
}

/**
 * One readable sentence for an event, and Image Builder's reason behind it. The documented event
 * has no reason; EventBridge leaves a missing value empty.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function buildEventTransformer(recipeName: string) {
  const log = `/aws/imagebuilder/${recipeName}`;
  const sentence = `Image Builder image <image> is <status>, its log group is ${log}. <reason>`;
  return {
    inputPaths: {
      image: '$.resources[0]',
      status: '$.detail.state.status',
      reason: '$.detail.state.reason',
    },
    inputTemplate: escapeTerraformTemplate(JSON.stringify(sentence)),
  };
}
