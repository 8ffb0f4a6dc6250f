import { compress, decompress, init } from '@bokuweb/zstd-wasm'
import { type Codec, corrupt, tooLarge } from './codec.ts'
import { zstdFrameBound } from './zstd-frame.ts'

let loading: Promise<void> | undefined

/** Loads the WASM module once. A failed load is forgotten, so that the next call tries again. */
const load = (): Promise<void> => {
  loading ??= init().catch(error => {
    loading = undefined
    throw error
  })
  return loading
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength)

/** Zstandard for Node versions without it. Synchronous: 1 MB of text blocks the event loop for about 4 ms. */
export const zstdWasm: Codec = {
  async compress(bytes) {
    await load()
    return bufferOf(compress(bytes))
  },
  async decompress(bytes, maxBytes) {
    const bound = zstdFrameBound(bytes)
    const isAbove = bound.bytes > BigInt(maxBytes)
    if (isAbove && bound.isDeclared) throw tooLarge(maxBytes)
    await load()
    try {
      // The library allocates the declared size, or else this. zstd never writes beyond it.
      return bufferOf(decompress(bytes, { defaultHeapSize: isAbove ? maxBytes : Number(bound.bytes) }))
    } catch (error) {
      throw isAbove ? tooLarge(maxBytes) : corrupt('bad zstd data', error)
    }
  },
}
