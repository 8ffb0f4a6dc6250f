import type { ConfigEntry as ConfigEntryShape, ConfigResource } from '../../kafka/cluster.ts'
import { asKafkaError, isFailure, KafkaError } from '../../kafka/errors/kafka-error.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import type { AlterConfigOp } from '../../kafka/ports/config-admin.ts'
import { textProblem } from '../../kafka/text.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput } from '../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { settleAll } from '../core/outcomes/outcomes.ts'
import { enumType, inputType, mutationField, objectRef, parts } from '../core/schema-part.ts'
import { ConfigEntry } from './config-entry-type.ts'
import { opProblems, withOp } from './config-op-problems.ts'
import { ConfigResourceInput } from './config-resource-input.ts'
import { configsOf } from './configs-of.ts'
import { plannedConfig } from './planned-configs.ts'

const AlterConfigOpTypeEnum = enumType('AlterConfigOpType', {
  description: 'How to change a config.',
  values: {
    SET: { description: 'Sets this value.' },
    DELETE: { description: 'Removes the value set on this resource, so that the default applies again.' },
    APPEND: { description: 'Adds these entries to a list, such as "compact" to `cleanup.policy`.' },
    SUBTRACT: { description: 'Removes these entries from a list.' },
  } as const,
})

const AlterConfigOpInput = inputType('AlterConfigOpInput', {
  description: 'A change of one config.',
  fields: t => ({
    op: t.field({ type: AlterConfigOpTypeEnum, required: true, description: 'How to change it.' }),
    name: t.string({ required: true, description: 'Its name, such as `retention.ms`.' }),
    value: t.string({
      description:
        'The value as text. APPEND and SUBTRACT take list entries separated by commas; DELETE takes no value.',
    }),
  }),
})

interface AlterConfigsShape {
  readonly errors: readonly FailureShape[]
  readonly resource: ConfigResource
  /** Empty if the ops were refused. */
  readonly ops: readonly AlterConfigOp[]
  readonly validateOnly: boolean
}

/** Includes synonyms: they give the fallback of each config and cost no extra request. */
const configsAfter = async (
  { resource, ops, validateOnly }: AlterConfigsShape,
  context: GraphQLContext,
): Promise<readonly ConfigEntryShape[]> => {
  if (ops.length === 0) return []
  const entries = await configsOf(resource, { names: ops.map(({ name }) => name), includeSynonyms: true }, context)
  return ops.flatMap(op => {
    const entry = validateOnly ? plannedConfig(resource, op, entries) : entries.find(({ name }) => name === op.name)
    return entry ?? []
  })
}

const AlterConfigsPayload = objectRef<AlterConfigsShape>('AlterConfigsPayload').implement({
  description: 'The result of `incrementalAlterConfigs`.',
  interfaces: [MutationPayload],
  fields: t => ({
    configs: t.field({
      description:
        'The configs that the request names, in its order, with their new values and synonyms. With `validateOnly`, the values they would have; a deleted config is left out if Kafka does not report its default in advance, such as `retention.ms`. Empty if the change was refused. Null with an error if the change was made but the configs cannot be read.',
      type: [ConfigEntry],
      nullable: true,
      resolve: (payload, _, context) => configsAfter(payload, context),
    }),
  }),
})

const alterConfigs = async (
  resource: ConfigResource,
  ops: readonly AlterConfigOp[],
  validateOnly: boolean,
  { ports, call, loaders }: GraphQLContext,
): Promise<AlterConfigsShape> => {
  const refused = (errors: readonly FailureShape[]) => ({ errors, resource, ops: [], validateOnly })
  const nameProblem = textProblem('the name of a resource', resource.name)
  if (nameProblem !== null)
    return refused([{ error: new KafkaError('INVALID_REQUEST', nameProblem), path: ['resource'] }])
  const problems = opProblems(ops)
  if (problems.length > 0) return refused(problems)
  const [outcome] = await settleAll([resource], {
    prepare: one => one,
    send: resources =>
      Promise.all(
        resources.map(one =>
          ports.configAdmin.incrementalAlterConfigs(uninterrupted(call), one, ops, { validateOnly }),
        ),
      ),
  })
  loaders.forget()
  if (outcome === undefined || isFailure(outcome)) return refused([withOp(asKafkaError(outcome), ops)])
  return { errors: [], resource, ops, validateOnly }
}

const incrementalAlterConfigsMutation = mutationField('incrementalAlterConfigs', t =>
  t.field({
    description:
      'Changes configs of a topic, broker, group or other resource, as `kafka-configs --alter --add-config --delete-config` does. Configs that you do not name keep their values. Kafka applies all ops or none: an invalid value is refused with INVALID_CONFIG. After the response every broker returns the new values.',
    type: AlterConfigsPayload,
    args: {
      resource: t.arg({
        type: ConfigResourceInput,
        required: true,
        description: 'The resource whose configs to change.',
      }),
      ops: t.arg({ type: [AlterConfigOpInput], required: true, description: 'The changes, at most one per config.' }),
      validateOnly: t.arg.boolean({
        defaultValue: false,
        description: 'Only check the request and return the values it would set; change nothing.',
      }),
    },
    resolve: (_, { resource, ops, validateOnly }, context) => {
      const { max } = context.limits.page
      if (ops.length === 0) throw badInput('ops', 'is empty: name at least one config to change.')
      if (ops.length > max) throw badInput('ops', `takes at most ${max} changes, this request has ${ops.length}.`)
      const plain = ops.map(({ op, name, value }) => ({ op, name, value: value ?? null }))
      return alterConfigs(resource, plain, validateOnly ?? false, context)
    },
  }),
)

/** What this file adds to a schema. */
export const alterConfigsParts = parts(
  AlterConfigOpTypeEnum,
  AlterConfigOpInput,
  AlterConfigsPayload,
  incrementalAlterConfigsMutation,
)
