import type {
  ClientQuota as ClientQuotaShape,
  QuotaEntity as QuotaEntityShape,
  QuotaValue as QuotaValueShape,
} from '../../kafka/security.ts'
import type { ListOrder } from '../connection.ts'
import { enumType, objectRef, parts } from '../schema-part.ts'

/** The kinds of entities that quotas are for, by Kafka's words. */
export const QuotaEntityTypeEnum = enumType('QuotaEntityType', {
  description: 'What a quota can be for.',
  values: {
    USER: { value: 'user', description: 'A user, by the name that was logged in with.' },
    CLIENT_ID: { value: 'client-id', description: 'Clients that call themselves so (`client.id`).' },
    IP: { value: 'ip', description: 'An address from which clients connect.' },
  } as const,
})

const QuotaEntity = objectRef<QuotaEntityShape>('QuotaEntity').implement({
  description: 'A part of whom a quota is for.',
  fields: t => ({
    type: t.expose('type', { description: 'What it is.', type: QuotaEntityTypeEnum }),
    name: t.exposeString('name', {
      description: 'Its name. Null is the default: everybody of the type who has no quota of their own.',
      nullable: true,
    }),
  }),
})

const QuotaValue = objectRef<QuotaValueShape>('QuotaValue').implement({
  description: 'One limit.',
  fields: t => ({
    key: t.exposeString('key', {
      description:
        'What is limited: `producer_byte_rate`, `consumer_byte_rate`, `request_percentage`, `controller_mutation_rate`, or for addresses `connection_creation_rate`.',
    }),
    value: t.exposeFloat('value', {
      description: 'The limit: bytes, per cent of a thread, mutations or connections, a second.',
    }),
  }),
})

/** The limits of one entity. */
export const ClientQuota = objectRef<ClientQuotaShape>('ClientQuota').implement({
  description:
    'How much a user, a client or an address may use before the brokers slow it down. Every broker applies the limit by itself.',
  fields: t => ({
    entity: t.expose('entity', {
      description: 'Whom it is for: a user, a client id, a user together with a client id, or an address.',
      type: [QuotaEntity],
    }),
    values: t.expose('values', { description: 'The limits, sorted by key.', type: [QuotaValue] }),
  }),
})

/** Of one to three parts of an entity each: the type, whether it is named, and the name. */
const PART = ['string', 'number', 'string'] as const

/** The one order of quotas; the default entity of a type comes before those with names. */
export const quotaOrder: ListOrder<ClientQuotaShape> = {
  list: 'clientQuotas',
  direction: 'ASC',
  shapes: [PART, [...PART, ...PART], [...PART, ...PART, ...PART]],
  keyOf: ({ entity }) => entity.flatMap(({ type, name }) => [type, name === null ? 0 : 1, name ?? '']),
}

/** What this file adds to a schema. */
export const quotaParts = parts(QuotaEntityTypeEnum, QuotaEntity, QuotaValue, ClientQuota)
