import type { Format } from './format.ts'
import { decodedScalar } from './format.ts'

/** Any bytes, in base64. */
export const readBytes: Format = (bytes, path) => decodedScalar(bytes.toString('base64'), path)
