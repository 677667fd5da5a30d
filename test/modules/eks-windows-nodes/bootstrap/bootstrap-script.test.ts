import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { formatProblem } from '../../../../modules/core';
import {
  checkBootstrapScript,
  renderScript,
} from '../../../../modules/eks-windows-nodes/bootstrap/bootstrap-script';

const problemsOf = (script: string): string[] =>
  checkBootstrapScript(['preBootstrapScript'], script).map(formatProblem);

const PATH = '`preBootstrapScript` must';

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
      `${PATH} have no tag of the launch agents of EC2, which would end the user data, got: "${tag}"; write a text with it in two parts, such as '<' + 'script>'`,
    ]);
  });

  it.each(['', ' \n\t'])('is not %j', (script) => {
    expect(problemsOf(script)).toEqual([
      `${PATH} be the text of a PowerShell script, got: ${JSON.stringify(script)}; leave it out to run none`,
    ]);
  });

  it('does not begin with using, and is ASCII', () => {
    expect(problemsOf('  using namespace System.Net\n"caf\u00e9"')).toEqual([
      `${PATH} have no using statement, which only a file may begin with, got: "using namespace System.Net"; write out the names, or use Add-Type and Import-Module`,
      `${PATH} be ASCII, because Windows PowerShell reads other characters as something else, got: "é"; write it as a number, such as [char]0xE9`,
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
