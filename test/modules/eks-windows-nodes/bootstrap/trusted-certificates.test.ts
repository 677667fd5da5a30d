import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import {
  checkTrustedCertificate,
  renderTrustedCertificates,
} from '../../../../modules/eks-windows-nodes/bootstrap/trusted-certificates';
import { outline } from '../../../support/problem';
import { FAKE_CERTIFICATE, OTHER_CERTIFICATE } from '../fake-certificates';

const problemsOf = (pem: string): string[] =>
  checkTrustedCertificate(['trustedCertificates', 0], pem).map(outline);

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
      '`trustedCertificates[0]` certificate-reference: "a reference"',
    ]);
  });

  it('is a certificate that can be read', () => {
    const broken = FAKE_CERTIFICATE.replace(/MII\w{8}/, 'MIIBAAAAAAA');
    expect(problemsOf('none')).toEqual([
      '`trustedCertificates[0]` certificate-missing: "4 characters without one"',
    ]);
    expect(problemsOf(`${OTHER_CERTIFICATE}${broken}`)).toEqual([
      '`trustedCertificates[0]` certificate-broken: "a block that is none, number 2"',
    ]);
  });

  it('is no key, and the message does not repeat one', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
    expect(problemsOf(`${FAKE_CERTIFICATE}${key}`)).toEqual([
      '`trustedCertificates[0]` certificates-only: "PRIVATE KEY"',
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
