import { compress, decompress, init } from '@bokuweb/zstd-wasm'
import { onceLoaded } from '../../../async/once.ts'
import { type Codec, corrupt, tooLarge } from './codec.ts'
import { zstdFrameBound } from './zstd-frame.ts'

/** Loads the WASM module. */
const load = onceLoaded(init)

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
