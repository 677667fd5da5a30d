import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import {
  BRACES_ADVICE,
  explainYamlFault,
  formatProblem,
  type Path,
  type Problem,
  problem,
  showValue,
  wording,
} from '../../../core';
import type { ComponentDocument } from './component-document';
import { checkComponentDocument } from './component-document-rules';
import { isRecord, keyMeant } from './component-shape';

/** What is wrong with a file, and where. */
export interface ComponentFileProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** Which rule it is: never reworded. */
  readonly id: string;
  /** The key; empty for what concerns the file as a whole. */
  readonly path: Path;
  /** What was found there. */
  readonly value: unknown;
  /** One line, such as `` `phases[0].name` must be given, got: nothing (phase 1) ``. */
  readonly text: string;
}

/** A file that was read, or what is wrong with it. */
export type ParsedComponentFile =
  | { readonly document: ComponentDocument }
  | { readonly problems: readonly ComponentFileProblem[] };

/**
 * Reads a component from the text of a YAML file, as AWSTOE takes it. Comments, blank lines and the
 * order of keys get lost: a file in which only these change is the same document, and no new AMI.
 *
 * The file is read by the rules of YAML 1.1, which know more than `true` and `false`: an unquoted
 * `yes`, `010`, `12:30` or `2026-01-01` is no text, and is reported where text has to stand. How long
 * the document is is not checked here.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
 */
export function parseComponentFile(text: string): ParsedComponentFile {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { version: '1.1', lineCounter: lines, prettyErrors: false });
  const file: File = { yaml, lines, text, source: text.split(/\r?\n/) };
  const syntax = [...checkBraces(file), ...checkSyntax(file), ...checkAliases(file)];
  if (syntax.length > 0) return { problems: firstPerLine(sortByPlace(syntax)) };
  const read = readYaml(yaml);
  if (read === undefined) {
    const value = 'too many repetitions by aliases';
    const text = `the file ${wording('be valid YAML', value, 'write the values out')}`;
    return { problems: [{ ...at(file, 0), id: 'component-yaml-endless', text, path: [], value }] };
  }
  if (!isRecord(read.values)) return { problems: [wrongTop(file, read.values)] };
  const { values, problems } = readDocument(read.values);
  // Only what the checks have found to be one is handed out as a document.
  const document = values as ComponentDocument;
  const all = [...problems, ...checkComponentDocument([], document, 'file')];
  if (all.length === 0) return { document };
  return { problems: sortByPlace(all.map((one) => locate(file, one))) };
}

interface File {
  readonly yaml: Document;
  readonly lines: LineCounter;
  readonly text: string;
  /** The text, line by line. */
  readonly source: readonly string[];
}

type Place = Pick<ComponentFileProblem, 'line' | 'column'>;

const at = ({ lines }: File, offset: number): Place => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
};

const sortByPlace = (problems: readonly ComponentFileProblem[]): readonly ComponentFileProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column);

/** What comes after the first mistake of a line is mostly its consequence. */
function firstPerLine(problems: readonly ComponentFileProblem[]): readonly ComponentFileProblem[] {
  return problems.filter((one, index) => one.line !== problems[index - 1]?.line);
}

/** What can be wrong at several places of a file without one being an echo of another. */
const WITHOUT_ECHO: readonly string[] = ['BAD_DQ_ESCAPE', 'DUPLICATE_KEY', 'TAG_RESOLVE_FAILED'];

/** What the YAML reader did not understand. What it says after its first fault is mostly an echo of it. */
function checkSyntax(file: File): ComponentFileProblem[] {
  const found = [...file.yaml.errors, ...file.yaml.warnings];
  const first = found.find(({ code }) => !WITHOUT_ECHO.includes(code));
  const told = found.filter((one) => one === first || WITHOUT_ECHO.includes(one.code));
  return told.map((one) => {
    const { offset, whatToDo } = explainYamlFault(one, file.yaml, file.text);
    const line = showValue(lineAt(file, offset));
    const text = `the file ${wording('be valid YAML', line, whatToDo)}`;
    return faultAt(file, offset, { id: 'component-yaml-syntax', text });
  });
}

const lineAt = (file: File, offset: number): string =>
  file.source[at(file, offset).line - 1]?.trim() ?? '';

/** A problem of the text of a line, which is not understood. */
const faultAt = (
  file: File,
  offset: number,
  fault: Pick<ComponentFileProblem, 'id' | 'text'>,
): ComponentFileProblem => ({
  ...at(file, offset),
  ...fault,
  path: [],
  value: lineAt(file, offset),
});

/** `{{ Name }}` without quotes: a map whose only key is a map. */
function checkBraces(file: File): ComponentFileProblem[] {
  const problems: ComponentFileProblem[] = [];
  visit(file.yaml, {
    Map: (_, node) => {
      if (!node.flow || !node.items.some(({ key }) => isMap(key))) return undefined;
      const offset = startOf(node);
      const line = showValue(lineAt(file, offset));
      const text = `the file ${wording('be valid YAML', line, BRACES_ADVICE)}`;
      problems.push(faultAt(file, offset, { id: 'component-yaml-braces', text }));
      return visit.SKIP;
    },
  });
  return problems;
}

/** `*log` without quotes: a reference to a part of the file that is marked `&log`. */
function checkAliases(file: File): ComponentFileProblem[] {
  const problems: ComponentFileProblem[] = [];
  visit(file.yaml, {
    Alias: (_, node) => {
      if (node.resolve(file.yaml) !== undefined) return;
      const advice = `there is no &${node.source} before it; put text that begins with * in quotes`;
      const offset = startOf(node);
      const line = showValue(lineAt(file, offset));
      const text = `the file ${wording('be valid YAML', line, advice)}`;
      problems.push(faultAt(file, offset, { id: 'component-yaml-alias', text }));
    },
  });
  return problems;
}

const startOf = (node: Pick<Node, 'range'> | null | undefined): number => node?.range?.[0] ?? 0;

/**
 * The values of the file; a key without a value counts as left out. Nothing for a file whose aliases
 * hold each other, or more than the reader is ready to repeat.
 */
function readYaml(yaml: Document): { readonly values: unknown } | undefined {
  try {
    return { values: withoutNulls(yaml.toJS()) };
  } catch {
    return undefined;
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}

/** The file is YAML, but has no keys. */
function wrongTop(file: File, values: unknown): ComponentFileProblem {
  const isNothing = values === null || values === undefined;
  const value = isNothing ? 'nothing' : Array.isArray(values) ? 'a list' : 'a single value';
  const rule = 'have keys such as schemaVersion and phases at its top';
  const text = `the file ${wording(rule, value)}`;
  const place = at(file, startOf(file.yaml.contents));
  return { ...place, id: 'component-no-keys', text, path: [], value };
}

/** The parts of a file that a {@link ComponentDocument} has in another form. */
function readDocument(file: Definition): { values: unknown; problems: Problem[] } {
  const { schemaVersion, constants, parameters, ...rest } = file;
  const readConstants = readVariables(['constants'], constants, (value) => value['value']);
  const readParameters = readVariables(['parameters'], parameters, ({ type, ...others }) => others);
  return {
    values: { ...rest, constants: readConstants.values, parameters: readParameters.values },
    problems: [
      ...checkSchemaVersion(schemaVersion, Object.keys(rest)),
      ...readConstants.problems,
      ...readParameters.problems,
    ],
  };
}

function checkSchemaVersion(version: unknown, otherKeys: readonly string[]): Problem[] {
  if (version === 1 || version === '1.0') return [];
  // A key that is written wrongly is told of as such.
  const isMisspelled = otherKeys.some((key) => keyMeant(key, ['schemaVersion']) !== undefined);
  if (version === undefined && isMisspelled) return [];
  return [problem('document-schema-version', ['schemaVersion'], 'be 1.0', version)];
}

type Definition = Readonly<Record<string, unknown>>;

/** AWSTOE has a list of maps with one key each: `- Name: { type: string, ... }`. */
function readVariables(
  path: Path,
  list: unknown,
  read: (definition: Definition) => unknown,
): { values: Readonly<Record<string, unknown>> | undefined; problems: Problem[] } {
  if (list === undefined) return { values: undefined, problems: [] };
  if (!Array.isArray(list))
    return { values: {}, problems: [problem('document-variables', path, 'be a list', list)] };
  const entries = list.map((one) => (isRecord(one) ? Object.entries(one) : []));
  const names = entries.map(([first]) => first?.[0]);
  const problems = entries.flatMap((entry, index) => {
    const [[name, definition] = []] = entry;
    const inner = [...path, index];
    if (name === undefined || entry.length > 1) {
      return [problem('document-variable', inner, 'be a map with one name', list[index])];
    }
    if (names.indexOf(name) < index)
      return [problem('variable-named-twice', inner, 'be named once', name)];
    return checkDefinition([...inner, name], definition);
  });
  const values = entries.flatMap(([first]) =>
    first !== undefined && isRecord(first[1]) ? [[first[0], read(first[1])] as const] : [],
  );
  return { values: Object.fromEntries(values), problems };
}

function checkDefinition(path: Path, definition: unknown): Problem[] {
  if (!isRecord(definition))
    return [problem('document-parameter', path, 'be a map with `type: string`', definition)];
  if (definition['type'] === 'string') return [];
  return [problem('document-parameter-type', [...path, 'type'], 'be string', definition['type'])];
}

/** Finds the place of a problem: the key, or the nearest thing around what is missing. */
function locate(file: File, found: Problem): ComponentFileProblem {
  let node: unknown = file.yaml.contents;
  let offset = startOf(file.yaml.contents);
  let value: unknown;
  for (const part of pathInFile(file, found.path)) {
    const next = step(node, part);
    if (next === undefined) break;
    node = next.value;
    offset = next.offset;
    value = next.value;
  }
  const text = found.path.length === 0 ? `the file ${found.message}` : formatProblem(found);
  const { id, path } = found;
  return { ...at(file, offset), id, path, value: found.value, text: `${text}${writtenAs(value)}` };
}

/** `constants.Name` stands in the file as `constants[2].Name.value`. */
function pathInFile({ yaml }: File, path: Path): Path {
  const [section, name, ...rest] = path;
  if ((section !== 'constants' && section !== 'parameters') || typeof name !== 'string')
    return path;
  const list = yaml.get(section);
  const items = isSeq(list) ? list.items : [];
  const index = items.findIndex((item) => isMap(item) && item.has(name));
  return [section, index, name, ...(section === 'constants' ? ['value'] : rest)];
}

function step(
  node: unknown,
  part: string | number,
): { value: unknown; offset: number } | undefined {
  if (isSeq(node) && typeof part === 'number') {
    const item = node.items[part];
    return item === undefined ? undefined : { value: item, offset: startOf(item as Node) };
  }
  if (!isMap(node)) return undefined;
  const pair = (node as YAMLMap).items.find(
    ({ key }) => isScalar(key) && String(key.value) === part,
  );
  return pair && { value: pair.value, offset: startOf(pair.key as Scalar) };
}

/** `yes` is reported as `true`, and so on: says what stands in the file. */
function writtenAs(node: unknown): string {
  if (!isScalar(node) || typeof node.value === 'string' || !node.source) return '';
  return node.source === String(node.value) ? '' : `; the file says ${node.source}`;
}
