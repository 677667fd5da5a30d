import type { ComponentDocument } from '../modules/image-builder';

/** The documents of an environment by the path that the environment file writes. */
export type ComponentDocuments = Readonly<Record<string, ComponentDocument>>;
