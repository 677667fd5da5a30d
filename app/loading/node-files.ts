import { posix } from 'node:path';
import { Token } from 'cdktf';
import type { Environment } from '../../environment/schema/environment-schema';
import { checkPlain } from '../../environment/schema/fields/plain-value';
import type { TextOrFile } from '../../environment/schema/nodes/node-bootstrap-schema';
import { type Path, type Problem, problem } from '../../modules/core';
import {
  checkBootstrapScript,
  checkTrustedCertificate,
} from '../../modules/eks-windows-nodes/checks';
import {
  type FileProblem,
  positionIn,
  type TextProblem,
  wholeProblem,
} from '../files/file-problem';
import type { FieldProblem } from '../files/schema-problems';
import { unknownText } from '../files/stand-ins';
import { readTextFile } from '../files/text-file';

/** A key of a node group that names a file. */
export interface NodeFileReference {
  /** Where the value stands that has the key `file`. */
  readonly path: Path;
  /** As it is written: a path that begins at the folder of the environment file. */
  readonly file: string;
  readonly kind: 'script' | 'certificate';
}

/** As much of an environment file as its node files depend on. */
export interface NodeFilesOwner {
  readonly file: string;
  readonly nodeFiles: readonly NodeFileReference[];
  readonly locate: (problem: FieldProblem) => FileProblem;
}

/** What {@link readNodeFiles} found. */
export interface NodeFiles {
  /** The texts by the path that the environment file writes. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly FileProblem[];
}

type Group = Environment['nodes']['groups'][number];

/** The files that the groups of an environment name, as far as their paths are right. */
export function nodeFilesOf({ nodes }: Environment): NodeFileReference[] {
  return nodes.groups.flatMap((group, index) => {
    const { preBootstrapScript, postBootstrapScript, trustedCertificates = [] } = group;
    const path: Path = ['nodes', 'groups', index];
    const certificates: Path = [...path, 'trustedCertificates'];
    return [
      ...reference([...path, 'preBootstrapScript'], preBootstrapScript, 'script'),
      ...reference([...path, 'postBootstrapScript'], postBootstrapScript, 'script'),
      ...trustedCertificates.flatMap((one, at) =>
        reference([...certificates, at], one, 'certificate'),
      ),
    ];
  });
}

function reference(
  path: Path,
  value: TextOrFile | undefined,
  kind: NodeFileReference['kind'],
): NodeFileReference[] {
  if (typeof value !== 'object' || Token.isUnresolved(value.file)) return [];
  return [{ path, file: value.file, kind }];
}

/**
 * Reads the scripts and certificates of an environment's nodes. What is wrong with a text is
 * reported in its own file, and a file that cannot be read where it is named.
 */
export function readNodeFiles(owner: NodeFilesOwner): NodeFiles {
  const texts = new Map<string, string>();
  const problems: FileProblem[] = [];
  for (const { path, file: written, kind } of owner.nodeFiles) {
    const file = posix.join(posix.dirname(owner.file), written);
    const read = readTextFile(file);
    if ('message' in read) {
      const at = [...path, 'file'];
      const found = problem('unreadable-node-file', at, 'name a file', file, `it ${read.message}`);
      problems.push(owner.locate(found));
    } else {
      const found = checkText(kind, read.text);
      problems.push(...found.map((one) => ({ file, ...problemOfText(read.text, one) })));
      if (found.length === 0) texts.set(written, read.text);
    }
  }
  return { texts, problems };
}

/** A problem of which the place is not known concerns the text as a whole. */
const problemOfText = (text: string, one: PlacedProblem): TextProblem =>
  wholeProblem('file', one, positionIn(text, one.offset ?? 0));

type PlacedProblem = Problem & { readonly offset?: number };

function checkText(kind: NodeFileReference['kind'], text: string): PlacedProblem[] {
  const notPlain = checkPlain([], text);
  if (notPlain.length > 0) return notPlain;
  return kind === 'script' ? checkBootstrapScript([], text) : checkTrustedCertificate([], text);
}

/** The environment with the texts of its files in place of their names, a stand-in where there is none. */
export function withNodeFiles(
  environment: Environment,
  texts: ReadonlyMap<string, string>,
): Environment {
  const filled = (value: TextOrFile): TextOrFile =>
    typeof value === 'string' ? value : (texts.get(value.file) ?? unknownText());
  const groups = environment.nodes.groups.map((group): Group => {
    const { preBootstrapScript, postBootstrapScript, trustedCertificates } = group;
    return {
      ...group,
      ...(preBootstrapScript === undefined
        ? {}
        : { preBootstrapScript: filled(preBootstrapScript) }),
      ...(postBootstrapScript === undefined
        ? {}
        : { postBootstrapScript: filled(postBootstrapScript) }),
      ...(trustedCertificates === undefined
        ? {}
        : { trustedCertificates: trustedCertificates.map(filled) }),
    };
  });
  return { ...environment, nodes: { ...environment.nodes, groups } };
}
