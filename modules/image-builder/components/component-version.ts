import type { TextRule } from '../../core';

const PART = '(?:0|[1-9]\\d{0,9})';

/** Image Builder takes wildcards from the right only: `1.x.x`, and not `x.1.x`. */
export const VERSION_SELECTOR = `(?:x\\.x\\.x|${PART}\\.x\\.x|${PART}\\.${PART}\\.x|${PART}\\.${PART}\\.${PART})`;

/**
 * A version of a component, perhaps with `x` for "the newest".
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html
 */
export const COMPONENT_VERSION_RULE: TextRule = {
  id: 'component-version',
  pattern: new RegExp(`^${VERSION_SELECTOR}$`),
  rule: 'be a version such as 1.2.3, 1.2.x, 1.x.x or x.x.x',
};
