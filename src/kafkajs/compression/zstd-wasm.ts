import { compress, decompress, init } from '@bokuweb/zstd-wasm'
import { onceLoaded } from '../../async/once.ts'
import { type Codec, corrupt, tooLarge } from './codec.ts'
import { zstdFrameBound } from './zstd-frame.ts'

/** Loads the WASM module. */
const load = onceLoaded(init)

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength)

/** Zstandard where Node has none. Synchronous: 1 MB of text takes about 4 ms of the event loop. */
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
      // The library allocates the declared size, else this; zstd writes no byte beyond it.
      return bufferOf(decompress(bytes, { defaultHeapSize: isAbove ? maxBytes : Number(bound.bytes) }))
    } catch (error) {
      throw isAbove ? tooLarge(maxBytes) : corrupt('bad zstd data', error)
    }
  },
}
