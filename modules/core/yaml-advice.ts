/** What the YAML parser has found. */
export interface YamlFault {
  /** Its code for the kind of fault. */
  readonly code: string;
  readonly message: string;
}

/** Advice for what people get wrong most, by the parser's error code. */
const ADVICE: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'put text that begins with * in quotes',
  BAD_DQ_ESCAPE: 'write two backslashes for one, or take single quotes',
  BAD_INDENT: 'indent the lines of one block alike, and close every bracket',
  BAD_SCALAR_START: 'put the value in quotes',
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

/**
 * What to do about a fault, for people who do not know how YAML is read.
 *
 * @param line where it is
 */
export function yamlAdvice({ code, message }: YamlFault, line: string): string {
  if (line.includes('{{') && BRACES_CODES.includes(code)) return BRACES_ADVICE;
  if (message.startsWith('Sequence item without')) {
    return 'give the line as many blanks in front as the lines of its block have';
  }
  return ADVICE[code] ?? message;
}
