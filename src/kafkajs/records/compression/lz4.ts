import { compressFrame, decompressFrame } from 'lz4-napi'
import { type Codec, corrupt, tooLarge } from './codec.ts'
import { lz4FrameEnd } from './lz4-frame.ts'

/** LZ4 frames with independent blocks, as Kafka's Java client writes them. Its reader accepts no others. */
export const lz4: Codec = {
  compress: bytes => compressFrame(bytes),
  async decompress(bytes, maxBytes) {
    // The library has no limit, so the frame is measured first, and only that frame is decompressed.
    const end = lz4FrameEnd(bytes, maxBytes)
    const output = await decompressFrame(bytes.subarray(0, end)).catch(error => {
      throw corrupt('bad lz4 data', error)
    })
    if (output.length > maxBytes) throw tooLarge(maxBytes)
    return output
  },
}
