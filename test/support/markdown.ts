/** A block between fences, with the language that its first fence names. */
interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** The line of the first fence, from 1. */
  readonly line: number;
}

/** A heading outside of code. */
interface Heading {
  readonly level: number;
  readonly text: string;
}

/** A table, by the text of its cells. */
interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A Markdown file taken apart as far as the tests need it. */
export interface Markdown {
  readonly codeBlocks: readonly CodeBlock[];
  readonly headings: readonly Heading[];
  readonly tables: readonly Table[];
  /** Targets of links and pictures, as they are written. */
  readonly links: readonly string[];
  /** What can follow a `#` in a link to the file. */
  readonly anchors: readonly string[];
}

/** @throws Error when a fence is open at the end */
export function readMarkdown(text: string): Markdown {
  const { codeBlocks, prose } = separateCode(text);
  const headings = prose.flatMap((line): Heading[] => {
    const [, marks = '', title = ''] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line) ?? [];
    return marks === '' ? [] : [{ level: marks.length, text: title }];
  });
  const links = findLinks(prose);
  return { codeBlocks, headings, tables: findTables(prose), links, anchors: anchorsOf(headings) };
}

function separateCode(text: string): { codeBlocks: CodeBlock[]; prose: string[] } {
  const codeBlocks: CodeBlock[] = [];
  const prose: string[] = [];
  let open: { fence: string; language: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, fence, language = ''] = /^\s*(`{3,}|~{3,})\s*(\S*)/.exec(line) ?? [];
    if (open === undefined && fence !== undefined) {
      open = { fence, language, line: index + 1, lines: [] };
    } else if (open === undefined) {
      prose.push(line);
    } else if (line.trim() === open.fence) {
      codeBlocks.push({ language: open.language, text: open.lines.join('\n'), line: open.line });
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  if (open !== undefined) throw new Error(`the fence of line ${open.line} has no end`);
  return { codeBlocks, prose };
}

function findTables(prose: readonly string[]): Table[] {
  const tables: { header: readonly string[]; rows: (readonly string[])[] }[] = [];
  let open: (typeof tables)[number] | undefined;
  for (const line of prose) {
    const [, inner] = /^\s*\|(.*)\|\s*$/.exec(line) ?? [];
    if (inner === undefined) {
      open = undefined;
      continue;
    }
    const cells = inner.split('|').map((cell) => cell.trim());
    if (open === undefined) {
      open = { header: cells, rows: [] };
      tables.push(open);
    } else if (cells.some((cell) => !/^:?-+:?$/.test(cell))) {
      open.rows.push(cells);
    }
  }
  return tables;
}

function findLinks(prose: readonly string[]): string[] {
  const text = prose.join('\n').replace(/`[^`\n]*`/g, '');
  const inline = text.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g);
  const definitions = text.matchAll(/^ {0,3}\[[^\]]+\]:\s+<?(\S+?)>?$/gm);
  return [...inline, ...definitions].map((match) => match[1] ?? '');
}

/** The anchors that GitHub makes: lower case, no punctuation, dashes for blanks, numbered twins. */
function anchorsOf(headings: readonly Heading[]): string[] {
  const counts = new Map<string, number>();
  return headings.map(({ text }) => {
    const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
