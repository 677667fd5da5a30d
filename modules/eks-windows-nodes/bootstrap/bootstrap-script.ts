import { Token } from 'cdktf';
import { checkText, type Path, type Problem, problem, type TextRule } from '../../core';

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

/** PowerShell that can stand in the user data. What it does is not looked at. */
export function checkBootstrapScript(path: Path, script: string): Problem[] {
  if (Token.isUnresolved(script)) return [];
  const tag = LAUNCH_AGENT_TAG.exec(script);
  const using = USING.exec(script);
  const character = NOT_ASCII.exec(script);
  return [
    ...checkText(path, script, NOT_BLANK),
    ...(tag === null
      ? []
      : [
          problem(
            'script-agent-tag',
            path,
            'have no tag of the launch agents of EC2, which would end the user data',
            tag[0],
            "write a text with it in two parts, such as '<' + 'script>'",
          ),
        ]),
    ...(using === null
      ? []
      : [
          problem(
            'script-using',
            path,
            'have no using statement, which only a file may begin with',
            using[0].trim(),
            'write out the names, or use Add-Type and Import-Module',
          ),
        ]),
    ...(character === null
      ? []
      : [
          problem(
            'script-ascii',
            path,
            'be ASCII, because Windows PowerShell reads other characters as something else',
            character[0],
            'write it as a number, such as [char]0xE9',
          ),
        ]),
  ];
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
