import type {
  ClientQuota as ClientQuotaShape,
  QuotaEntity as QuotaEntityShape,
  QuotaValue as QuotaValueShape,
} from '../../kafka/security.ts'
import type { ListOrder } from '../core/paging/connection.ts'
import { enumType, objectRef, parts } from '../core/schema-part.ts'

/** The types of entities with quotas, with Kafka's own names. */
export const QuotaEntityTypeEnum = enumType('QuotaEntityType', {
  description: 'The type of an entity that a quota applies to.',
  values: {
    USER: { value: 'user', description: 'A user, by login name.' },
    CLIENT_ID: { value: 'client-id', description: 'Clients with this `client.id`.' },
    IP: { value: 'ip', description: 'The address of clients.' },
  } as const,
})

const QuotaEntity = objectRef<QuotaEntityShape>('QuotaEntity').implement({
  description: 'One part of the entity that a quota applies to.',
  fields: t => ({
    type: t.expose('type', { description: 'The type of the entity.', type: QuotaEntityTypeEnum }),
    name: t.exposeString('name', {
      description: 'Its name. Null means the default: all entities of the type without a quota of their own.',
      nullable: true,
    }),
  }),
})

const QuotaValue = objectRef<QuotaValueShape>('QuotaValue').implement({
  description: 'One limit.',
  fields: t => ({
    key: t.exposeString('key', {
      description:
        'The limit’s key: `producer_byte_rate`, `consumer_byte_rate`, `request_percentage`, `controller_mutation_rate`, or for addresses `connection_creation_rate`.',
    }),
    value: t.exposeFloat('value', {
      description: 'The limit per second, in bytes, per cent of a thread, mutations or connections.',
    }),
  }),
})

export const ClientQuota = objectRef<ClientQuotaShape>('ClientQuota').implement({
  description:
    'How much a user, a client or an address may use before the brokers slow it down. Each broker applies the limit separately, so the cluster allows the limit once per broker.',
  fields: t => ({
    entity: t.expose('entity', {
      description: 'The entity: a user, a client id, a user together with a client id, or an address.',
      type: [QuotaEntity],
    }),
    values: t.expose('values', { description: 'The limits, sorted by key.', type: [QuotaValue] }),
  }),
})

/** One to three parts of an entity, each with its type, whether it has a name, and the name. */
const PART = ['string', 'number', 'string'] as const

/** The only order of quotas. The default entity of a type sorts before named ones. */
export const quotaOrder: ListOrder<ClientQuotaShape> = {
  list: 'clientQuotas',
  direction: 'ASC',
  shapes: [PART, [...PART, ...PART], [...PART, ...PART, ...PART]],
  keyOf: ({ entity }) => entity.flatMap(({ type, name }) => [type, name === null ? 0 : 1, name ?? '']),
}

/** What this file adds to a schema. */
export const quotaParts = parts(QuotaEntityTypeEnum, QuotaEntity, QuotaValue, ClientQuota)
