import { describe, expect, it } from '@jest/globals';
import {
  commandsIn,
  documentsOf,
  EAST,
  NAMES,
  pullOf,
  SECRETS,
} from './container-image-cache-cases';

describe('the scripts of the image cache', () => {
  const every = (): string[] => [
    ...new Set(NAMES.flatMap((name) => documentsOf(name).flatMap((one) => commandsIn(one)))),
  ];

  it('run ctr in one place only, where its exit code is checked', () => {
    for (const command of every().filter((one) => one.includes('WriteAllText'))) {
      const lines = command.split('\n');
      const calls = lines.flatMap((line, index) => (line.includes('& ctr ') ? [index] : []));
      expect(calls.map((call) => lines.slice(call, call + 3).map((line) => line.trim()))).toEqual([
        ['$output = @(& ctr @words 2>&1)', '$exitCode = $LASTEXITCODE', 'if ($exitCode -ne 0) {'],
      ]);
    }
  });

  it('have nothing that AWSTOE would take for one of its references', () => {
    for (const command of every()) expect(command).not.toContain('{{');
  });

  it('stop at the first error, and ask for nothing', () => {
    for (const command of every()) {
      expect(command).toContain("$ErrorActionPreference = 'Stop'\n");
      expect(command).not.toMatch(/Read-Host|-Confirm|Get-Credential|Out-GridView/);
      // `--user AWS` alone would ask for the password.
      expect(command).not.toMatch(/'--user', '/);
    }
  });

  it('use no operator of a later PowerShell than 5.1', () => {
    for (const command of every()) {
      expect(command).not.toMatch(/\?\?|\?\.|&&|\|\||-Parallel|\s\?\s/);
    }
  });

  it('remove no image and prune nothing', () => {
    for (const command of every()) expect(command).not.toMatch(/'(?:rm|remove|delete|prune)'/);
  });

  it('keep a login out of the document when no image needs one', () => {
    const [first = ''] = documentsOf('public-image').flatMap((one) => commandsIn(one, 'build'));
    expect(first).toContain('function Get-Login([string]$image) {\n  @()\n}\n');
    expect(first).not.toMatch(/password =|Get-ECRLoginCommand|Get-SECSecretValue/);
  });

  it('log in to the registries of their own images only', () => {
    const pull = pullOf({
      images: ['ghcr.io/a:1', `${EAST}/a:1`, 'mcr.microsoft.com/a:1'],
      registryCredentials: { 'ghcr.io': `${SECRETS}:a-AbCdEf`, 'r.io': `${SECRETS}:b-AbCdEf` },
    });
    expect(pull).toContain(`$ecrRegions = @{\n  '${EAST}' = 'us-east-1'\n}\n`);
    expect(pull).toContain(`$secretArns = @{\n  'ghcr.io' = '${SECRETS}:a-AbCdEf'\n}\n`);
  });

  it('read no login in the phases that only verify', () => {
    for (const name of NAMES) {
      for (const document of documentsOf(name)) {
        for (const command of [
          ...commandsIn(document, 'validate'),
          ...commandsIn(document, 'test'),
        ]) {
          expect(command).not.toMatch(/Login|Secret|ecrRegions/);
        }
      }
    }
  });

  it('write no password to the log, to a file or into an error', () => {
    const lines = every()
      .flatMap((command) => command.split('\n'))
      .map((line) => line.trim())
      .filter((line) => /\$(?:password\b|secret\b|text\b|login\b)/.test(line));
    expect([...new Set(lines)].sort()).toEqual(
      [
        '$password = (Get-ECRLoginCommand -Region $ecrRegions[$registry]).Password',
        '$text = (Get-SECSecretValue -SecretId $arn -Region $region).SecretString',
        '$secret = $text | ConvertFrom-Json',
        '$user = $secret.username',
        '$password = $secret.password',
        'if (-not $password) { $password = $secret.accessToken }',
        `if ("$user" -notmatch '^[^\\s":]+$' -or "$password" -notmatch '^[^\\s"]+$') {`,
        '$passwords[$registry] = $password',
        "@('--user', ($user + ':' + $password))",
        '$login = @(Get-Login $image)',
        "@(Invoke-Ctr (@('content', $command) + $login + @($image) + $rest)) -join ''",
        "$words = @('-n', 'k8s.io', 'images', 'pull', '--local') + $platform + $login + @($image)",
        "$text = @($output | Where-Object { $_ -isnot [string] }) -join ' '",
        "foreach ($password in $passwords.Values) { $text = $text.Replace($password, '***') }",
        'throw "exit code $exitCode of ctr, $text"',
      ].sort(),
    );
  });

  it('name the drive, what is free, what is needed and the option that helps', () => {
    const pull = pullOf({ images: ['r.io/a:1'], minimumFreeGiB: 25 });
    expect(pull).toContain('$reserve = 1073741824 * 25\n');
    expect(pull).toContain(
      "'{0} has {1} free, but {2} takes about {3} and {4} must stay free; raise rootVolumeGiB'",
    );
  });
});
