import { z } from 'zod';
import { checkAmiName, EVERYONE } from '../../../modules/image-builder/checks';
import { region } from '../fields/aws-fields';
import { integer, list, plainText, text } from '../fields/field-types';

/** The structure only: what the values may be is said by the checks of the constructs. */
const accountId = () => plainText();
const arns = () => list(plainText(), { min: 1 });

const fastLaunch = z.strictObject({
  accountId: accountId()
    .exactOptional()
    .describe('Account to switch Fast Launch on in, in quotes; default the one that builds.'),
  targetResourceCount: integer({ min: 1 })
    .exactOptional()
    .describe('Number of prepared snapshots to keep; each is billed; default 5.'),
  maxParallelLaunches: integer({ min: 1 })
    .exactOptional()
    .describe('Number of instances that may prepare snapshots at the same time; default 6.'),
  launchTemplate: z
    .strictObject({
      id: plainText().describe('Id of a launch template in the Region of the target.'),
      version: plainText().describe('Number of its version, in quotes.'),
    })
    .exactOptional()
    .describe('How the snapshots are prepared; default as EC2 chooses.'),
});

const launchPermission = z.strictObject({
  accountIds: list(accountId(), { min: 1 })
    .exactOptional()
    .describe('Accounts that may launch the AMI, in quotes; default none but yours.'),
  organizationArns: arns()
    .exactOptional()
    .describe('ARNs of organizations whose accounts may launch the AMI; default none.'),
  organizationalUnitArns: arns()
    .exactOptional()
    .describe('ARNs of organizational units whose accounts may launch the AMI; default none.'),
  everyone: z
    .enum([EVERYONE])
    .exactOptional()
    .describe(`Publishes the AMI to all of AWS, when it says ${EVERYONE}; default private.`),
});

const target = z.strictObject({
  region: region().describe('AWS Region of the AMI, each at most once.'),
  accountIds: list(accountId(), { min: 1 })
    .exactOptional()
    .describe('Accounts that get a copy of the AMI, in quotes; default none but yours.'),
  kmsKeyId: plainText()
    .exactOptional()
    .describe('KMS key that encrypts the AMI there; default the key of the root volume.'),
  amiTags: z
    .record(plainText(), plainText())
    .exactOptional()
    .describe('Further tags of the AMI there; default those of the file alone.'),
  launchPermission: launchPermission
    .exactOptional()
    .describe('Who else may launch the AMI; default nobody.'),
  licenseConfigurationArns: arns()
    .exactOptional()
    .describe('ARNs of AWS License Manager configurations of the AMI; default none.'),
  amiParameters: list(
    z.strictObject({
      name: plainText().describe('Name of the SSM parameter.'),
      accountId: accountId()
        .exactOptional()
        .describe('Account of the parameter, in quotes; default the one that builds.'),
    }),
    { min: 1 },
  )
    .exactOptional()
    .describe('Further SSM parameters that get the id of the AMI; default none.'),
  launchTemplates: list(
    z.strictObject({
      id: plainText().describe('Id of a launch template that gets a version with the AMI.'),
      accountId: accountId()
        .exactOptional()
        .describe('Account of the launch template, in quotes; default the one that builds.'),
      setDefault: z
        .boolean()
        .exactOptional()
        .describe('Make the new version the default one; default true.'),
    }),
    { min: 1 },
  )
    .exactOptional()
    .describe('Launch templates that follow the AMI; default none.'),
  fastLaunch: list(fastLaunch, { min: 1 })
    .exactOptional()
    .describe('Image Builder switches Fast Launch on for the AMI, and never off; default off.'),
});

/** Where the AMIs go. */
export const distributionSchema = z.strictObject({
  amiName: text(checkAmiName)
    .exactOptional()
    .describe(
      'Names of the AMIs, with {{ imagebuilder:buildDate }}; default <name>-windows-{{ imagebuilder:buildDate }}.',
    ),
  amiDescription: plainText().exactOptional().describe('Description of the AMIs; default none.'),
  targets: list(target, { min: 1 })
    .exactOptional()
    .describe('Regions and accounts of the AMIs; default the Region of the file alone.'),
});
