import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { formatProblem } from '../../../../modules/core';
import {
  checkTrustedCertificate,
  renderTrustedCertificates,
} from '../../../../modules/eks-windows-nodes/bootstrap/trusted-certificates';
import { FAKE_CERTIFICATE, OTHER_CERTIFICATE } from '../fake-certificates';

const problemsOf = (pem: string): string[] =>
  checkTrustedCertificate(['trustedCertificates', 0], pem).map(formatProblem);

const RULE =
  '`trustedCertificates[0]` must be certificates in PEM form, -----BEGIN CERTIFICATE----- and so on';

describe('a certificate to trust', () => {
  it.each([
    ['one', FAKE_CERTIFICATE],
    ['two', `${FAKE_CERTIFICATE}${OTHER_CERTIFICATE}`],
    [
      'one with text around it and other line ends',
      `# ours\n${FAKE_CERTIFICATE}`.replace(/\n/g, '\r\n'),
    ],
  ])('may be %s', (_name, pem) => {
    expect(problemsOf(pem)).toEqual([]);
  });

  it('is no reference, because its text is taken apart', () => {
    expect(problemsOf(Token.asString({ resolve: () => FAKE_CERTIFICATE }))).toEqual([
      `${RULE}, got: "a reference"; read the file when the stack is built`,
    ]);
  });

  it('is a certificate that can be read', () => {
    const broken = FAKE_CERTIFICATE.replace(/MII\w{8}/, 'MIIBAAAAAAA');
    expect(problemsOf('none')).toEqual([`${RULE}, got: "4 characters without one"`]);
    expect(problemsOf(`${OTHER_CERTIFICATE}${broken}`)).toEqual([
      `${RULE}, got: "a block that is none, number 2"; export it again`,
    ]);
  });

  it('is no key, and the message does not repeat one', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
    expect(problemsOf(`${FAKE_CERTIFICATE}${key}`)).toEqual([
      '`trustedCertificates[0]` must be certificates only, got: "PRIVATE KEY"; take everything else out',
    ]);
  });

  it('is put in once, whatever the order and the line ends', () => {
    const all = renderTrustedCertificates([FAKE_CERTIFICATE, OTHER_CERTIFICATE]);
    const bundle = `${OTHER_CERTIFICATE}${FAKE_CERTIFICATE}${OTHER_CERTIFICATE}`;
    expect(renderTrustedCertificates([bundle.replace(/\n/g, '\r\n')])).toEqual(all);
    expect(all[0]?.match(/'MII/g)).toHaveLength(2);
    expect(renderTrustedCertificates([])).toEqual([]);
  });
});
