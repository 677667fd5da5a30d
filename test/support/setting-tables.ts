import ts from 'typescript';
import type { AnySetting } from '../../modules/settings';
import { repositoryFiles, repositoryText } from './repository';

/** A key of a table of settings, as its source has it. */
export interface DescribedSetting {
  /** `file:line` of its call of `setting`. */
  readonly place: string;
  readonly key: string;
  /** Whether there is a comment above the key. */
  readonly hasComment: boolean;
  /** What stands behind `@default` in it. */
  readonly byDefault: string | undefined;
}

/** Every file that describes settings, but for those that make settings what they are. */
export function filesWithSettings(): string[] {
  return repositoryFiles().filter(
    (file) =>
      /^(?:modules|environment)\/.*\.ts$/.test(file) &&
      !file.startsWith('modules/settings/') &&
      /\bsetting\(/.test(repositoryText(file)),
  );
}

const isCallOfSetting = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'setting';

/** The settings of a file, or of a text. */
export function describedSettings(file: string, text = repositoryText(file)): DescribedSetting[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: DescribedSetting[] = [];
  const visit = (node: ts.Node): void => {
    if (isCallOfSetting(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const { parent } = node;
      const comments = ts.getJSDocCommentsAndTags(parent);
      const tag = ts.getJSDocTags(parent).find(({ tagName }) => tagName.text === 'default');
      found.push({
        place: `${file}:${line + 1}`,
        key: ts.isPropertyAssignment(parent) ? parent.name.getText() : '',
        hasComment: comments.length > 0,
        byDefault: tag && ts.getTextOfJSDocComment(tag.comment)?.replace(/\s+/g, ' ').trim(),
      });
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '').replaceAll(',', ', ');

const isEmpty = (value: unknown): boolean =>
  value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);

const isSame = (byDefault: string, words = ''): boolean =>
  words !== '' && (words.startsWith(byDefault) || byDefault.startsWith(words));

/** What is wrong with the comment above a key: nothing when it says what the facts say. */
export function commentProblems(
  { hasComment, byDefault }: Pick<DescribedSetting, 'hasComment' | 'byDefault'>,
  { required, default: value, otherwise }: Pick<AnySetting, 'required' | 'default' | 'otherwise'>,
): string[] {
  if (required === true) return byDefault === undefined ? [] : ['is required, with a @default'];
  if (!hasComment) return ['has no comment'];
  if (byDefault === undefined) return ['has no @default'];
  const isInWords = /^- \S/.test(byDefault);
  // An empty value is told in words: none.
  if (isInWords && isEmpty(value)) return [];
  if (value !== undefined) {
    return byDefault === asText(value) ? [] : [`has @default ${byDefault}, not ${asText(value)}`];
  }
  // A value of AWS or of the provider stands in words, and as a value in the comment.
  return isInWords || isSame(byDefault, otherwise) ? [] : ['has no words in its @default'];
}

/** What is wrong with the facts by themselves. */
export function factProblems({ about, required, default: value, otherwise, ...rest }: AnySetting) {
  const problems: string[] = [];
  if (!/^[A-Z]/.test(about)) problems.push('begins without a capital letter');
  if (/\.$|[.!?] [A-Z]/.test(about)) problems.push('is more than one sentence without a full stop');
  const isOptional = value !== undefined || otherwise !== undefined;
  if ((required === true) === isOptional)
    problems.push('is neither required nor optional, or both');
  for (const one of [value, rest.example]) {
    if (one !== undefined) problems.push(...rest.check([], one as never).map((it) => it.message));
  }
  return problems;
}
