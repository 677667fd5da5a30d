import { describe, expect, it } from '@jest/globals';
import { schemaOfTypes } from '../../../terraform/kept-provider/provider-schema';

/** A field with a length, as protocol buffers write it; up to 16,383 bytes. */
function field(number: number, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const length = [(bytes.length & 0x7f) | 0x80, bytes.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

const entry = (map: number, type: string, schema = 'a schema'): Buffer =>
  field(map, Buffer.concat([field(1, type), field(2, schema)]));

const PROVIDER = field(1, 'the provider itself');
const CAPABILITIES = field(6, 'what it can do');

describe('schemaOfTypes', () => {
  it('keeps resources, data sources and ephemeral resources of the types', () => {
    const kept = [entry(2, 'aws_a'), entry(3, 'aws_b'), entry(8, 'aws_a', 'x'.repeat(9000))];
    const others = [entry(2, 'aws_ab'), entry(3, 'aws_c'), entry(8, 'aws_')];
    const schema = Buffer.concat([kept, others].flat());
    expect(schemaOfTypes(schema, new Set(['aws_a', 'aws_b']))).toEqual(Buffer.concat(kept));
  });

  it('keeps everything else, at its place', () => {
    const schema = Buffer.concat([PROVIDER, entry(2, 'aws_a'), CAPABILITIES, entry(7, 'function')]);
    expect(schemaOfTypes(schema, new Set())).toEqual(
      Buffer.concat([PROVIDER, CAPABILITIES, entry(7, 'function')]),
    );
  });

  it.each([
    ['has a number where a message has to be', Buffer.from([0x08, 0x01]), 'wire type 0'],
    ['ends in the middle', PROVIDER.subarray(0, 5), 'ends in the middle'],
    ['has an entry without a key', field(2, field(2, 'schema')), 'a type without a name'],
    ['has no end of a number', Buffer.from([0xff, 0xff]), 'a number that is too long'],
  ])('refuses an answer that %s', (_what, schema, message) => {
    expect(() => schemaOfTypes(schema, new Set())).toThrow(message);
  });
});
