import { X509Certificate } from 'node:crypto';
import { Token } from 'cdktf';
import { type Path, type Problem, problem, quotePowerShellArray, REFERENCE } from '../../core';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

/**
 * Certificates in PEM form, one or several in a text, such as that of an inspecting proxy or of a
 * registry of your own. References are refused: the text is turned into another form.
 */
export function checkTrustedCertificate(path: Path, pem: string): Problem[] {
  const rule = 'be certificates in PEM form, -----BEGIN CERTIFICATE----- and so on';
  if (Token.isUnresolved(pem)) {
    return [
      problem(
        'certificate-reference',
        path,
        rule,
        REFERENCE,
        'read the file when the stack is built',
      ),
    ];
  }
  const blocks = [...pem.matchAll(BLOCK)];
  const others = blocks.filter(([, label]) => label !== 'CERTIFICATE');
  if (others.length > 0) {
    // Not shown: it may be a private key.
    const labels = others.map(([, label]) => label).join(', ');
    return [
      problem(
        'certificates-only',
        path,
        'be certificates only',
        labels,
        'take everything else out',
      ),
    ];
  }
  if (blocks.length === 0)
    return [problem('certificate-missing', path, rule, `${pem.length} characters without one`)];
  const broken = blocks.flatMap(([block], index) => (isCertificate(block) ? [] : [index + 1]));
  return broken.map((number) =>
    problem(
      'certificate-broken',
      path,
      rule,
      `a block that is none, number ${number}`,
      'export it again',
    ),
  );
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}

/** Puts the certificates among the authorities that the machine trusts. */
export function renderTrustedCertificates(certificates: readonly string[] = []): string[] {
  const bodies = certificates.flatMap((pem) =>
    [...pem.matchAll(BLOCK)].map(([, , body = '']) => body.replace(/\s/g, '')),
  );
  if (bodies.length === 0) return [];
  return [
    `  $certificates = ${quotePowerShellArray([...new Set(bodies)].sort(), '  ')}`,
    "  $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'",
    "  $store.Open('ReadWrite')",
    '  foreach ($certificate in $certificates) {',
    '    $bytes = [Convert]::FromBase64String($certificate)',
    '    $store.Add([System.Security.Cryptography.X509Certificates.X509Certificate2]::new($bytes))',
    '  }',
    '  $store.Close()',
  ];
}
