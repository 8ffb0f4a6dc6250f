import type { Codec } from './codec.ts'
import { zstdNative } from './zstd-native.ts'
import { zstdWasm } from './zstd-wasm.ts'

/** Zstandard: Node's own where it has one, else WASM. */
export const zstd: Codec = zstdNative ?? zstdWasm
