import { checkTextArgument } from '../core/errors/failures.ts'
import { queryField } from '../core/schema-part.ts'
import { ConfigEntry } from './config-entry-type.ts'
import { ConfigResourceInput } from './config-resource-input.ts'
import { configsOf, selectionArguments } from './configs-of.ts'

/** `Query.configs`. */
export const configsQuery = queryField('configs', t =>
  t.field({
    description:
      'The settings of any resource, sorted by name, as `kafka-configs --describe --all` shows them. Use it for resources that have no field of their own here: the default for all brokers (BROKER with the name "") and client metrics subscriptions. Null with Kafka’s error if they cannot be read.',
    type: [ConfigEntry],
    nullable: true,
    args: {
      resource: t.arg({
        type: ConfigResourceInput,
        required: true,
        description: 'The resource whose settings to return.',
      }),
      ...selectionArguments(t.arg),
      onlyOverrides: t.arg.boolean({
        defaultValue: false,
        description: 'Only settings made on this resource itself, without inherited ones.',
      }),
    },
    resolve: (_, { resource, ...selection }, context) => {
      checkTextArgument('resource.name', resource.name)
      return configsOf(resource, selection, context)
    },
  }),
)
