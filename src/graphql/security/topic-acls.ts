import DataLoader from 'dataloader'
import type { AclBinding as AclBindingShape, AclFilter } from '../../kafka/acls.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { builder } from '../builder.ts'
import { badInput, translating } from '../failures.ts'
import type { MakeShared } from '../loaders.ts'
import { Topic } from '../topic/topic-type.ts'
import { aclFilterOf } from './acl-inputs.ts'
import { AclBinding } from './acl-type.ts'

const concerns = (topic: TopicName, { resourceName, patternType }: AclBindingShape): boolean =>
  patternType === 'PREFIXED' ? topic.startsWith(resourceName) : resourceName === '*' || resourceName === topic

/** A request takes one filter: for one topic its own, for several topics one for all. */
const filterFor = ([topic, ...others]: readonly TopicName[]): AclFilter =>
  others.length === 0
    ? aclFilterOf({ resourceType: 'TOPIC', name: topic ?? null, patternType: 'MATCH' })
    : aclFilterOf({ resourceType: 'TOPIC' })

const topicAcls: MakeShared<DataLoader<TopicName, readonly AclBindingShape[]>> = ({ security }, options, schedule) =>
  new DataLoader<TopicName, readonly AclBindingShape[]>(
    topics =>
      translating(async () => {
        const acls = await security.describeAcls(filterFor(topics), options)
        return topics.map(topic => acls.filter(acl => concerns(topic, acl)))
      }),
    schedule,
  )

builder.objectField(Topic, 'acls', t =>
  t.field({
    description:
      'Every access control list entry that applies to this topic: by its name, by a prefix of it, or by `*`. Null with an error if they cannot be read; SECURITY_DISABLED means that the cluster has no authorizer.',
    type: [AclBinding],
    nullable: true,
    resolve: async ({ name, planned }, _, { loaders, limits }) => {
      if (planned) return []
      const acls = await loaders.shared(topicAcls).load(name)
      const { max } = limits.page
      if (acls.length <= max) return acls
      throw badInput(
        'acls',
        `of ${name} have ${acls.length} entries, above the maximum of ${max}: page through cluster.acls.`,
      )
    },
  }),
)
