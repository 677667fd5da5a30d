import { Token } from 'cdktf';
import { type Path, type Problem, problem } from '../../core';
import type { WindowsServer } from '../../windows-base';
import { WINDOWS_SERVER_RELEASES, WINDOWS_SERVERS } from '../../windows-base/windows-server';

/**
 * The label by which pods find nodes of their release of Windows. The kubelet sets it by itself,
 * from what it runs on; a value given by `--node-labels` takes the place of its own.
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#nodekubernetesiowindows-build
 */
export const WINDOWS_BUILD_LABEL = 'node.kubernetes.io/windows-build';

/** A value of the label that is true for nodes of this release, or of any when none is given. */
export function checkWindowsBuild(path: Path, value: string, server?: WindowsServer): Problem[] {
  if (Token.isUnresolved(value) || Token.isUnresolved(server)) return [];
  const releases = server === undefined ? WINDOWS_SERVER_RELEASES : [server];
  const builds = releases.map((release) => WINDOWS_SERVERS[release].build);
  if (builds.some((build) => build === value)) return [];
  const known = releases.map((release) => `${WINDOWS_SERVERS[release].build} (${release})`);
  const rule = `be the build of the nodes' Windows Server: ${known.join(', ')}`;
  const advice = 'leave the label out: the kubelet sets it by itself';
  return [problem('windows-build', path, rule, value, advice)];
}
