import { type Document, type Scalar, visit } from 'yaml';

/** What the YAML parser has found. */
export interface YamlFault {
  /** Its code for the kind of fault. */
  readonly code: string;
  readonly message: string;
  /** Where it begins and ends, in characters. */
  readonly pos: readonly [number, number];
}

/** A fault in words for people who do not know how YAML is read. */
export interface YamlAdvice {
  /** Where it is, in characters: where the fault begins, not where the parser has seen it. */
  readonly offset: number;
  readonly whatToDo: string;
}

/** Advice for what people get wrong most, by the parser's error code. */
const ADVICE: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'put text that begins with * in quotes',
  BAD_DQ_ESCAPE: 'write two backslashes for one, or take single quotes',
  BAD_INDENT: 'indent the lines of one block alike, and close every bracket',
  BAD_SCALAR_START: 'put the value in quotes',
  BLOCK_IN_FLOW: 'put a comma between two keys',
  BLOCK_AS_IMPLICIT_KEY:
    'put text with a colon in quotes, or give the next line as many blanks in front as this one',
  COMMENT_SPACE: 'put a blank in front of the #',
  DUPLICATE_KEY: 'this key is there already; remove one of them',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'check the indentation, and put a blank behind each colon',
  MULTIPLE_DOCS: 'make each part behind --- a file of its own',
  NON_STRING_KEY: 'write a plain word in front of the colon',
  RESOURCE_EXHAUSTION: 'the nesting is too deep',
  TAB_AS_INDENT: 'indent with blanks instead of tabs',
  TAG_RESOLVE_FAILED: 'put text that begins with ! in quotes',
  UNEXPECTED_TOKEN: 'check the brackets, the quotes and the indentation',
};

/** What to do about `{{ Name }}` without quotes. */
export const BRACES_ADVICE = 'put text with {{ in quotes: braces begin a map in YAML';

/** Of a line with two braces the parser complains about the map, or about what follows it. */
const BRACES_CODES: readonly string[] = ['NON_STRING_KEY', 'UNEXPECTED_TOKEN', 'MISSING_CHAR'];

/** What git leaves in a file of which it could not merge two versions. */
const CONFLICT_MARK = /^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$/m;

/** Blanks that look like the usual one. */
const ODD_BLANK = /[\u00a0\u2000-\u200a\u202f\u3000]/;

/** With an odd blank behind it a colon is none, and a line goes on in the next one. */
const ODD_BLANK_CODES: readonly string[] = [
  'BLOCK_AS_IMPLICIT_KEY',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
];

/** What to do about a blank that is none for YAML; nothing when there is none. */
export const oddBlankAdvice = (text: string): string | undefined =>
  ODD_BLANK.test(text) ? 'put a usual blank in the place of the non-breaking one' : undefined;

/** Where a fault is, and what to do about it. */
export function explainYamlFault(fault: YamlFault, document: Document, text: string): YamlAdvice {
  return (
    (fault.code === 'DUPLICATE_KEY' ? undefined : explainByContext(fault, document, text)) ?? {
      offset: fault.pos[0],
      whatToDo: yamlAdvice(fault, lineAt(text, fault.pos[0])),
    }
  );
}

/** What the parser's own words and place are misleading of. */
function explainByContext(
  fault: YamlFault,
  document: Document,
  text: string,
): YamlAdvice | undefined {
  const mark = CONFLICT_MARK.exec(text);
  if (mark !== null) {
    const whatToDo =
      'git could not merge: choose a version, and take out <<<<<<<, ======= and >>>>>>>';
    return { offset: mark.index, whatToDo };
  }
  const quote = openQuote(fault, document);
  if (quote !== undefined) return { offset: quote, whatToDo: 'close the quote that opens here' };
  return missingComma(fault, document.errors);
}

/** Where the quote is of which the parser has not found the end. */
function openQuote({ message, pos }: YamlFault, document: Document): number | undefined {
  if (!/^Missing closing ["']quote/.test(message)) return undefined;
  let last: Scalar | undefined;
  visit(document, {
    Scalar: (_key, scalar) => {
      if (scalar.range && scalar.range[0] < pos[0]) last = scalar;
    },
  });
  return last?.type?.startsWith('QUOTE') ? last.range?.[0] : undefined;
}

/** Before the parser says that keys are in a place of their own, it may stumble at one of them. */
function missingComma(fault: YamlFault, faults: readonly YamlFault[]): YamlAdvice | undefined {
  const around = faults.find(
    ({ code, pos }) => code === 'BLOCK_IN_FLOW' && pos[0] <= fault.pos[0] && fault.pos[0] < pos[1],
  );
  return around && { offset: around.pos[0], whatToDo: yamlAdvice(around, '') };
}

function lineAt(text: string, offset: number): string {
  const start = text.slice(0, offset).lastIndexOf('\n') + 1;
  const [line = ''] = text.slice(start).split('\n', 1);
  return line;
}

function yamlAdvice({ code, message }: YamlFault, line: string): string {
  if (line.includes('{{') && BRACES_CODES.includes(code)) return BRACES_ADVICE;
  if (message.startsWith('Sequence item without')) {
    return 'give the line as many blanks in front as the lines of its block have';
  }
  const oddBlank = ODD_BLANK_CODES.includes(code) ? oddBlankAdvice(line) : undefined;
  return oddBlank ?? ADVICE[code] ?? message;
}
