import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import {
  BUILD_DATE,
  checkAmiName,
  defaultAmiName,
  MAX_AMI_NAME_LENGTH,
  MAX_NAME_BEFORE_BUILD_DATE,
} from '../../../../modules/image-builder/distribution/ami-name';
import { outline } from '../../../support/problem';

const texts = (name: string) => checkAmiName(['amiName'], name).map(outline);

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
    expect(texts(name)).toEqual([`\`amiName\` ami-name: ${JSON.stringify(name)}`]);
  });

  it.each(['windows', 'windows-1.2.3', 'windows-{{ imagebuilder:buildVersion }}'])(
    'refuses %j, whose second build would fail',
    (name) => {
      expect(texts(name)).toEqual([`\`amiName\` ami-name-build-date: ${JSON.stringify(name)}`]);
    },
  );

  it('takes 127 characters and no more', () => {
    const name = `${BUILD_DATE}${'x'.repeat(127 - BUILD_DATE.length)}`;
    expect(texts(name)).toEqual([]);
    const shown = JSON.stringify(`${name}x`).slice(0, 117);
    expect(texts(`${name}x`)).toEqual([`\`amiName\` ami-name-length: ${shown}...`]);
  });
});
