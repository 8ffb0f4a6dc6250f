import { alterConfigsParts } from '../config/alter-configs.ts'
import { configEntryParts } from '../config/config-entry-type.ts'
import { configEnumsParts } from '../config/config-enums.ts'
import { configResourceInputParts } from '../config/config-resource-input.ts'
import { configResourcesQueryParts } from '../config/config-resources-query.ts'
import { configsQuery } from '../config/configs-query.ts'
import type { FolderParts } from '../core/schema-part.ts'
import { groupConfigs } from '../group/group-configs.ts'
import { resourceConfigsParts } from '../topic/resource-configs.ts'

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
