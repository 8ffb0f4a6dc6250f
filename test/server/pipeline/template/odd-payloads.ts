import fc from 'fast-check'

/** Characters that JSON, UTF-8 or a parser treats specially. */
const characters = fc.constantFrom(
  ...['\0', '\u0001', '\b', '\t', '\n', '\f', '\r', '\u001f', ' ', '"', '\\', '/', '\u007f', '\u0080', 'é', '€'],
  ...['\u2028', '\u2029', '\ufeff', '\ufffd', '😀', '{', '}', '[', ']', ',', ':', '0', 'a'],
)

/** A text of odd characters, some of them half of a surrogate pair. */
export const oddText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 20, arbitrary: characters }, fc.constantFrom('\ud83d', '\udc00')), { maxLength: 120 })
  .map(each => each.join(''))

/** Every byte value once. */
const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

const repeated = fc
  .tuple(fc.constantFrom('a', '"', '\0', 'é', '😀', '\\n'), fc.integer({ min: 1, max: 300_000 }))
  .map(([text, bytes]) => Buffer.from(text.repeat(Math.ceil(bytes / Buffer.byteLength(text)))))

/** Bytes of a payload: text, JSON and what is neither, from none to 300 KB. */
export const oddPayload: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: oddText.map(text => Buffer.from(text)) },
  { weight: 6, arbitrary: fc.uint8Array({ maxLength: 80 }).map(bytes => Buffer.from(bytes)) },
  { weight: 6, arbitrary: fc.json().map(json => Buffer.from(json)) },
  { weight: 2, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 1 }).map(bytes => Buffer.from(bytes)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(Buffer.alloc(0), EVERY_BYTE, Buffer.from([0xc3]), Buffer.from([0xed, 0xa0, 0x80])),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('9007199254740993', '-0', '1e400', '{"__proto__":1}', '[1e21]')
      .map(text => Buffer.from(text)),
  },
  { weight: 1, arbitrary: repeated },
)
