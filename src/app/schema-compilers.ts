import { compileAvro } from '../payloads/avro/compile-avro.ts'
import { compileJsonSchema } from '../payloads/json-schema/compile-json-schema.ts'
import { compileProtobuf } from '../payloads/protobuf/compile-protobuf.ts'
import type { Compilers } from '../payloads/registry/cache/codec-cache.ts'

/** How schemas of each language are compiled. */
export const schemaCompilers: Compilers = { AVRO: compileAvro, PROTOBUF: compileProtobuf, JSON: compileJsonSchema }
