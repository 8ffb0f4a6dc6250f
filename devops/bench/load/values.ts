const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** The kind of message values: plain letters, or a JSON document, whose quotes must be escaped in a string. */
export type ValueKind = 'letters' | 'json'

/**
 * Different values to use in turn, each `bytes` long, starting with the mark that clients count. The same in every run.
 */
export const makeValues = (kind: ValueKind, bytes: number, count = 1000): readonly string[] => {
  let state = 12_345
  // A linear congruential generator: repeating values would compress better than real ones.
  const letter = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return ALPHABET[(state >> 8) % ALPHABET.length]
  }
  return Array.from({ length: count }, (_, i) => {
    const head =
      kind === 'letters' ? '~' : `{"mark":"~","id":${i},"customer":"c-${i}","items":[{"sku":"a","qty":2}],"note":"`
    const tail = kind === 'letters' ? '' : '"}'
    return head + Array.from({ length: Math.max(0, bytes - head.length - tail.length) }, letter).join('') + tail
  })
}
