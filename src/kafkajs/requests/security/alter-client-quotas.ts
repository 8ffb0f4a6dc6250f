import type { QuotaAlteration } from '../../../kafka/security.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import { readQuotaEntity, type WireQuotaEntity } from './describe-client-quotas.ts'

/** The result of one entity. */
export interface AlterQuotaResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly entity: readonly WireQuotaEntity[]
}

interface QuotaOperation {
  readonly key: string
  readonly value: number
  readonly isRemoved: boolean
}

const operationsOf = ({ set, remove }: QuotaAlteration): readonly QuotaOperation[] => [
  ...set.map(({ key, value }) => ({ key, value, isRemoved: false })),
  ...remove.map(key => ({ key, value: 0, isRemoved: true })),
]

/** AlterClientQuotas v1 (Kafka 2.8 and newer). */
export const alterClientQuotasRequest = (
  alterations: readonly QuotaAlteration[],
  validateOnly: boolean,
): ApiRequest<readonly AlterQuotaResult[]> => ({
  apiKey: 49,
  apiName: 'AlterClientQuotas',
  apiVersion: 1,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(alterations, alteration => {
      writer.compactArray(alteration.entity, ({ type, name }) =>
        writer.compactString(type).compactString(name).noTags(),
      )
      writer.compactArray(operationsOf(alteration), ({ key, value, isRemoved }) =>
        writer.compactString(key).float64(value).boolean(isRemoved).noTags(),
      )
      writer.noTags()
    })
    writer.boolean(validateOnly).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => {
      const result = {
        errorCode: reader.int16(),
        errorMessage: reader.compactString(),
        entity: readQuotaEntity(reader),
      }
      reader.skipTags()
      return result
    })
  },
})
