import { z } from 'zod';
import { checkAmiId } from '../../../modules/core';
import { checkAmiOwner } from '../../../modules/eks-windows-nodes/checks';
import { integer, text } from '../fields/field-types';
import { changes } from '../fields/setting-fields';

const ami = z.union(
  [
    z.enum(['built', 'eks-optimized']),
    z.strictObject({
      imageId: changes(
        text(checkAmiId)
          .meta({ pattern: '^ami-' })
          .exactOptional()
          .describe('Id of an AMI of your own.'),
        'rolls',
      ),
      owner: changes(
        text(checkAmiOwner)
          .exactOptional()
          .describe(
            'Account that shares the AMI with this one, in quotes: "111122223333"; default this account, Amazon and the AWS Marketplace.',
          ),
        'nothing',
      ),
      builtVersion: changes(
        integer({ min: 1 })
          .exactOptional()
          .describe('Version of the SSM parameter with an AMI that this file built earlier.'),
        'rolls',
      ),
    }),
  ],
  { error: 'be "built", "eks-optimized", { imageId: ami-... } or { builtVersion: 3 }' },
);

/** The AMI that all groups run. */
export const nodeAmiSchema = changes(
  ami
    .default('built')
    .describe(
      'AMI of the nodes: built (the newest image of this file), { builtVersion: 3 } (an earlier one), eks-optimized (that of Amazon) or { imageId: ami-... }, with owner: "111122223333" when another account shares it; default built.',
    ),
  'rolls',
);
