import type { ConfigEntry, ConfigResource } from '../../kafka/cluster.ts'
import { ownConfigSource } from '../../kafka/config-source.ts'
import type { ArgumentBuilder } from '../builder.ts'
import type { GraphQLContext } from '../context.ts'
import { setOf } from '../set-of.ts'

/** Which configs of a resource, and how much about each. */
export interface ConfigsArguments {
  readonly names?: readonly string[] | null | undefined
  readonly includeSynonyms?: boolean | null | undefined
  readonly includeDocumentation?: boolean | null | undefined
  readonly onlyOverrides?: boolean | null | undefined
}

/** The arguments of every field that tells configs. */
export const selectionArguments = (arg: ArgumentBuilder) => ({
  names: arg.stringList({ description: 'Only the configs with these names; all when left out.' }),
  includeSynonyms: arg.boolean({
    defaultValue: false,
    description: 'Whether to tell all places that set each config.',
  }),
  includeDocumentation: arg.boolean({
    defaultValue: false,
    description: 'Whether to tell Kafka’s explanation of each.',
  }),
})

/** The configs of a resource that are asked for. @throws GraphQLError when they cannot be read. */
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
