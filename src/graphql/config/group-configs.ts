import { Group } from '../group/group-type.ts'
import { interfaceField } from '../schema-part.ts'
import { ConfigEntry } from './config-entry-type.ts'
import { configsOf, selectionArguments } from './configs-of.ts'

/** `Group.configs`. */
export const groupConfigs = interfaceField(Group, 'configs', t =>
  t.field({
    description:
      'The settings of this group, sorted by name, such as `consumer.session.timeout.ms`: what the brokers use in place of their own defaults. Groups of the classic protocol are set by their members instead. Null, with an error beside it, when they cannot be read.',
    type: [ConfigEntry],
    nullable: true,
    args: selectionArguments(t.arg),
    resolve: ({ groupId }, selection, context) => configsOf({ type: 'GROUP', name: groupId }, selection, context),
  }),
)
