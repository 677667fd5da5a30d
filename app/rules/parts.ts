import type { Environment } from '../../environment/schema/environment-schema';
import type { ValidParts } from '../files/schema-walk';

/** An environment, as far as its values are right by themselves. */
export type Parts = ValidParts<Environment>;

/** A group of nodes, as far as its values are right by themselves. */
export type GroupParts = ValidParts<Environment['nodes']['groups'][number]>;

/** The image, as far as its values are right by themselves. */
export type ImageParts = ValidParts<Environment['image']>;
