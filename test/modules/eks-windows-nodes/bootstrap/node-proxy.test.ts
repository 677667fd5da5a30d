import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import type { NodeProxy } from '../../../../modules/eks-windows-nodes';
import {
  bypassPattern,
  nodeProxy,
  renderNodeProxy,
} from '../../../../modules/eks-windows-nodes/bootstrap/node-proxy';
import { outline } from '../../../support/problem';

const problemsOf = (proxy: NodeProxy): string[] => nodeProxy.check(['proxy'], proxy).map(outline);

describe('a proxy', () => {
  it.each<NodeProxy>([
    { httpProxy: 'http://proxy' },
    { httpsProxy: 'http://10.0.0.1:3128/' },
    { httpsProxy: 'https://proxy.example.com:3128', noProxy: [] },
    {
      httpProxy: Token.asString({ resolve: () => 'a@b' }),
      noProxy: ['10.0.0.0/8', '.example.com', '*.example.com', 'a_b.example.com:80', '10.1.2.3'],
    },
  ])('may be %j', (proxy) => {
    expect(problemsOf(proxy)).toEqual([]);
  });

  it.each(['proxy.example.com:3128', 'socks5://proxy', 'http://', 'http://a b', 'http://a/b', ''])(
    'is not %j',
    (httpProxy) => {
      expect(problemsOf({ httpProxy })).toEqual([
        `\`proxy.httpProxy\` proxy-url: ${JSON.stringify(httpProxy)}`,
      ]);
    },
  );

  it('has no password, and the message does not repeat it', () => {
    expect(problemsOf({ httpsProxy: 'http://me:secret@proxy:3128' })).toEqual([
      '`proxy.httpsProxy` proxy-url-with-password: "a URL with @"',
    ]);
  });

  it('is at least one URL', () => {
    expect(problemsOf({ noProxy: ['x'] })).toEqual(['`proxy` proxy-without-url: nothing']);
  });

  it('has exceptions one by one, each once', () => {
    expect(problemsOf({ httpProxy: 'http://a', noProxy: ['a,b', 'http://c', 'd', 'd'] })).toEqual([
      '`proxy.noProxy[3]` unique: "d"',
      '`proxy.noProxy[0]` no-proxy: "a,b"',
      '`proxy.noProxy[1]` no-proxy: "http://c"',
    ]);
  });

  it('is not used for the node, its metadata, the cluster and its services', () => {
    const cluster = {
      apiServerEndpoint: 'https://abc.eks.amazonaws.com',
      serviceCidr: '10.1.0.0/16',
    };
    const text = renderNodeProxy({ httpProxy: 'http://proxy' }, cluster).join('\n');
    const [, list = ''] = /NO_PROXY = @\(\n(.*?)\n {4}\) -join ','/s.exec(text) ?? [];
    expect(list.split('\n').map((line) => line.trim())).toEqual([
      "'localhost'",
      "'127.0.0.1'",
      "'169.254.169.254'",
      "'abc.eks.amazonaws.com'",
      "'10.1.0.0/16'",
      "'.svc'",
      "'.cluster.local'",
    ]);
    expect(renderNodeProxy(undefined, cluster)).toEqual([]);
  });
});

describe("an exception as .NET's proxy wants it", () => {
  const matches = (entry: string, uri: string): boolean =>
    bypassPattern(entry).some((pattern) => new RegExp(pattern, 'i').test(uri));

  it.each([
    ['example.com', 'https://example.com'],
    ['example.com', 'https://a.example.com:8443'],
    ['.example.com', 'http://a.b.example.com'],
    ['*.example.com', 'http://a.example.com'],
    ['169.254.169.254', 'http://169.254.169.254'],
    ['example.com:8443', 'https://example.com:8443'],
    ['a*.example.com', 'https://abc.example.com'],
  ])('%s covers %s', (entry, uri) => {
    expect(matches(entry, uri)).toBe(true);
  });

  it.each([
    ['example.com', 'https://badexample.com'],
    ['example.com', 'https://example.com.evil.net'],
    ['.example.com', 'https://example.com'],
    ['169.254.169.254', 'http://169x254.169.254'],
    ['example.com:8443', 'https://example.com'],
    ['10.0.0.0/8', 'http://10.0.0.0'],
  ])('%s does not cover %s', (entry, uri) => {
    expect(matches(entry, uri)).toBe(false);
  });

  it('is left out when only Terraform knows it', () => {
    expect(bypassPattern(Token.asString({ resolve: () => 'x' }))).toEqual([]);
  });
});
