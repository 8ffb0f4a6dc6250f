import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { type Codec, corrupt, tooLarge } from './codec.ts'
import { isOutputLimit } from './gzip.ts'
import { zstdFrameBound } from './zstd-frame.ts'

type ZlibCall = (
  bytes: Buffer,
  options: { readonly maxOutputLength?: number },
  callback: (error: Error | null, output: Buffer) => void,
) => void

/** Node has zstd since 22.15. The types are those of Node 20, the oldest supported version. */
const find = (name: 'zstdCompress' | 'zstdDecompress'): ZlibCall | null => {
  const found: unknown = Reflect.get(zlib, name)
  return typeof found === 'function' ? (found as ZlibCall) : null
}

const zstdOf = (compressCall: ZlibCall, decompressCall: ZlibCall): Codec => {
  const compress = promisify(compressCall)
  const decompress = promisify(decompressCall)
  return {
    compress: bytes => compress(bytes, {}),
    async decompress(bytes, maxBytes) {
      const bound = zstdFrameBound(bytes)
      if (bound.isDeclared && bound.bytes > BigInt(maxBytes)) throw tooLarge(maxBytes)
      try {
        return await decompress(bytes, { maxOutputLength: maxBytes })
      } catch (error) {
        throw isOutputLimit(error) ? tooLarge(maxBytes) : corrupt('bad zstd data', error)
      }
    },
  }
}

const compressCall = find('zstdCompress')
const decompressCall = find('zstdDecompress')

/** Node's own Zstandard, off the event loop; null if this Node has none. */
export const zstdNative: Codec | null = compressCall && decompressCall ? zstdOf(compressCall, decompressCall) : null
