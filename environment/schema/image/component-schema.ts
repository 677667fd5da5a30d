import { z } from 'zod';
import { checkText } from '../../../modules/core';
import { COMPONENT_VERSION_RULE } from '../../../modules/image-builder/checks';
import { list, plainText, text, textLike } from '../fields/field-types';
import { eachChanges } from '../fields/setting-fields';
import { AMAZON_COMPONENT, COMPONENT_FILE, PARAMETER_NAME } from '../fields/text-rules';

/** Stands in the list of components where the cached images are pulled. */
export const IMAGE_CACHE = 'image-cache';

const parameters = z.record(textLike(PARAMETER_NAME), plainText());

const keys = {
  file: textLike(COMPONENT_FILE)
    .exactOptional()
    .describe('AWSTOE document to make a component from; the path begins at this file.'),
  whenTooLong: z
    .enum(['fail', 'split', 'bucket'])
    .exactOptional()
    .describe(
      'What happens to a document over 16,000 characters: fail, split (over several components) or bucket (goes to the componentBucket); default fail.',
    ),
  amazonManaged: textLike(AMAZON_COMPONENT)
    .exactOptional()
    .describe('Name of a component of Amazon, such as update-windows.'),
  version: textLike(COMPONENT_VERSION_RULE)
    .exactOptional()
    .describe('Version of the component of Amazon, such as 1.0.x; default x.x.x, the newest.'),
  arn: plainText()
    .exactOptional()
    .describe('ARN of a component: your own, shared with you, or from AWS Marketplace.'),
  parameters: parameters
    .exactOptional()
    .describe('Values for the parameters of the component; default those of its document.'),
};

/** Text with the form of a path is mostly a file without its key. */
const componentName = text((path, value) =>
  COMPONENT_FILE.pattern.test(value)
    ? checkText(path, value, { ...AMAZON_COMPONENT, whatToDo: `write - file: ${value}` })
    : checkText(path, value, AMAZON_COMPONENT),
).meta({ pattern: AMAZON_COMPONENT.pattern.source });

/** A component, in the order of the build: of Amazon's, from a file, or by its ARN. */
const component = z.union([componentName, z.strictObject(eachChanges(keys, 'builds'))], {
  error: 'be a name such as update-windows, or keys with one of file, amazonManaged and arn',
});

/** What runs during the build beside the image cache. */
export const componentsSchema = list(component);
