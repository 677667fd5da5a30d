import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { formatProblem } from '../../../../modules/core';
import {
  BUILD_DATE,
  checkAmiName,
  defaultAmiName,
  MAX_AMI_NAME_LENGTH,
  MAX_NAME_BEFORE_BUILD_DATE,
} from '../../../../modules/image-builder/distribution/ami-name';

const texts = (name: string) => checkAmiName(['amiName'], name).map(formatProblem);

describe('defaultAmiName', () => {
  it('ends in the build date and passes the check, also at its longest', () => {
    expect(defaultAmiName('windows')).toBe('windows-{{ imagebuilder:buildDate }}');
    const longest = defaultAmiName('x'.repeat(MAX_NAME_BEFORE_BUILD_DATE));
    expect(longest).toHaveLength(MAX_AMI_NAME_LENGTH);
    expect(texts(longest)).toEqual([]);
  });
});

describe('checkAmiName', () => {
  it.each([
    BUILD_DATE,
    '{{imagebuilder:buildDate}}',
    `web ${BUILD_DATE}`,
    `${BUILD_DATE}_x`,
    `Windows 2022-EKS-1.35 ${BUILD_DATE}`,
    `a-{{ imagebuilder:buildVersion }}-${BUILD_DATE}`,
    Fn.upper('a'),
  ])('takes %j', (name) => {
    expect(texts(name)).toEqual([]);
  });

  it.each([
    '',
    ` ${BUILD_DATE}`,
    `a-${BUILD_DATE} `,
    `.${BUILD_DATE}`,
    `${BUILD_DATE}.`,
    `a:${BUILD_DATE}`,
    `a/${BUILD_DATE}`,
    `(a)${BUILD_DATE}`,
    `{${BUILD_DATE}`,
    'a-{{ imagebuilder:builddate }}',
    'a-{{ buildDate }}',
    'a-{{  imagebuilder:buildDate }}',
    'ä',
    'a\n',
  ])('refuses the form of %j', (name) => {
    expect(texts(name)).toEqual([
      '`amiName` must be letters, digits, blanks and ._- around {{ imagebuilder:buildDate }}, ' +
        `without a blank or dot at the ends, got: ${JSON.stringify(name)}`,
    ]);
  });

  it.each(['windows', 'windows-1.2.3', 'windows-{{ imagebuilder:buildVersion }}'])(
    'refuses %j, whose second build would fail',
    (name) => {
      expect(texts(name)).toEqual([
        `\`amiName\` must contain {{ imagebuilder:buildDate }}, got: ${JSON.stringify(name)}; ` +
          'an AMI name can be used once, so the second build would fail',
      ]);
    },
  );

  it('takes 127 characters and no more', () => {
    const name = `${BUILD_DATE}${'x'.repeat(127 - BUILD_DATE.length)}`;
    expect(texts(name)).toEqual([]);
    const shown = JSON.stringify(`${name}x`).slice(0, 117);
    expect(texts(`${name}x`)).toEqual([
      `\`amiName\` must be at most 127 characters, got: ${shown}...`,
    ]);
  });
});
