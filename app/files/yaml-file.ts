import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import {
  explainYamlFault,
  type Path,
  showValue,
  wording,
  type YamlAdvice,
} from '../../modules/core';
import { FILE_START, type Position, type TextProblem, wholeProblem } from './file-problem';

/** A YAML text that was read, with its places. */
export interface YamlFile {
  /** Plain data; nothing (`null`) for an empty file. */
  readonly data: unknown;
  readonly problems: readonly TextProblem[];
  /**
   * Where the value at a path begins, or its key. For a value that is not there: the key it would
   * be under. Follows aliases and merged mappings to where the value is written.
   */
  readonly positionOf: (path: Path, at?: 'key') => Position;
  /** How a scalar is written, without quotes. */
  readonly sourceOf: (path: Path) => string | undefined;
}

const YAML_OPTIONS = {
  strict: true,
  uniqueKeys: true,
  // Keys such as `1` and `true` stay text, and lists cannot be keys.
  stringKeys: true,
  merge: true,
  prettyErrors: false,
  // At 'silent' the parser would drop all documents but the first without a word.
  logLevel: 'error',
} as const;

/**
 * Reads one YAML 1.2 document. Never throws: what is wrong is among the problems.
 *
 * @param counts which one counts of a key that is there more than once
 */
export function readYaml(text: string, counts: 'first' | 'last' = 'last'): YamlFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter });
  if (counts === 'first') keepFirstOfEachKey(document);
  const lines = text.split(/\r?\n/);
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return line === 0 ? FILE_START : { line, column: col };
  };
  const report: Report = ({ offset, whatToDo }) => {
    const position = positionAt(offset);
    const value = lines[position.line - 1]?.trim() ?? '';
    const message = wording('be valid YAML', showValue(value), whatToDo);
    return wholeProblem('file', { id: 'yaml-syntax', value, message }, position);
  };
  const aliases = resolveAliases(document, report);
  return {
    ...readData(document, text, aliases.problems, report),
    positionOf: (path, at) => positionAt(findNode(document, aliases, path, at)?.range?.[0] ?? 0),
    sourceOf: (path) => {
      const node = aliases.follow(findNode(document, aliases, path));
      return isScalar(node) ? node.source : undefined;
    },
  };
}

/** Merges may be there more than once. */
function keepFirstOfEachKey(document: Document): void {
  visit(document, {
    Map: (_key, map) => {
      const keys = new Set<string>();
      map.items = map.items.filter((pair) => {
        const key = keyOf(pair);
        const isFirst = key === '<<' || !keys.has(key);
        keys.add(key);
        return isFirst;
      });
    },
  });
}

type Report = (advice: YamlAdvice) => TextProblem;

/** Where aliases lead to. */
interface Aliases {
  readonly follow: (node: Node | undefined) => Node | undefined;
  readonly problems: readonly TextProblem[];
}

/**
 * Finds what each alias stands for: the last node before it with the anchor. Reports aliases
 * without an anchor and those inside of what they stand for, which would have no end.
 */
function resolveAliases(document: Document, report: Report): Aliases {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  const problems: TextProblem[] = [];
  visit(document, {
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
    Pair: (_key, pair) => {
      const advice = pairAdvice(pair, (node) => (isAlias(node) ? anchors.get(node.source) : node));
      const offset = asNode(pair.key)?.range?.[0] ?? 0;
      if (advice !== undefined) problems.push(report({ offset, whatToDo: advice }));
    },
    Alias: (_key, alias, ancestors) => {
      const target = anchors.get(alias.source);
      const offset = alias.range?.[0] ?? 0;
      if (target === undefined) {
        problems.push(report({ offset, whatToDo: `there is no &${alias.source} before it` }));
      } else if (ancestors.includes(target)) {
        problems.push(report({ offset, whatToDo: `*${alias.source} would be a part of itself` }));
      } else {
        targets.set(alias, target);
      }
    },
  });
  return { problems, follow: (node) => (isAlias(node) ? targets.get(node) : node) };
}

/** What is wrong with a pair that YAML itself has nothing against. */
function pairAdvice(pair: Pair, follow: (node: unknown) => unknown): string | undefined {
  const key = keyOf(pair);
  if (key === '__proto__') return 'choose another key: JavaScript has its own use for this one';
  if (key !== '<<') return undefined;
  const source = follow(pair.value);
  const sources = isSeq(source) ? source.items.map(follow) : [source];
  // An alias that leads nowhere is reported by itself.
  const areMappings = sources.every((one) => one === undefined || isMap(one));
  return areMappings ? undefined : 'a << takes only mappings';
}

/** Plain data; none (`null`) when only a part of the text could be understood. */
function readData(
  document: Document,
  text: string,
  aliasProblems: readonly TextProblem[],
  report: Report,
): Pick<YamlFile, 'data' | 'problems'> {
  const faults: YAMLError[] = [...document.errors, ...document.warnings];
  const problemOf = (fault: YAMLError): TextProblem =>
    report(explainYamlFault(fault, document, text));
  const first = faults.find(({ code }) => code !== 'DUPLICATE_KEY');
  // What the parser says after its first error is mostly an echo of it.
  if (first !== undefined) return { data: null, problems: [problemOf(first)] };
  if (aliasProblems.length > 0) return { data: null, problems: aliasProblems };
  try {
    return { data: document.toJS(), problems: faults.map(problemOf) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { data: null, problems: [conversionProblem(error)] };
  }
}

/** What still can go wrong once the text is understood: it is far larger than it looks. */
function conversionProblem(error: Error): TextProblem {
  const value = error instanceof ReferenceError ? 'too many repetitions by aliases' : error.message;
  const message = wording('be valid YAML', value, 'write the values out');
  return wholeProblem('file', { id: 'yaml-values', value, message });
}

/** The node of a value or of its key; for a value that is not there the key it would be under. */
function findNode(document: Document, aliases: Aliases, path: Path, at?: 'key'): Node | undefined {
  let value: Node | undefined = document.contents ?? undefined;
  let key: Node | undefined;
  for (const part of path) {
    const container = aliases.follow(value);
    if (isSeq(container)) {
      [key, value] = [undefined, asNode(container.items[Number(part)])];
      continue;
    }
    const pair = isMap(container) ? findPair(container, aliases, String(part)) : undefined;
    if (pair === undefined) return key ?? value;
    [key, value] = [asNode(pair.key), asNode(pair.value)];
  }
  const isWritten = value?.range !== undefined && value.range?.[0] !== value.range?.[1];
  return key !== undefined && (at === 'key' || !isWritten) ? key : value;
}

const asNode = (item: unknown): Node | undefined => (isNode(item) ? item : undefined);

/** The pair with a key: in the mapping itself, else in one of those that it merges with `<<`. */
function findPair(map: YAMLMap, aliases: Aliases, key: string): Pair | undefined {
  const own = map.items.filter((pair) => keyOf(pair) === key).at(-1);
  if (own !== undefined) return own;
  for (const merge of map.items.filter((pair) => keyOf(pair) === '<<')) {
    const source = aliases.follow(asNode(merge.value));
    const sources = isSeq(source) ? source.items : [source];
    for (const one of sources.map((item) => aliases.follow(asNode(item)))) {
      const found = isMap(one) ? findPair(one, aliases, key) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);
