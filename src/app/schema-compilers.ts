import { compileAvro } from '../payloads/avro/compile-avro.ts'
import { compileProtobuf } from '../payloads/protobuf/compile-protobuf.ts'
import type { Compilers } from '../payloads/registry/cache/codec-cache.ts'
import { SchemaProblem } from '../payloads/schema-codec.ts'

const unread = (): never => {
  throw new SchemaProblem('this server does not read the language of the schema yet')
}

/** How schemas of each language are compiled. */
export const schemaCompilers: Compilers = { AVRO: compileAvro, PROTOBUF: compileProtobuf, JSON: unread }
