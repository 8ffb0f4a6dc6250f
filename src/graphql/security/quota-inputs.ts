import { KafkaError } from '../../kafka/kafka-error.ts'
import type { QuotaAlteration, QuotaEntity, QuotaFilter, QuotaFilterComponent } from '../../kafka/security.ts'
import { checkText } from '../../kafka/text.ts'
import { badInput, checkTextArgument } from '../failures.ts'
import { refuseDuplicates } from '../outcomes.ts'
import { inputType, parts } from '../schema-part.ts'
import { QuotaEntityTypeEnum } from './quota-type.ts'

// A flag of its own for the default entity: clients and code generators send null and leave out as they like.
const QuotaEntityInput = inputType('QuotaEntityInput', {
  description:
    'A part of whom a quota is for: a name, or with `isDefault` everybody of the type without a quota of their own.',
  fields: t => ({
    type: t.field({ type: QuotaEntityTypeEnum, required: true, description: 'What it is.' }),
    name: t.string({
      description: 'Its name. Left out with `isDefault`; in a filter, left out means any of the type.',
    }),
    isDefault: t.boolean({
      defaultValue: false,
      description: 'Whether the default is meant: everybody of the type who has no quota of their own.',
    }),
  }),
})

/** Which quotas to list. */
export const ClientQuotaFilterInput = inputType('ClientQuotaFilterInput', {
  description: 'Which quotas to list: those of entities that have every part that is given here.',
  fields: t => ({
    entity: t.field({
      type: [QuotaEntityInput],
      description:
        'The parts, each type at most once: by name, the default one, or any of the type when neither is given.',
    }),
    strict: t.boolean({
      defaultValue: false,
      description:
        'Whether entities that have further parts are left out, such as those of a user together with a client id.',
    }),
  }),
})

const QuotaValueInput = inputType('QuotaValueInput', {
  description: 'A limit to set.',
  fields: t => ({
    key: t.string({ required: true, description: 'What is limited, such as `producer_byte_rate`.' }),
    value: t.float({ required: true, description: 'The limit.' }),
  }),
})

/** Limits of one entity to change. */
export const ClientQuotaAlterationInput = inputType('ClientQuotaAlterationInput', {
  description: 'Limits of one entity to set and to take away; limits that are not named stay as they are.',
  fields: t => ({
    entity: t.field({
      type: [QuotaEntityInput],
      required: true,
      description: 'Whom they are for: a user, a client id, both together, or an address.',
    }),
    set: t.field({ type: [QuotaValueInput], description: 'Limits to set.' }),
    remove: t.stringList({ description: 'Keys of limits to take away.' }),
  }),
})

type EntityInput = typeof QuotaEntityInput.$inferInput

const isBoth = ({ name, isDefault }: EntityInput): boolean => typeof name === 'string' && isDefault === true

const componentOf = ({ type, name, isDefault }: EntityInput): QuotaFilterComponent =>
  isDefault ? { type, name: null } : typeof name === 'string' ? { type, name } : { type }

/** The filter that an input stands for. @throws GraphQLError BAD_USER_INPUT. */
export const quotaFilterOf = (input: typeof ClientQuotaFilterInput.$inferInput | null | undefined): QuotaFilter => {
  const entity = input?.entity ?? []
  const both = entity.findIndex(isBoth)
  if (both >= 0) throw badInput(`filter.entity[${both}]`, 'has a name and isDefault: give one of them.')
  if (new Set(entity.map(({ type }) => type)).size < entity.length) {
    throw badInput('filter.entity', 'names a type more than once: no entity has two parts of a type.')
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

/** Each limit is set or taken away once: of two changes Kafka would keep the last, and not say so. @throws KafkaError */
const checkKeys = (keys: readonly string[]): void => {
  const check = refuseDuplicates(keys)
  for (const key of keys) {
    checkText('the key of a limit', key)
    check(key)
  }
}

/** The change that an input stands for. @throws KafkaError INVALID_REQUEST when it is none. */
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
