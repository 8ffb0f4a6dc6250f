import type { ConfigEntry, ConfigResource } from '../../kafka/cluster.ts'
import { ownConfigSource } from '../../kafka/config-source.ts'
import type { ArgumentBuilder } from '../core/builder.ts'
import type { GraphQLContext } from '../core/context.ts'
import { setOf } from '../core/set-of.ts'

/** Which configs of a resource to load, and with which details. */
export interface ConfigsArguments {
  readonly names?: readonly string[] | null | undefined
  readonly includeSynonyms?: boolean | null | undefined
  readonly includeDocumentation?: boolean | null | undefined
  readonly onlyOverrides?: boolean | null | undefined
}

/** The arguments of every field that returns configs. */
export const selectionArguments = (arg: ArgumentBuilder) => ({
  names: arg.stringList({ description: 'Only the configs with these names. Default: all.' }),
  includeSynonyms: arg.boolean({ defaultValue: false, description: 'Include all places that set each config.' }),
  includeDocumentation: arg.boolean({
    defaultValue: false,
    description: 'Include Kafka’s documentation of each config.',
  }),
})

/** The selected configs of a resource. @throws GraphQLError when they cannot be read. */
export const configsOf = async (
  resource: ConfigResource,
  { names, includeSynonyms, includeDocumentation, onlyOverrides }: ConfigsArguments,
  { loaders }: GraphQLContext,
): Promise<readonly ConfigEntry[]> => {
  const entries = await loaders.configs(resource, {
    includeSynonyms: includeSynonyms ?? false,
    includeDocumentation: includeDocumentation ?? false,
  })
  return entries
    .filter(({ name }) => !names || setOf(names).has(name))
    .filter(({ source }) => !onlyOverrides || source === ownConfigSource(resource))
}
