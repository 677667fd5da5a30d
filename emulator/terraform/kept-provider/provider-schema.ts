/**
 * Fields of `GetProviderSchema.Response` that are maps from a type to its schema: of resources, of
 * data sources, of ephemeral resources.
 *
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/tfplugin5.9.proto
 */
const MAPS_BY_TYPE: ReadonlySet<number> = new Set([2, 3, 8]);

/** Wire type of what has a length, and of the key of a map's entry, which is its field 1. */
const LENGTH_DELIMITED = 2;
const KEY_TAG = (1 << 3) | LENGTH_DELIMITED;

/**
 * The provider's answer to `GetSchema` with the schemas of some types only; all else in it stays as it
 * is. It is read as protocol buffers are, so that no description of the messages is needed.
 * @throws Error when it is not such an answer.
 */
export function schemaOfTypes(schema: Buffer, types: ReadonlySet<string>): Buffer {
  const kept: Buffer[] = [];
  let at = 0;
  while (at < schema.length) {
    const { field, body, end } = readField(schema, at);
    if (!MAPS_BY_TYPE.has(field) || types.has(keyOf(body))) kept.push(schema.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

interface Field {
  readonly field: number;
  readonly body: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

/** All fields of the message are messages, and so have a length. */
function readField(message: Buffer, at: number): Field {
  const tag = readVarint(message, at);
  if (tag.value % 8 !== LENGTH_DELIMITED) {
    throw new Error(`the schema of the provider cannot be read, wire type ${tag.value % 8}`);
  }
  const length = readVarint(message, tag.end);
  const end = length.end + length.value;
  if (end > message.length) throw new Error('the schema of the provider ends in the middle');
  return { field: Math.floor(tag.value / 8), body: message.subarray(length.end, end), end };
}

/** The key of an entry comes first, as in what the provider's language writes. */
function keyOf(entry: Buffer): string {
  const tag = readVarint(entry, 0);
  if (tag.value !== KEY_TAG)
    throw new Error('the schema of the provider has a type without a name');
  const length = readVarint(entry, tag.end);
  return entry.toString('utf8', length.end, length.end + length.value);
}

/** A number of up to 28 bits, seven in a byte, the lowest first. */
function readVarint(message: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 4; index += 1) {
    const byte = message[at + index];
    if (byte === undefined) break;
    value += (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  throw new Error('the schema of the provider has a number that is too long');
}
