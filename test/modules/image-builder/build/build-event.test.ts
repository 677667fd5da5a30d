import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import {
  buildEventTransformer,
  renderEventPattern,
} from '../../../../modules/image-builder/build/build-event';
import { Template } from '../../../support/template';

/** The event of the Image Builder guide. */
const event = (image: string, status: string) => ({
  version: '0',
  source: 'aws.imagebuilder',
  'detail-type': 'EC2 Image Builder Image State Change',
  resources: [`arn:aws:imagebuilder:us-west-2:111122223333:${image}`],
  detail: { 'previous-state': { status: 'TESTING' }, state: { status } },
});

type Pattern = {
  readonly [key: string]: Pattern | readonly (string | { readonly wildcard: string })[];
};

/** As much of EventBridge's matching as these patterns use. */
function matches(pattern: Pattern, value: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const found = value[key];
    if (!Array.isArray(wanted)) return matches(wanted as Pattern, found as Record<string, unknown>);
    const all = Array.isArray(found) ? found : [found];
    return all.some((one) => wanted.some((rule) => matchesRule(rule, String(one))));
  });
}

function matchesRule(rule: string | { readonly wildcard: string }, text: string): boolean {
  if (typeof rule === 'string') return rule === text;
  const parts = rule.wildcard.split('*').map((part) => part.replace(/[/.:-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

const tells = (recipeName: string, image: string, status = 'FAILED') =>
  matches(JSON.parse(renderEventPattern(recipeName, ['FAILED'])), event(image, status));

describe('renderEventPattern', () => {
  it('asks for the state changes of the images of one recipe', () => {
    expect(renderEventPattern('windows', ['FAILED', 'AVAILABLE'])).toBe(
      '{"source":["aws.imagebuilder"],' +
        '"detail-type":["EC2 Image Builder Image State Change"],' +
        '"resources":[{"wildcard":"*:image/windows/*"}],' +
        '"detail":{"state":{"status":["FAILED","AVAILABLE"]}}}',
    );
  });

  it('asks for both forms that a name with a low line may have in an ARN', () => {
    expect(JSON.parse(renderEventPattern('Windows_Nodes', ['FAILED']))['resources']).toEqual([
      { wildcard: '*:image/windows_nodes/*' },
      { wildcard: '*:image/windows-nodes/*' },
    ]);
  });

  it('takes a name that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const name = new TerraformVariable(stack, 'name', { type: 'string' }).stringValue;
      new TerraformOutput(stack, 'out', { value: renderEventPattern(name, ['FAILED']) });
    });
    expect(template.part('output')).toEqual({
      out: {
        value:
          '{"source":["aws.imagebuilder"],' +
          '"detail-type":["EC2 Image Builder Image State Change"],' +
          '"resources":[{"wildcard":"*:image/${lower(var.name)}/*"}],' +
          '"detail":{"state":{"status":["FAILED"]}}}',
      },
    });
  });

  it.each([
    ['windows', 'image/windows/1.0.0/1', true],
    ['Windows', 'image/windows/1.0.123456/12', true],
    ['windows', 'image/windows-2022/1.0.0/1', false],
    ['windows', 'image/my-windows/1.0.0/1', false],
    ['windows', 'image-recipe/windows/1.0.0', false],
    ['windows', 'component/windows/1.0.0/1', false],
    ['windows', 'image-pipeline/windows', false],
  ])('for the recipe %s, told of %s: %s', (recipe, image, told) => {
    expect(tells(recipe, image)).toBe(told);
  });

  it.each(['PENDING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'AVAILABLE', 'DEPRECATED'])(
    'is not told of %s when only failures are asked for',
    (status) => {
      expect(tells('windows', 'image/windows/1.0.0/1', status)).toBe(false);
    },
  );

  it('is told of its own images, and of no other recipe', () => {
    const names = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/);
    fc.assert(
      fc.property(names, names, (name, other) => {
        expect(tells(name, `image/${name}/1.0.0/1`)).toBe(true);
        expect(tells(name, `image/${other}/1.0.0/1`)).toBe(name === other);
      }),
    );
  });
});

describe('buildEventTransformer', () => {
  it('is one sentence with the image and its state, and the reason behind it', () => {
    expect(buildEventTransformer('windows')).toEqual({
      inputPaths: {
        image: '$.resources[0]',
        status: '$.detail.state.status',
        reason: '$.detail.state.reason',
      },
      inputTemplate:
        '"Image Builder image <image> is <status>, its log group is /aws/imagebuilder/windows. <reason>"',
    });
  });
});
