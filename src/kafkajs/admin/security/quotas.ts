import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { SecurityAdmin } from '../../../kafka/ports/security-admin.ts'
import {
  type ClientQuota,
  QUOTA_ENTITY_TYPES,
  type QuotaAlteration,
  type QuotaEntity,
} from '../../../kafka/security.ts'
import { type AlterQuotaResult, alterClientQuotasRequest } from '../../requests/security/alter-client-quotas.ts'
import {
  type DescribedQuotas,
  describeClientQuotasRequest,
  type WireQuota,
  type WireQuotaEntity,
} from '../../requests/security/describe-client-quotas.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { sendChange } from '../change/send-change.ts'
import { ask, errorOf } from './ask.ts'
import type { SecurityLimits } from './security-limits.ts'
import { untilEveryBroker } from './until-every-broker.ts'

type Quotas = Pick<SecurityAdmin, 'describeClientQuotas' | 'alterClientQuotas'>

const ENTITY_TYPES: readonly string[] = QUOTA_ENTITY_TYPES
const rankOf = (type: string): number => ENTITY_TYPES.indexOf(type)

/** Kafka returns the components of an entity in no particular order. */
const ordered = (entity: readonly WireQuotaEntity[]): readonly WireQuotaEntity[] =>
  [...entity].sort((one, other) => rankOf(one.type) - rankOf(other.type))

/** A key that does not depend on the order of components. Also the sort key of entities. */
const keyOf = (entity: readonly WireQuotaEntity[]): string =>
  JSON.stringify(ordered(entity).map(({ type, name }) => [rankOf(type), name]))

const quotaOf = ({ entity, values }: WireQuota): ClientQuota => ({
  entity: ordered(entity).flatMap(({ type, name }) =>
    QUOTA_ENTITY_TYPES.filter(known => known === type).map(known => ({ type: known, name })),
  ),
  values: [...values].sort((one, other) => (one.key < other.key ? -1 : 1)),
})

const byEntity = (one: ClientQuota, other: ClientQuota): number => (keyOf(one.entity) < keyOf(other.entity) ? -1 : 1)

const isAsAltered = ({ entity, set, remove }: QuotaAlteration, { quotas }: DescribedQuotas): boolean => {
  const values = quotas.find(quota => keyOf(quota.entity) === keyOf(entity))?.values ?? []
  const limitOf = (key: string) => values.find(one => one.key === key)?.value
  return set.every(({ key, value }) => limitOf(key) === value) && remove.every(key => limitOf(key) === undefined)
}

const outcomeOf = (
  { entity }: QuotaAlteration,
  results: ReadonlyMap<string, AlterQuotaResult>,
): Outcome<readonly QuotaEntity[]> => {
  const result = results.get(keyOf(entity))
  if (result === undefined)
    return new KafkaError('UNKNOWN_SERVER_ERROR', 'The response of Kafka does not contain this entity.')
  return result.errorCode === 0 ? entity : errorOf(result)
}

/** Reads and changes client quotas. */
export const createQuotas = (cluster: ClusterMap, { deadlineMs, propagationMs }: SecurityLimits): Quotas => ({
  describeClientQuotas: async (call, filter) => {
    const { quotas } = await ask(cluster, describeClientQuotasRequest(filter), boundsOf(call, deadlineMs))
    return quotas.map(quotaOf).sort(byEntity)
  },
  alterClientQuotas: async (call, alterations, { validateOnly = false } = {}) => {
    if (alterations.length === 0) return []
    const request = alterClientQuotasRequest(alterations, validateOnly)
    const results = await sendChange(cluster, { request: () => request, ...boundsOf(call, deadlineMs) })
    const byKey = new Map(results.map(result => [keyOf(result.entity), result]))
    const outcomes = alterations.map(alteration => outcomeOf(alteration, byKey))
    // Brokers learn of changes in order, so the last one suffices.
    const last = alterations.findLast(
      (_, index) => !isFailure(outcomes[index] ?? new KafkaError('UNKNOWN_SERVER_ERROR')),
    )
    if (last !== undefined && !validateOnly) {
      await untilEveryBroker(cluster, {
        request: describeClientQuotasRequest({ components: last.entity, isStrict: true }),
        isVisible: answer => answer.errorCode !== 0 || isAsAltered(last, answer),
        withinMs: leftMs(call, propagationMs),
        signal: call.signal,
      })
    }
    return outcomes
  },
})
