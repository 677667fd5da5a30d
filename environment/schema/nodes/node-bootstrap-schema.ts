import { z } from 'zod';
import type { TextRule } from '../../../modules/core';
import {
  BOOTSTRAP_HOOK_SETTINGS,
  NODE_BOOTSTRAP_SETTINGS,
} from '../../../modules/eks-windows-nodes/checks';
import { anyText, list, textLike } from '../fields/field-types';
import { changes, settingFields } from '../fields/setting-fields';
import { CERTIFICATE_FILE, SCRIPT_FILE } from '../fields/text-rules';

/** @param about what is in the file */
const fileOf = (rule: TextRule, about: string) =>
  z.strictObject({
    file: changes(textLike(rule).describe(`${about}; the path begins at this file.`), 'rolls'),
  });

const script = (when: string) =>
  changes(
    z
      .union([anyText(), fileOf(SCRIPT_FILE, 'PowerShell script to run')], {
        error: 'be the text of a PowerShell script, or { file: scripts/node.ps1 }',
      })
      .exactOptional()
      .describe(
        `PowerShell that runs ${when}, as text or { file: scripts/node.ps1 }; default none.`,
      ),
    'rolls',
  );

const certificate = z.union(
  [anyText(), fileOf(CERTIFICATE_FILE, 'File with certificates in PEM form')],
  { error: 'be certificates in PEM form, or { file: certificates/ca.pem }' },
);

/** The keys of a group that say how its nodes join the cluster. */
export const nodeBootstrapFields = {
  ...settingFields(NODE_BOOTSTRAP_SETTINGS, ['labels', 'taints']),
  trustedCertificates: changes(
    list(certificate)
      .exactOptional()
      .describe(
        'Authorities that nodes trust, in PEM form, as text or { file: certificates/ca.pem }; default those of Windows.',
      ),
    'rolls',
  ),
  preBootstrapScript: script('before a node joins'),
  postBootstrapScript: script('after a node has joined'),
  ...settingFields(BOOTSTRAP_HOOK_SETTINGS),
};

/** A text of an environment file, or where it is. */
export type TextOrFile = string | { readonly file: string };
