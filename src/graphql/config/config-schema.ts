import type { FolderParts } from '../schema-part.ts'
import { alterConfigsParts } from './alter-configs.ts'
import { configEntryParts } from './config-entry-type.ts'
import { configEnumsParts } from './config-enums.ts'
import { configResourceInputParts } from './config-resource-input.ts'
import { configResourcesQueryParts } from './config-resources-query.ts'
import { configsQuery } from './configs-query.ts'
import { groupConfigs } from './group-configs.ts'
import { resourceConfigsParts } from './resource-configs.ts'

/** What the schema says of configs. */
export const configSchema: FolderParts = {
  reads: [
    configEntryParts,
    configEnumsParts,
    configResourceInputParts,
    configResourcesQueryParts,
    configsQuery,
    groupConfigs,
    resourceConfigsParts,
  ],
  writes: [alterConfigsParts],
}
