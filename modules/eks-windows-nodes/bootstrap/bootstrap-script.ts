import { Token } from 'cdktf';
import { checkText, type Path, type Problem, showValue, type TextRule, wording } from '../../core';

/**
 * Tags that the launch agents of EC2 look for anywhere in user data.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html#user-data-scripts-windows
 */
const LAUNCH_AGENT_TAG =
  /<\/?(?:powershell|powershellArguments|script|persist|runAsLocalSystem|detach|version|task)\s*>/i;

/** `using` has to be the first statement of a file, and a script of ours is not. */
const USING = /^[ \t]*using[ \t]+(?:assembly|module|namespace)\b.*/im;

/**
 * No more than ASCII: Windows PowerShell reads a file without a byte order mark in the code page of
 * the machine, where a byte of another character can be a quote.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
 */
const NOT_ASCII = /[^\t\n\r -~]/;

const NOT_BLANK: TextRule = {
  id: 'script-text',
  pattern: /^[\s\S]*\S[\s\S]*$/,
  rule: 'be the text of a PowerShell script',
  whatToDo: 'leave it out to run none',
};

/** What a script may not have, by patterns that find the first of it. */
const FAULTS: readonly TextRule[] = [
  {
    id: 'script-agent-tag',
    pattern: LAUNCH_AGENT_TAG,
    rule: 'have no tag of the launch agents of EC2, which would end the user data',
    whatToDo: "write a text with it in two parts, such as '<' + 'script>'",
  },
  {
    id: 'script-using',
    pattern: USING,
    rule: 'have no using statement, which only a file may begin with',
    whatToDo: 'write out the names, or use Add-Type and Import-Module',
  },
  {
    id: 'script-ascii',
    pattern: NOT_ASCII,
    rule: 'be ASCII, because Windows PowerShell reads other characters as something else',
    whatToDo: 'write it as a number, such as [char]0xE9',
  },
];

/** A problem of a script, and where in the text it is. */
export interface ScriptProblem extends Problem {
  /** Counted from 0. */
  readonly offset: number;
}

/** PowerShell that can stand in the user data. What it does is not looked at. */
export function checkBootstrapScript(path: Path, script: string): ScriptProblem[] {
  if (Token.isUnresolved(script)) return [];
  return [
    ...checkText(path, script, NOT_BLANK).map((one) => ({ ...one, offset: 0 })),
    ...FAULTS.flatMap((fault) => checkFault(path, script, fault)),
  ];
}

function checkFault(path: Path, script: string, fault: TextRule): ScriptProblem[] {
  const found = fault.pattern.exec(script);
  if (found === null) return [];
  const { id, rule, whatToDo } = fault;
  const value = found[0].trim();
  const message = wording(rule, showValue(value), whatToDo);
  return [{ id, path, value, message, offset: found.index + found[0].indexOf(value) }];
}

/**
 * A script in a scope of its own, word for word: its `return` ends the script alone, and what it
 * sets is gone after it. Not indented, because here-strings end at the beginning of a line.
 */
export function renderScript(script: string | undefined): string[] {
  if (script === undefined) return [];
  return ['  & {', withLineFeeds(script).replace(/\n+$/, ''), '  }'];
}

/** Line ends of every kind as line feeds, so that the user data does not tell who saved a file. */
function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
