import type { AlterConfigOp, AlterConfigOpType } from '../../../kafka/ports/config-admin.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { WireConfigResource } from './config-resource.ts'

/** The ops for one resource. */
export interface WireConfigChange {
  readonly resource: WireConfigResource
  readonly ops: readonly AlterConfigOp[]
}

/** The result of one resource. */
export interface AlterConfigsResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly type: number
  readonly name: string
}

const OP_NUMBERS: Readonly<Record<AlterConfigOpType, number>> = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 }

const readResult = (reader: ByteReader): AlterConfigsResult => {
  const result = {
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
    type: reader.int8(),
    name: reader.compactString() ?? '',
  }
  reader.skipTags()
  return result
}

/** IncrementalAlterConfigs v1 (Kafka 2.4 and newer). Unlike AlterConfigs it keeps configs that it does not name. */
export const incrementalAlterConfigsRequest = (
  changes: readonly WireConfigChange[],
  validateOnly: boolean,
): ApiRequest<readonly AlterConfigsResult[]> => ({
  apiKey: 44,
  apiName: 'IncrementalAlterConfigs',
  apiVersion: 1,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(changes, ({ resource, ops }) => {
      writer.int8(resource.type).compactString(resource.name)
      writer.compactArray(ops, ({ name, op, value }) =>
        writer.compactString(name).int8(OP_NUMBERS[op]).compactString(value).noTags(),
      )
      writer.noTags()
    })
    writer.boolean(validateOnly).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readResult(reader))
  },
})
