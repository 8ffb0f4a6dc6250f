import { promisify } from 'node:util'
import { gunzip, gzip as gzipAsync } from 'node:zlib'
import { type Codec, corrupt, tooLarge } from './codec.ts'

const compress = promisify<Buffer, Buffer>(gzipAsync)
const decompress = promisify(gunzip)

// Text compresses about 4:1, so most batches need one or two chunks, and small ones allocate little.
const CHUNK_PER_INPUT = 4
const MIN_CHUNK = 16 * 1024
const MAX_CHUNK = 1024 * 1024

/** Gzip (RFC 1952), including several members in a row. zlib stops at the first chunk beyond the limit. */
export const gzip: Codec = {
  compress,
  async decompress(bytes, maxBytes) {
    const chunkSize = Math.min(Math.max(bytes.length * CHUNK_PER_INPUT, MIN_CHUNK), MAX_CHUNK)
    try {
      return await decompress(bytes, { maxOutputLength: maxBytes, chunkSize })
    } catch (error) {
      throw isOutputLimit(error) ? tooLarge(maxBytes) : corrupt('bad gzip data', error)
    }
  },
}

/** Whether node:zlib failed because of `maxOutputLength`. */
export const isOutputLimit = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
