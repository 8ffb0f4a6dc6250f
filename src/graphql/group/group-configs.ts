import { ConfigEntry } from '../config/config-entry-type.ts'
import { configsOf, selectionArguments } from '../config/configs-of.ts'
import { interfaceField } from '../core/schema-part.ts'
import { Group } from './group-type.ts'

/** `Group.configs`. */
export const groupConfigs = interfaceField(Group, 'configs', t =>
  t.field({
    description:
      'The settings of this group, sorted by name, such as `consumer.session.timeout.ms`. They override the brokers’ defaults. A group of the classic protocol gets such settings from its members instead. Null with an error if they cannot be read.',
    type: [ConfigEntry],
    nullable: true,
    args: selectionArguments(t.arg),
    resolve: ({ groupId }, selection, context) => configsOf({ type: 'GROUP', name: groupId }, selection, context),
  }),
)
