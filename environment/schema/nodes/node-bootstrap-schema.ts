import { z } from 'zod';
import {
  BOOTSTRAP_HOOK_SETTINGS,
  NODE_BOOTSTRAP_SETTINGS,
} from '../../../modules/eks-windows-nodes/checks';
import { anyText, list, textLike } from '../fields/field-types';
import { settingFields } from '../fields/setting-fields';
import { CERTIFICATE_FILE, SCRIPT_FILE } from '../fields/text-rules';

const script = (when: string) =>
  z
    .union(
      [
        anyText(),
        z.strictObject({
          file: textLike(SCRIPT_FILE).describe(
            'PowerShell script to run; the path begins at this file.',
          ),
        }),
      ],
      { error: 'be the text of a PowerShell script, or { file: scripts/node.ps1 }' },
    )
    .exactOptional()
    .describe(`PowerShell that runs ${when}, as text or { file: scripts/node.ps1 }; default none.`);

const certificate = z.union(
  [
    anyText(),
    z.strictObject({
      file: textLike(CERTIFICATE_FILE).describe(
        'File with certificates in PEM form; the path begins at this file.',
      ),
    }),
  ],
  { error: 'be certificates in PEM form, or { file: certificates/ca.pem }' },
);

/** The keys of a group that say how its nodes join the cluster. */
export const nodeBootstrapFields = {
  ...settingFields(NODE_BOOTSTRAP_SETTINGS, ['labels', 'taints']),
  trustedCertificates: list(certificate)
    .exactOptional()
    .describe(
      'Authorities that nodes trust, in PEM form, as text or { file: certificates/ca.pem }; default those of Windows.',
    ),
  preBootstrapScript: script('before a node joins'),
  postBootstrapScript: script('after a node has joined'),
  ...settingFields(BOOTSTRAP_HOOK_SETTINGS),
};

/** A text of an environment file, or where it is. */
export type TextOrFile = string | { readonly file: string };
