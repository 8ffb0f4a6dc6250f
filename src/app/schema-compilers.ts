import type { Compilers } from '../payloads/registry/cache/codec-cache.ts'
import { SchemaProblem } from '../payloads/schema-codec.ts'

const unread = (): never => {
  throw new SchemaProblem('this server does not read the language of the schema yet')
}

/** How schemas of each language are compiled. */
export const schemaCompilers: Compilers = { AVRO: unread, PROTOBUF: unread, JSON: unread }
