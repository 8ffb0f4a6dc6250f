import type { QuotaFilter, QuotaFilterComponent } from '../../../kafka/security.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'

/** One component of an entity on the wire. A null name is the default entity. */
export interface WireQuotaEntity {
  readonly type: string
  readonly name: string | null
}

/** The limits of one entity. */
export interface WireQuota {
  readonly entity: readonly WireQuotaEntity[]
  readonly values: readonly { readonly key: string; readonly value: number }[]
}

/** The quotas that match a filter, or an error. */
export interface DescribedQuotas {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly quotas: readonly WireQuota[]
}

/** Reads the components of an entity; both quota requests use this order. */
export const readQuotaEntity = (reader: ByteReader): readonly WireQuotaEntity[] =>
  reader.compactArray(() => {
    const part = { type: reader.compactString() ?? '', name: reader.compactString() }
    reader.skipTags()
    return part
  })

const EXACT = 0
const DEFAULT = 1
const ANY = 2

const matchTypeOf = ({ name }: QuotaFilterComponent): number => {
  if (name === undefined) return ANY
  return name === null ? DEFAULT : EXACT
}

/** DescribeClientQuotas v1 (Kafka 2.8 and newer). Any broker answers it. */
export const describeClientQuotasRequest = ({ components, isStrict }: QuotaFilter): ApiRequest<DescribedQuotas> => ({
  apiKey: 48,
  apiName: 'DescribeClientQuotas',
  apiVersion: 1,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(components, component =>
      writer
        .compactString(component.type)
        .int8(matchTypeOf(component))
        .compactString(component.name ?? null)
        .noTags(),
    )
    writer.boolean(isStrict).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const errorCode = reader.int16()
    const errorMessage = reader.compactString()
    const quotas = reader.compactArray(() => {
      const entity = readQuotaEntity(reader)
      const values = reader.compactArray(() => {
        const value = { key: reader.compactString() ?? '', value: reader.float64() }
        reader.skipTags()
        return value
      })
      reader.skipTags()
      return { entity, values }
    })
    return { errorCode, errorMessage, quotas }
  },
})
