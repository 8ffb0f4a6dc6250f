import type { Codec } from './codec.ts'
import { zstdNative } from './zstd-native.ts'
import { zstdWasm } from './zstd-wasm.ts'

/** Zstandard: Node's own implementation if available, otherwise WASM. */
export const zstd: Codec = zstdNative ?? zstdWasm
