import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { contentHash } from '../../../../modules/core';
import {
  checkComponentFromArn,
  componentFromArn,
} from '../../../../modules/image-builder/components/component-from-arn';
import { outline, refusalOf } from '../../../support/problem';

const ARN = 'arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.x.x';

const unknown = () => Token.asString({ resolve: () => '', creationStack: [] });

describe('componentFromArn', () => {
  it.each([
    ARN,
    'arn:aws:imagebuilder:us-east-1:aws:component/update-windows/x.x.x',
    'arn:aws-cn:imagebuilder:cn-north-1:aws:component/update-windows/1.2.x',
    'arn:aws-us-gov:imagebuilder:us-gov-west-1:111122223333:component/a_b-c/1.2.3',
    'arn:aws:imagebuilder:us-east-1:aws-marketplace:component/agent-prod-abc/x.x.x',
    'arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.2.3/4',
  ])('takes %s', (arn) => {
    expect(componentFromArn({ arn })).toEqual({ arn, contentId: contentHash([arn]) });
  });

  it('hands on the parameters and the content id', () => {
    const parameters = { Level: 'High' };
    expect(componentFromArn({ arn: ARN, contentId: 'v5', parameters })).toEqual({
      arn: ARN,
      contentId: 'v5',
      parameters,
    });
  });

  it.each([
    'update-windows',
    'arn:aws:imagebuilder:us-east-1:111122223333:component/agent',
    'arn:aws:imagebuilder:us-east-1:111122223333:image/agent/1.2.3',
    'arn:aws:imagebuilder:us-east-1:1111:component/agent/1.2.3',
    'arn:aws:imagebuilder:us-east-1:111122223333:component/Agent/1.2.3',
    'arn:aws:imagebuilder:us-east-1:111122223333:component/agent/x.2.3',
    'arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.x.3',
    'arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.2.x/1',
    'arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.2.3/x',
  ])('refuses %s', (arn) => {
    const refusal = refusalOf(() => componentFromArn({ arn }));
    expect([refusal.constructName, refusal.constructPath]).toEqual(['componentFromArn', arn]);
    expect(refusal.problems.map(outline)).toEqual([`\`arn\` component-arn: "${arn}"`]);
  });

  it('takes an ARN that only Terraform knows, with the content id', () => {
    const arn = unknown();
    expect(componentFromArn({ arn, contentId: 'v5' })).toEqual({ arn, contentId: 'v5' });
    expect(checkComponentFromArn(['components', 1], { arn }).map(outline)).toEqual([
      '`components[1].contentId` content-of-reference: nothing',
    ]);
  });

  it('refuses a parameter without a value', () => {
    expect(checkComponentFromArn([], { arn: ARN, parameters: { Level: '' } }).map(outline)).toEqual(
      ['`parameters.Level` recipe-parameter-value: ""'],
    );
  });
});
