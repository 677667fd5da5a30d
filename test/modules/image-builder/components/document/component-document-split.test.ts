import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type {
  ComponentDocument,
  ComponentStep,
} from '../../../../../modules/image-builder/components/document/component-document';
import { checkComponentDocument } from '../../../../../modules/image-builder/components/document/component-document-rules';
import { splitComponentDocument } from '../../../../../modules/image-builder/components/document/component-document-split';
import { renderComponentDocument } from '../../../../../modules/image-builder/components/document/component-document-yaml';
import { outline } from '../../../../support/problem';
import { anyDocument } from './component-document-arbitrary';

const run = (name: string, ...commands: string[]): ComponentStep => ({
  name,
  action: 'ExecutePowerShell',
  inputs: { commands },
});

const LONG = 'x'.repeat(400);

const DOCUMENT: ComponentDocument = {
  name: 'Tools',
  description: 'Installs tools',
  constants: { Target: 'C:\\tools', Unused: 'a' },
  parameters: { Edition: { default: 'Core' } },
  phases: [
    { name: 'build', steps: [run('A', LONG), run('B', LONG, '{{ Target }}'), run('C', LONG)] },
    { name: 'validate', steps: [run('D', LONG), run('E', LONG, '{{ aws:ssm:resolve(Edition) }}')] },
    { name: 'test', steps: [run('F', LONG)] },
  ],
};

/** Phases and steps of a document: `build: A B`. */
const stepsOf = ({ phases }: ComponentDocument): string[] =>
  phases.map(({ name, steps }) => `${name}: ${steps.map((step) => step.name).join(' ')}`);

type Order = (documents: readonly ComponentDocument[]) => unknown[];

/** Each component runs all of its phases before the next one begins. */
const componentByComponent: Order = (documents) =>
  documents.flatMap(({ phases }) =>
    phases.flatMap(({ name, steps }) => steps.map((step) => [name, step])),
  );

/** Each phase runs through all components before the next one begins. */
const phaseByPhase: Order = (documents) =>
  ['build', 'validate', 'test'].flatMap((phase) =>
    componentByComponent(documents).filter((one) => Array.isArray(one) && one[0] === phase),
  );

describe('splitComponentDocument', () => {
  const split = (document: ComponentDocument, max?: number) => {
    const { documents, problems } = splitComponentDocument(['document'], document, max);
    return {
      documents,
      texts: problems.map(outline),
      messages: problems.map(({ message }) => message),
    };
  };

  it('leaves a document that is short enough as it is', () => {
    const { documents, texts } = split(DOCUMENT);
    expect(texts).toEqual([]);
    expect(documents).toEqual([DOCUMENT]);
    expect(documents[0]).toBe(DOCUMENT);
  });

  it('begins every document where the one before it ends', () => {
    expect(split(DOCUMENT, 1300).documents.map(stepsOf)).toEqual([
      ['build: A B'],
      ['build: C', 'validate: D'],
      ['validate: E', 'test: F'],
    ]);
  });

  it('gives every document the constants and parameters that it uses', () => {
    const { documents } = split(DOCUMENT, 1300);
    expect(documents.map(({ constants, parameters }) => ({ constants, parameters }))).toEqual([
      { constants: { Target: 'C:\\tools' }, parameters: {} },
      { constants: {}, parameters: {} },
      { constants: {}, parameters: { Edition: { default: 'Core' } } },
    ]);
  });

  it('numbers the documents after the first, and keeps the description', () => {
    const { documents } = split(DOCUMENT, 1300);
    expect(documents.map(({ name }) => name)).toEqual(['Tools', 'Tools-2', 'Tools-3']);
    expect(documents.map(({ description }) => description)).toEqual(
      Array(3).fill('Installs tools'),
    );
    const { name: _, ...nameless } = DOCUMENT;
    expect(split(nameless, 1300).documents.map(({ name }) => name)).toEqual(
      Array(3).fill(undefined),
    );
  });

  it('leaves the first documents as they are when a step is added at the end', () => {
    const [build, validate, test] = DOCUMENT.phases;
    const phases = [build, validate, test && { ...test, steps: [...test.steps, run('G', LONG)] }];
    const longer = { ...DOCUMENT, phases: phases.flatMap((phase) => phase ?? []) };
    const before = split(DOCUMENT, 1300).documents.map(renderComponentDocument);
    const after = split(longer, 1300).documents.map(renderComponentDocument);
    expect(after).toHaveLength(4);
    expect(after.slice(0, 3)).toEqual(before);
  });

  it('keeps steps together that refer to each other, and what is between them', () => {
    const steps = [
      run('A', LONG),
      run('B', 'b'),
      run('C', 'c'),
      run('D', '{{ build.B.outputs.stdout }}'),
      run('E', LONG),
    ];
    const { documents } = split({ phases: [{ name: 'build', steps }] }, 700);
    expect(documents.map(stepsOf)).toEqual([['build: A'], ['build: B C D'], ['build: E']]);
  });

  it('refuses a step that is too long by itself', () => {
    const steps = [run('A', 'a'), run('B', LONG), run('C', 'c')];
    const { documents, texts, messages } = split({ phases: [{ name: 'build', steps }] }, 300);
    expect(documents).toEqual([]);
    expect(texts).toEqual(['`document.phases[0].steps[1]` part-length: 555']);
    expect(messages).toEqual([
      expect.stringContaining(' 300 characters of YAML in a document of its own,'),
    ]);
  });

  it('refuses steps that are too long together and cannot be parted', () => {
    const steps = [run('A', LONG), run('B', LONG, '{{ build.A.outputs.stdout }}'), run('C', 'c')];
    const { texts, messages } = split({ phases: [{ name: 'build', steps }] }, 700);
    expect(texts).toEqual(['`document.phases[0].steps[1]` part-length: 1101']);
    expect(messages).toEqual([
      expect.stringContaining(' together with the steps that it refers to,'),
    ]);
  });

  it('keeps all steps in their order, in documents that are right and short enough', () => {
    let several = 0;
    fc.assert(
      fc.property(anyDocument, fc.integer({ min: 500, max: 4000 }), (document, max) => {
        const { documents, texts } = split(document, max);
        if (texts.length > 0) {
          expect(documents).toEqual([]);
          return;
        }
        if (documents.length > 1) several += 1;
        expect(componentByComponent(documents)).toEqual(componentByComponent([document]));
        expect(phaseByPhase(documents)).toEqual(phaseByPhase([document]));
        for (const part of documents) {
          expect(renderComponentDocument(part).length).toBeLessThanOrEqual(max);
          expect(checkComponentDocument([], part)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
    // Otherwise the documents above are too short to show anything.
    expect(several).toBeGreaterThan(50);
  });
});
