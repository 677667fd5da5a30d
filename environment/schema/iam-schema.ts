import { z } from 'zod';
import { plainText } from './fields/field-types';

/** What an organization asks of every role that is made. */
export const iamSchema = z.strictObject({
  permissions: z
    .enum(['scoped', 'managed'])
    .default('scoped')
    .describe(
      'What the build may do: scoped (exactly what it needs) or managed (the policies of AWS); default scoped.',
    ),
  permissionsBoundary: plainText()
    .exactOptional()
    .describe('ARN of the policy that bounds every role; default none.'),
  path: plainText().exactOptional().describe('IAM path of every role, such as /eks/; default /.'),
  namePrefix: plainText()
    .exactOptional()
    .describe('Begins the name of every role; default nothing.'),
});
