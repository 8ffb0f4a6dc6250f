import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COMPILED_FILE, compileRenderings } from '../../../../devops/wasm/compile-renderings.ts'
import {
  BEYOND_END,
  MEMORY_BYTES,
  MOST_AT_ONCE,
  RESULTS,
  type Renderer,
} from '../../../../src/server/pipeline/template/renderer.ts'
import { rendererInJs } from '../../../../src/server/pipeline/template/renderer-in-js.ts'
import { rendererInWasm } from '../../../../src/server/pipeline/template/renderer-in-wasm.ts'

const inWasm = rendererInWasm()
if (inWasm === null) throw new Error('this Node has no SIMD in WebAssembly')
const renderers: readonly (readonly [string, Renderer])[] = [
  ['WebAssembly', inWasm],
  ['JavaScript', rendererInJs()],
]

test('the compiled module is that of its source', async () => {
  expect(await readFile(COMPILED_FILE, 'utf8')).toBe(await compileRenderings())
})

const rendered = (renderer: Renderer, form: 'text' | 'hex' | 'base64', bytes: Uint8Array, to: number): Buffer => {
  renderer.memory.set(bytes)
  const end = Math.abs(renderer[form](bytes.length, to))
  return Buffer.from(renderer.memory.subarray(to, end))
}

/** JSON of bytes as if each were a character: what escapes do to bytes beyond ASCII shows byte by byte. */
const asJson = (bytes: Uint8Array): string => JSON.stringify(Buffer.from(bytes).toString('latin1')).slice(1, -1)

const check = (renderer: Renderer, bytes: Uint8Array, to: number): void => {
  // What an earlier payload left in the memory must not show.
  renderer.memory.fill(0xff, 0, bytes.length + BEYOND_END)
  expect(rendered(renderer, 'text', bytes, to).toString('latin1')).toBe(asJson(bytes))
  expect(renderer.text(bytes.length, to) < 0).toBe(bytes.some(byte => byte > 0x7f))
  expect(rendered(renderer, 'hex', bytes, to).toString()).toBe(Buffer.from(bytes).toString('hex'))
  expect(rendered(renderer, 'base64', bytes, to).toString()).toBe(Buffer.from(bytes).toString('base64'))
}

const odd = fc.constantFrom(0, 8, 9, 10, 12, 13, 31, 32, 34, 92, 127, 128, 255)

test.each(renderers)('%s renders bytes as Node and JSON.stringify do', (_, renderer) => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(odd, { maxLength: 100 }).map(each => Uint8Array.from(each)),
  )
  fc.assert(
    fc.property(bytes, fc.nat(15), (each, shift) => check(renderer, each, RESULTS + shift)),
    { numRuns: 500 },
  )
})

test.each(renderers)('%s renders the longest and the most expensive bytes within its memory', (_, renderer) => {
  for (const byte of [0, 0x22, 0x61, 0xff]) check(renderer, new Uint8Array(MOST_AT_ONCE).fill(byte), RESULTS)
  check(
    renderer,
    Uint8Array.from({ length: 256 }, (__, byte) => byte),
    RESULTS,
  )
  expect(renderer.memory.length).toBe(MEMORY_BYTES)
  expect(MEMORY_BYTES - RESULTS).toBeGreaterThan(6 * MOST_AT_ONCE + BEYOND_END)
  expect(MOST_AT_ONCE + BEYOND_END).toBeLessThan(RESULTS)
  expect(MOST_AT_ONCE % 3).toBe(0)
})

test.each(renderers)('%s renders into the last bytes of its memory', (_, renderer) => {
  for (const length of [0, 1, 2, 15, 16, 17, 33]) {
    const bytes = new Uint8Array(length).fill(7)
    const to = MEMORY_BYTES - 6 * length - BEYOND_END
    check(renderer, bytes, to)
  }
})
