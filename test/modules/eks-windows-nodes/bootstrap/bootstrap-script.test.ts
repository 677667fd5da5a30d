import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import {
  checkBootstrapScript,
  renderScript,
} from '../../../../modules/eks-windows-nodes/bootstrap/bootstrap-script';
import { outline } from '../../../support/problem';

const problemsOf = (script: string): string[] =>
  checkBootstrapScript(['preBootstrapScript'], script).map(outline);

describe('a script of the user', () => {
  it.each([
    "Write-Output 'x'",
    'if ($a -lt 5) { "<b>${env:TEMP}</b>" }\r\n\texit 1',
    'param([string]$Name)',
    "Add-Type @'\nusing System;\n'@",
    '# using a proxy',
    Token.asString({ resolve: () => 'é' }),
  ])('may be %j', (script) => {
    expect(problemsOf(script)).toEqual([]);
  });

  it.each([
    '</powershell>',
    '<powershell>',
    '</PowerShell >',
    '<script>',
    '</script>',
    '<persist>',
    '<runAsLocalSystem>',
    '<powershellArguments>',
  ])('does not have the tag %s, which the launch agents look for', (tag) => {
    expect(problemsOf(`Write-Output "${tag}"`)).toEqual([
      `\`preBootstrapScript\` script-agent-tag: "${tag}"`,
    ]);
  });

  it.each(['', ' \n\t'])('is not %j', (script) => {
    expect(problemsOf(script)).toEqual([
      `\`preBootstrapScript\` script-text: ${JSON.stringify(script)}`,
    ]);
  });

  it('does not begin with using, and is ASCII', () => {
    expect(problemsOf('  using namespace System.Net\n"caf\u00e9"')).toEqual([
      '`preBootstrapScript` script-using: "using namespace System.Net"',
      '`preBootstrapScript` script-ascii: "é"',
    ]);
  });

  it('stands in a scope of its own, word for word but for its line ends', () => {
    expect(renderScript("$a = @'\r\n${b}\r'@\n\n\n")).toEqual([
      '  & {',
      "$a = @'\n${b}\n'@",
      '  }',
    ]);
    expect(renderScript(undefined)).toEqual([]);
  });
});
