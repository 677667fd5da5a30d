import { describe, expect, it } from '@jest/globals';
import { Construct } from 'constructs';
import * as modules from '../../modules';

/** Functions besides those that render: what they make is given to a construct. */
const MAKERS = [
  'amazonManagedComponent',
  'componentFromArn',
  'eksComponentVersion',
  'estimateFastLaunchCost',
  'formatProblem',
  'maxWindowsPods',
  'nodeVolumeKeyStatements',
  'parseComponentFile',
  'quotePowerShell',
  'quotePowerShellArray',
];

/** What a name of the index is for. */
function purposeOf(name: string, value: unknown): string {
  if (typeof value !== 'function') return 'a constant';
  if (value.prototype instanceof Construct) return 'a construct';
  if (value.prototype instanceof Error) return 'an error';
  if (/^render[A-Z]|Policy$/.test(name)) return 'a renderer';
  return MAKERS.includes(name) ? 'a maker' : 'another function';
}

describe('the index of the modules', () => {
  const purposes = Object.entries(modules).map(([name, value]) => [purposeOf(name, value), name]);

  it('has constructs, errors and renderers, and neither checks nor limits', () => {
    const others = purposes.filter(([purpose]) =>
      ['a constant', 'another function'].includes(`${purpose}`),
    );
    expect(purposes).toContainEqual(['a construct', 'WindowsImage']);
    expect(others).toEqual([]);
  });

  it('has every function that is named here', () => {
    const makers = purposes.filter(([purpose]) => purpose === 'a maker').map(([, name]) => name);
    expect(makers.sort()).toEqual(MAKERS);
  });
});
