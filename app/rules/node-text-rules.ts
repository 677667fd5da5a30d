import { Token } from 'cdktf';
import type { Environment } from '../../environment/schema/environment-schema';
import type { TextOrFile } from '../../environment/schema/nodes/node-bootstrap-schema';
import { checkEach, checkUnique, type Path, type Problem, problem } from '../../modules/core';
import { checkTrustedCertificate } from '../../modules/eks-windows-nodes/checks';

type NodeGroup = Environment['nodes']['groups'][number];

/** A text that stands in the environment file itself, and not in a file of its own. */
export const textInTheFile = (text: TextOrFile | undefined): string | undefined =>
  typeof text === 'string' && !Token.isUnresolved(text) ? text : undefined;

/** The rules on texts of a group that may stand in files of their own, as far as they do not. */
export function checkNodeTexts(group: NodeGroup): Problem[] {
  return [
    ...checkScript(['preBootstrapScript'], group.preBootstrapScript),
    ...checkScript(['postBootstrapScript'], group.postBootstrapScript),
    ...checkCertificates(['trustedCertificates'], group.trustedCertificates ?? []),
  ];
}

/** PowerShell would look for the script on the node, where it is not. */
function checkScript(path: Path, script: TextOrFile | undefined): Problem[] {
  const file = fileMeant(textInTheFile(script), SCRIPT_PATH);
  if (file === undefined) return [];
  const rule = 'be the text of a PowerShell script, or { file: scripts/node.ps1 }';
  const advice = `write { file: ${file} } to run a script file`;
  return [problem('script-path', path, rule, script, advice)];
}

function checkCertificates(path: Path, certificates: readonly TextOrFile[]): Problem[] {
  const files = certificates.map((one, index) =>
    typeof one === 'object' ? one.file : `text ${index}`,
  );
  return [
    ...checkEach(path, certificates, checkCertificate),
    ...checkUnique(path, files).map((one) => ({ ...one, path: [...one.path, 'file'] })),
  ];
}

function checkCertificate(path: Path, certificate: TextOrFile): Problem[] {
  const text = textInTheFile(certificate);
  if (text === undefined) return [];
  const file = fileMeant(text, CERTIFICATE_PATH);
  if (file === undefined) return checkTrustedCertificate(path, text);
  const rule = 'be certificates in PEM form, or { file: certificates/ca.pem }';
  const advice = `write { file: ${file} } to take them from a file`;
  return [problem('certificate-path', path, rule, text, advice)];
}

/** One beside the environment file: `C:\boot.ps1` is a script that the image has. */
const RELATIVE_PATH = '(?:\\.{1,2}[\\\\/])*\\w[\\w.-]*(?:[\\\\/]\\w[\\w.-]*)*';
const SCRIPT_PATH = new RegExp(`^${RELATIVE_PATH}\\.ps1$`, 'i');
const CERTIFICATE_PATH = new RegExp(`^${RELATIVE_PATH}\\.(?:pem|crt|cer)$`, 'i');

/** The file, as `file:` takes it, when all of a text is its path. */
function fileMeant(text: string | undefined, form: RegExp): string | undefined {
  const path = text?.trim() ?? '';
  return form.test(path) ? path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '') : undefined;
}
