import { checkTextArgument } from '../failures.ts'
import { queryField } from '../schema-part.ts'
import { ConfigEntry } from './config-entry-type.ts'
import { ConfigResourceInput } from './config-resource-input.ts'
import { configsOf, selectionArguments } from './configs-of.ts'

/** `Query.configs`. */
export const configsQuery = queryField('configs', t =>
  t.field({
    description:
      'The settings of any resource, sorted by name, as `kafka-configs --describe --all` shows them: also of what is no field of its own here, such as the default for all brokers (BROKER with the name "") and client metrics subscriptions. Null, with Kafka’s error beside it, when they cannot be read.',
    type: [ConfigEntry],
    nullable: true,
    args: {
      resource: t.arg({ type: ConfigResourceInput, required: true, description: 'Whose settings.' }),
      ...selectionArguments(t.arg),
      onlyOverrides: t.arg.boolean({
        defaultValue: false,
        description: 'Only what was set on this resource itself, not what it takes from elsewhere.',
      }),
    },
    resolve: (_, { resource, ...selection }, context) => {
      checkTextArgument('resource.name', resource.name)
      return configsOf(resource, selection, context)
    },
  }),
)
