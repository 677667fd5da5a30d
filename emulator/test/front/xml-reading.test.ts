import { describe, expect, it } from '@jest/globals';
import {
  changeXml,
  childrenAt,
  readXml,
  textAt,
  textElement,
  writeXml,
} from '../../front/xml-reading';

const SOURCE = `<?xml version="1.0"?>
<Answer xmlns="http://example.test/"><id>a&amp;b &#65;&#x42;</id>
  <set><item><key>k</key></item><item/></set><!-- none -->
</Answer>`;

describe('readXml', () => {
  it('reads text with entities, lists and empty elements', () => {
    const document = readXml(SOURCE);
    expect(document.name).toBe('Answer');
    expect(textAt(document, 'id')).toBe('a&b AB');
    expect(childrenAt(document, 'set').map((item) => textAt(item, 'key'))).toEqual(['k', '']);
    expect(textAt(document, 'set', 'nothing')).toBe('');
  });

  it('writes back what it read', () => {
    expect(writeXml(readXml(SOURCE))).toBe(
      '<Answer><id>a&amp;b AB</id><set><item><key>k</key></item><item></item></set></Answer>',
    );
  });

  it('replaces elements', () => {
    const changed = changeXml(readXml('<a><b>1</b><c>2</c></a>'), (element) =>
      element.name === 'b' ? textElement('b', '<3') : undefined,
    );
    expect(writeXml(changed)).toBe('<a><b>&lt;3</b><c>2</c></a>');
  });
});
