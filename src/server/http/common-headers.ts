import type { ServerResponse } from 'node:http'
import { applyCors } from './cors.ts'

const ALWAYS: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
]
const OF_OURS: readonly string[] = [...ALWAYS.flat(), 'Vary', 'Origin']

/**
 * Headers of every response, as alternating names and values. The page at the allowed `crossOrigin` may read the
 * response.
 */
export const commonHeaders = (crossOrigin: string | null): readonly string[] =>
  crossOrigin === null ? OF_OURS : [...OF_OURS, 'Access-Control-Allow-Origin', crossOrigin]

/** Sets the headers of every response. */
export const setCommonHeaders = (response: ServerResponse, crossOrigin: string | null): void => {
  for (const [name, value] of ALWAYS) response.setHeader(name, value)
  applyCors(response, crossOrigin)
}
