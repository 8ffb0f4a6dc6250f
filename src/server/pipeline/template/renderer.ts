/** The most bytes that are rendered at once. Divisible by 3, so that a longer payload can become base64 in parts. */
export const MOST_AT_ONCE = 49_152
/** Where results begin. The source is before it. */
export const RESULTS = 65_536
/** The memory of a renderer. */
export const MEMORY_BYTES = 1_310_720
/** A rendering may write this many bytes beyond its end. */
export const BEYOND_END = 32

/**
 * Renders bytes as the inside of a JSON string, at most MOST_AT_ONCE, within one memory: from its start to a place from RESULTS on.
 * Each method returns the end of the result, and may write BEYOND_END bytes more.
 */
export interface Renderer {
  readonly memory: Buffer
  /** Negative when a byte is not ASCII: the caller then checks that the bytes are UTF-8. */
  text(length: number, to: number): number
  hex(length: number, to: number): number
  base64(length: number, to: number): number
}
