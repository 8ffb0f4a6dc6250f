import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { QuotaAlteration, QuotaEntity, QuotaFilter, QuotaFilterComponent } from '../../kafka/security.ts'
import { checkText } from '../../kafka/text.ts'
import { badInput, checkTextArgument } from '../core/errors/failures.ts'
import { refuseDuplicates } from '../core/outcomes/outcomes.ts'
import { inputType, parts } from '../core/schema-part.ts'
import { QuotaEntityTypeEnum } from './quota-type.ts'

// A separate flag for the default entity, because clients and code generators treat null and an omitted field alike.
const QuotaEntityInput = inputType('QuotaEntityInput', {
  description:
    'One part of the entity that a quota applies to: a name, or with `isDefault` all entities of the type without a quota of their own.',
  fields: t => ({
    type: t.field({ type: QuotaEntityTypeEnum, required: true, description: 'The type of the entity.' }),
    name: t.string({
      description: 'Its name. Omit it with `isDefault`. In a filter, an omitted name matches any name of the type.',
    }),
    isDefault: t.boolean({
      defaultValue: false,
      description: 'Whether to use the default: all entities of the type without a quota of their own.',
    }),
  }),
})

export const ClientQuotaFilterInput = inputType('ClientQuotaFilterInput', {
  description: 'Selects quotas: those of entities that have every given part.',
  fields: t => ({
    entity: t.field({
      type: [QuotaEntityInput],
      description: 'The parts, each type at most once: by name, the default, or any of the type if neither is given.',
    }),
    strict: t.boolean({
      defaultValue: false,
      description: 'Whether to leave out entities with further parts, such as a user together with a client id.',
    }),
  }),
})

const QuotaValueInput = inputType('QuotaValueInput', {
  description: 'A limit to set.',
  fields: t => ({
    key: t.string({ required: true, description: 'The limit’s key, such as `producer_byte_rate`.' }),
    value: t.float({ required: true, description: 'The limit.' }),
  }),
})

export const ClientQuotaAlterationInput = inputType('ClientQuotaAlterationInput', {
  description: 'Limits of one entity to set and to remove. Limits that are not named keep their values.',
  fields: t => ({
    entity: t.field({
      type: [QuotaEntityInput],
      required: true,
      description: 'The entity: a user, a client id, both together, or an address.',
    }),
    set: t.field({ type: [QuotaValueInput], description: 'Limits to set.' }),
    remove: t.stringList({ description: 'Keys of limits to remove.' }),
  }),
})

type EntityInput = typeof QuotaEntityInput.$inferInput

const isBoth = ({ name, isDefault }: EntityInput): boolean => typeof name === 'string' && isDefault === true

const componentOf = ({ type, name, isDefault }: EntityInput): QuotaFilterComponent =>
  isDefault ? { type, name: null } : typeof name === 'string' ? { type, name } : { type }

/** The filter for an input. @throws GraphQLError BAD_USER_INPUT. */
export const quotaFilterOf = (input: typeof ClientQuotaFilterInput.$inferInput | null | undefined): QuotaFilter => {
  const entity = input?.entity ?? []
  const both = entity.findIndex(isBoth)
  if (both >= 0) throw badInput(`filter.entity[${both}]`, 'has a name and isDefault: give one of them.')
  if (new Set(entity.map(({ type }) => type)).size < entity.length) {
    throw badInput('filter.entity', 'contains a type more than once: an entity has at most one part of each type.')
  }
  for (const [index, { name }] of entity.entries()) checkTextArgument(`filter.entity[${index}].name`, name ?? '')
  return { components: entity.map(componentOf), isStrict: input?.strict ?? false }
}

const entityOf = (input: EntityInput): QuotaEntity => {
  const { type, name, isDefault } = input
  if (isBoth(input) || (typeof name !== 'string' && !isDefault))
    throw new KafkaError('INVALID_REQUEST', 'Each part of an entity needs either a name or isDefault.')
  checkText('the name of an entity', name ?? '')
  return { type, name: name ?? null }
}

/** Checks that each limit is set or removed only once: of two changes Kafka silently keeps the last. @throws KafkaError */
const checkKeys = (keys: readonly string[]): void => {
  const check = refuseDuplicates(keys)
  for (const key of keys) {
    checkText('the key of a limit', key)
    check(key)
  }
}

/** The change for an input. @throws KafkaError INVALID_REQUEST for an invalid one. */
export const alterationOf = ({
  entity,
  set,
  remove,
}: typeof ClientQuotaAlterationInput.$inferInput): QuotaAlteration => {
  checkKeys([...(set ?? []).map(({ key }) => key), ...(remove ?? [])])
  return { entity: entity.map(entityOf), set: set ?? [], remove: remove ?? [] }
}

/** The inputs of queries. */
export const quotaFilterInputs = parts(QuotaEntityInput, ClientQuotaFilterInput)

/** The inputs of mutations. */
export const quotaAlterationInputs = parts(QuotaValueInput, ClientQuotaAlterationInput)
