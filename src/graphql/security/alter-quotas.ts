import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { type Call, uninterrupted } from '../../kafka/ports/call.ts'
import type { SecurityAdmin } from '../../kafka/ports/security-admin.ts'
import type { ClientQuota as ClientQuotaShape, QuotaEntity } from '../../kafka/security.ts'
import { shown } from '../../kafka/text.ts'
import { badInput, translating } from '../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField, objectRef, parts } from '../core/schema-part.ts'
import { alterationOf, ClientQuotaAlterationInput } from './quota-inputs.ts'
import { ClientQuota } from './quota-type.ts'

interface QuotasShape {
  readonly errors: readonly FailureShape[]
  readonly altered: readonly (readonly QuotaEntity[])[]
}

const keyOf = (entity: readonly QuotaEntity[]): string =>
  entity
    .map(({ type, name }) => JSON.stringify([type, name]))
    .sort()
    .join()

const nameOf = (entity: readonly QuotaEntity[]): string =>
  entity.map(({ type, name }) => `${type} ${name === null ? '(default)' : shown(name)}`).join(', ')

/** One request per combination of types, seven at most, however many entities there are. */
const quotasOf = async (
  call: Call,
  security: SecurityAdmin,
  entities: readonly (readonly QuotaEntity[])[],
): Promise<readonly ClientQuotaShape[]> => {
  const combinations = new Map(
    entities.map(entity => {
      const types = entity.map(({ type }) => type).sort()
      return [types.join(' '), types.map(type => ({ type }))]
    }),
  )
  const described = await Promise.all(
    [...combinations.values()].map(components => security.describeClientQuotas(call, { components, isStrict: true })),
  )
  const wanted = new Set(entities.map(keyOf))
  return described.flat().filter(({ entity }) => wanted.has(keyOf(entity)))
}

const QuotasPayload = objectRef<QuotasShape>('QuotasPayload').implement({
  description: 'The result of `alterClientQuotas`.',
  interfaces: [MutationPayload],
  fields: t => ({
    quotas: t.field({
      description:
        'The new quotas of the changed entities. An entity without any quota left is left out. Null with an error if they cannot be read.',
      type: [ClientQuota],
      nullable: true,
      resolve: ({ altered }, _, { ports, call }) =>
        translating(() => quotasOf(uninterrupted(call), ports.security, altered)),
    }),
  }),
})

const alterClientQuotasMutation = mutationField('alterClientQuotas', t =>
  t.field({
    description:
      'Sets and removes limits of users, clients and addresses, as `kafka-configs --alter` does. When the response arrives, the limits are in effect on every broker.',
    type: QuotasPayload,
    args: {
      entries: t.arg({
        type: [ClientQuotaAlterationInput],
        required: true,
        description: 'The changes, at most one per entity.',
      }),
      validateOnly: t.arg.boolean({
        defaultValue: false,
        description: 'Only check the request; change nothing.',
      }),
    },
    resolve: async (_, { entries, validateOnly }, { ports, call, loaders, limits }) => {
      const { max } = limits.page
      if (entries.length > max)
        throw badInput('entries', `takes at most ${max} items, this request has ${entries.length}.`)
      const seen = new Set<string>()
      const outcomes = await settleAll(entries, {
        prepare: entry => {
          const alteration = alterationOf(entry)
          if (new Set(alteration.entity.map(({ type }) => type)).size < alteration.entity.length)
            throw new KafkaError('INVALID_REQUEST', 'An entity takes each type (USER, CLIENT_ID, IP) at most once.')
          const key = keyOf(alteration.entity)
          if (seen.has(key))
            throw new KafkaError(
              'INVALID_REQUEST',
              `${nameOf(alteration.entity)} is named more than once in this request.`,
            )
          seen.add(key)
          return alteration
        },
        send: wanted =>
          ports.security.alterClientQuotas(uninterrupted(call), wanted, { validateOnly: validateOnly ?? false }),
      })
      loaders.forget()
      return {
        errors: failuresOf(outcomes, ['entries']),
        altered: resultsOf(outcomes).filter(entity => entity !== null),
      }
    },
  }),
)

/** What this file adds to a schema. */
export const alterQuotasParts = parts(QuotasPayload, alterClientQuotasMutation)
