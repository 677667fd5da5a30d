import fc from 'fast-check';
import type {
  ComponentDocument,
  ComponentPhase,
  ComponentStep,
} from '../../../../../modules/image-builder/components/document/component-document';

/** Awkward in YAML, but allowed in a document. */
const SPECIAL = fc.constantFrom(
  ...[':', ': ', '#', ' #', ' ', '  ', '\n', '\t', '\r', '-', '- ', "'", '"', '\\', '|', '>'],
  ...['${a}', '%{', '[', '{', '&', '*', '!', '?', '@', '`', 'a', '1', 'é', '💾', 'null', 'true'],
  ...['yes', '010', '12:30', '1_0', '2026-01-01', '~', '---', '...', '<<', '=', '.inf', '0x1'],
);

/** Texts that a document may hold, without references. */
export const anyText = fc
  .oneof(
    fc.string(),
    fc.array(SPECIAL, { maxLength: 8 }).map((list) => list.join('')),
    fc.array(SPECIAL, { maxLength: 4 }).map((list) => `${list.join('\n')}\n`),
  )
  .filter((text) => !text.includes('{{') && !/(?![\t\n\r])\p{Cc}/u.test(text));

const filled = anyText.filter((text) => text !== '');
const texts = fc.array(anyText, { maxLength: 3 });
const flag = fc.boolean();
const several = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 2 });
const anyName = fc.stringMatching(/^[A-Za-z0-9_-]{3,12}$/);
const sourceAndDestination = several(
  fc.record(
    { source: filled, destination: filled, overwrite: flag },
    { requiredKeys: ['source', 'destination'] },
  ),
);
const encoding = fc.constantFrom('utf-8', 'UTF-16', 'utf32-be');

const anyCondition = fc.oneof(
  fc.record({ fileExists: filled }),
  fc.record({ stringEquals: anyText, value: fc.oneof(anyText, fc.integer()) }),
  fc.record({ numberLessThan: fc.integer(), value: fc.constantFrom('1.5', 2) }),
  fc.record({ not: fc.record({ fileSHA256Equals: filled, path: filled }) }),
  fc.record({
    and: several(fc.record({ or: several(fc.record({ stringIsEmpty: anyText })) })),
  }),
);

const msi = fc.record(
  {
    path: filled,
    reboot: fc.constantFrom('Allow' as const, 'Force' as const, 'Skip' as const),
    logOptions: fc.constant('*VX'),
    properties: fc.dictionary(filled, anyText, { maxKeys: 2 }),
    allowUnsignedInstaller: flag,
  },
  { requiredKeys: ['path'] },
);

/** Every action, with its inputs. */
const anyAction = fc.oneof(
  fc.record({
    action: fc.constant('ExecutePowerShell' as const),
    inputs: fc.oneof(
      fc.record({ commands: fc.array(anyText, { minLength: 1, maxLength: 3 }) }),
      fc.record({ file: fc.constant('C:\\a.ps1') }),
    ),
  }),
  fc.record({
    action: fc.constant('ExecuteBinary' as const),
    inputs: fc.record({ path: filled, arguments: texts }, { requiredKeys: ['path'] }),
  }),
  fc.record({
    action: fc.constant('ExecuteDocument' as const),
    inputs: fc.record(
      {
        document: filled,
        'document-s3-bucket-owner': fc.constant('012345678901'),
        parameters: several(fc.record({ name: filled, value: anyText })),
      },
      { requiredKeys: ['document'] },
    ),
  }),
  fc.record({ action: fc.constant('Assert' as const), inputs: anyCondition }),
  fc.record({
    action: fc.constant('S3Download' as const),
    inputs: several(
      fc.record(
        { source: fc.constant('s3://b/k'), destination: filled, overwrite: flag },
        { requiredKeys: ['source', 'destination'] },
      ),
    ),
  }),
  fc.record({
    action: fc.constant('WebDownload' as const),
    inputs: several(
      fc.record({
        source: fc.constant('https://example.com/a'),
        destination: filled,
        checksum: filled,
        algorithm: fc.constant('SHA256' as const),
      }),
    ),
  }),
  fc.record({
    action: fc.constant('CreateFile' as const),
    inputs: several(
      fc.record({ path: filled, content: anyText, encoding }, { requiredKeys: ['path'] }),
    ),
  }),
  fc.record({
    action: fc.constantFrom('DeleteFile' as const, 'ListFiles' as const, 'ReadFile' as const),
    inputs: several(fc.record({ path: filled })),
  }),
  fc.record({
    action: fc.constantFrom('CopyFile' as const, 'MoveFolder' as const),
    inputs: sourceAndDestination,
  }),
  fc.record({
    action: fc.constantFrom('InstallMSI' as const, 'UninstallMSI' as const),
    inputs: msi,
  }),
  fc.record(
    {
      action: fc.constant('Reboot' as const),
      inputs: fc.record({ delaySeconds: fc.nat() }, { requiredKeys: [] }),
    },
    { requiredKeys: ['action'] },
  ),
  fc.record({
    action: fc.constant('SetRegistry' as const),
    inputs: several(
      fc.record({
        path: fc.constant('HKLM:\\SOFTWARE\\A'),
        name: anyText,
        value: fc.oneof(anyText, fc.integer(), fc.constant(1.5), texts),
        type: fc.constantFrom('SZ' as const, 'DWORD' as const),
      }),
    ),
  }),
  fc.record(
    {
      action: fc.constant('UpdateOS' as const),
      inputs: fc.record({ include: texts, exclude: texts }, { requiredKeys: [] }),
    },
    { requiredKeys: ['action'] },
  ),
);

const anyStepOptions = fc.record(
  {
    timeoutSeconds: fc.constantFrom(-1, 1, 7200),
    onFailure: fc.constantFrom('Abort' as const, 'Continue' as const, 'Ignore' as const),
    maxAttempts: fc.integer({ min: 1, max: 9 }),
    disableLogging: flag,
    if: anyCondition,
    loop: fc.oneof(
      fc.record({ for: fc.constant({ start: 1, end: 9, updateBy: 2 }) }),
      fc.record({ forEach: fc.array(anyText, { minLength: 1, maxLength: 2 }) }),
      fc.record({ forEach: fc.record({ list: filled, delimiter: fc.constantFrom(',', '\n') }) }),
    ),
  },
  { requiredKeys: [] },
);

const anyStep: fc.Arbitrary<ComponentStep> = fc
  .tuple(anyAction, anyStepOptions)
  .map(([action, options]) => ({ name: 'Step', ...options, ...action }) as ComponentStep);

const anyPhases = fc
  .record({
    build: fc.array(anyStep, { maxLength: 5 }),
    validate: fc.array(anyStep, { maxLength: 3 }),
    test: fc.array(anyStep, { maxLength: 3 }),
  })
  .map(({ build, validate, test }): ComponentPhase[] =>
    [
      { name: 'build' as const, steps: build },
      { name: 'validate' as const, steps: validate },
      { name: 'test' as const, steps: test },
    ].flatMap(({ name, steps }) => {
      const named = steps.map((step, index) => ({ ...step, name: `Step-${index + 1}` }));
      return steps.length === 0 ? [] : [{ name, steps: named }];
    }),
  )
  .filter((phases) => phases.length > 0);

const anyVariables = fc
  .uniqueArray(anyName, { maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      fc.constant(names),
      fc.array(anyText, { minLength: names.length, maxLength: names.length }),
    ),
  );

/** Adds a step that uses variables and, if there is one, the first step of its phase. */
function withReferences(phases: readonly ComponentPhase[], names: readonly string[]) {
  return phases.map((phase): ComponentPhase => {
    const first = phase.steps[0]?.name ?? '';
    const uses = [...names, `${phase.name}.${first}.outputs.stdout`];
    const commands = uses.map((one) => `Write-Host '{{ ${one} }}'`);
    return {
      ...phase,
      steps: [...phase.steps, { name: 'Uses', action: 'ExecutePowerShell', inputs: { commands } }],
    };
  });
}

/** Documents that are right, with and without references. */
export const anyDocument: fc.Arbitrary<ComponentDocument> = fc
  .record({
    name: fc.option(filled, { nil: undefined }),
    description: fc.option(anyText, { nil: undefined }),
    phases: anyPhases,
    variables: anyVariables,
    useThem: flag,
  })
  .map(({ name, description, phases, variables: [names, values], useThem }) => {
    const half = names.slice(0, 2).map((one, index) => [one, values[index] ?? ''] as const);
    const other = names.slice(2).map((one, index) => [one, { default: values[index] }] as const);
    return {
      name,
      description,
      constants: half.length === 0 ? undefined : Object.fromEntries(half),
      parameters: other.length === 0 ? undefined : Object.fromEntries(other),
      phases: useThem ? withReferences(phases, names) : phases,
    };
  });
