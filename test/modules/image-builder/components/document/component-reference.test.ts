import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../../../../modules/core';
import type {
  ComponentDocument,
  ComponentStep,
} from '../../../../../modules/image-builder/components/document/component-document';
import { checkComponentDocument } from '../../../../../modules/image-builder/components/document/component-document-rules';

const run = (name: string, ...commands: string[]): ComponentStep => ({
  name,
  action: 'ExecutePowerShell',
  inputs: { commands },
});

const DOCUMENT: ComponentDocument = {
  constants: { Target: 'C:\\tools' },
  parameters: { Edition: {} },
  phases: [
    { name: 'build', steps: [run('First', 'a'), run('Second', 'a'), run('Third', 'a')] },
    { name: 'validate', steps: [run('Check', 'a')] },
    { name: 'test', steps: [run('Start', 'a'), run('Look', 'a')] },
  ],
};

/** What is wrong with the document when that text stands in the step `phase.name`. */
function withText(place: string, text: string): string[] {
  const phases = DOCUMENT.phases.map((phase) => ({
    ...phase,
    steps: phase.steps.map((step) =>
      `${phase.name}.${step.name}` === place ? run(step.name, text) : step,
    ),
  }));
  return checkComponentDocument([], { ...DOCUMENT, phases }).map((problem) =>
    formatProblem(problem).replace(/^`phases.*?` must /, ''),
  );
}

const SECOND = '(phase build, step Second)';

describe('the references of a document', () => {
  it.each([
    '{{ Target }}',
    '{{Edition}}',
    'a {{ Target}} b {{Edition }} c',
    '{{ build.First.outputs.stdout }}',
    '{{build.First.inputs[0].source}}',
    '{{ build.First.outputs }}',
    '{{ aws:ssm:/my/param }}',
    '{{ aws:ssm:/aws/reference/secretsmanager/a/b }}',
    '{{ aws:ssm:resolve(Edition) }}',
    '{{ aws:imds:placement/region }}',
    '{{ env:ProgramFiles(x86) }}',
    '{{ context:accountId }}',
    '{{ imagebuilder:buildDate }}',
    '{{ item.value }}',
    "'{{0}}' -f 1",
    '{{ $_ }}',
    '{{.Names}}',
    '{{"a":1}}',
    '{{ }}',
    '{{ Target',
  ])('may be %s', (text) => {
    expect(withText('build.Second', text)).toEqual([]);
  });

  it.each([
    [
      '{{ target }}',
      `refer to a constant or a parameter of the document, got: "{{ target }}"; known are Edition, Target ${SECOND}`,
    ],
    [
      '{{ aws:ssm:resolve(Editon) }}',
      'refer to a constant or a parameter of the document, got: "{{ aws:ssm:resolve(Editon) }}"; ' +
        `known are Edition, Target ${SECOND}`,
    ],
    [
      '{{build.Frist.outputs.stdout}}',
      `refer to a step of the document, got: "{{ build.Frist.outputs.stdout }}" ${SECOND}`,
    ],
    [
      '{{ biuld.First.outputs.stdout }}',
      `refer to a step of the document, got: "{{ biuld.First.outputs.stdout }}" ${SECOND}`,
    ],
    [
      '{{ build.Third.inputs.commands }}',
      `refer to a step that runs before, got: "{{ build.Third.inputs.commands }}" ${SECOND}`,
    ],
    [
      '{{ build.Second.outputs.stdout }}',
      `refer to a step that runs before, got: "{{ build.Second.outputs.stdout }}" ${SECOND}`,
    ],
    ['{{ loop.value }}', `stand in a step with a loop, got: "{{ loop.value }}" ${SECOND}`],
    ['{{ aws:imds:iam/info }}', `not read credentials, got: "{{ aws:imds:iam/info }}" ${SECOND}`],
  ])('cannot be %s', (text, expected) => {
    expect(withText('build.Second', text)).toEqual([expected]);
  });

  it('may go from validate to build, which run on the same instance', () => {
    expect(withText('validate.Check', '{{ build.First.outputs.stdout }}')).toEqual([]);
    expect(withText('test.Look', '{{ test.Start.outputs.stdout }}')).toEqual([]);
  });

  it('cannot go from test to another phase, which has run on another instance', () => {
    expect(withText('test.Look', '{{ build.First.outputs.stdout }}')).toEqual([
      'not refer from or to the phase test, got: "{{ build.First.outputs.stdout }}" ' +
        '(phase test, step Look)',
    ]);
  });

  it('are found in the inputs, the loop and the condition of a step', () => {
    const step: ComponentStep = {
      name: 'All',
      action: 'SetRegistry',
      loop: { forEach: { list: '{{ Abc }}' } },
      if: { not: { stringIsEmpty: '{{ Def }}' } },
      inputs: [{ path: 'HKLM:\\{{ Ghi }}', name: 'a', value: ['b', '{{ Jkl }}'], type: 'SZ' }],
    };
    const document: ComponentDocument = { phases: [{ name: 'build', steps: [step] }] };
    const at = (path: string, name: string) =>
      `\`phases[0].steps[0].${path}\` must refer to a constant or a parameter of the document, ` +
      `got: "{{ ${name} }}"; there are none (phase build, step All)`;
    expect(checkComponentDocument([], document).map(formatProblem)).toEqual([
      at('inputs[0].path', 'Ghi'),
      at('inputs[0].value[1]', 'Jkl'),
      at('loop.forEach.list', 'Abc'),
      at('if.not.stringIsEmpty', 'Def'),
    ]);
  });
});
