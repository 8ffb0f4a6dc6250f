import DataLoader from 'dataloader'
import type { AclFilter } from '../../kafka/acls.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { badInput, translating } from '../core/errors/failures.ts'
import type { MakeShared } from '../core/loaders.ts'
import { objectField } from '../core/schema-part.ts'
import { Topic } from '../topic/topic-type.ts'
import { type ConcerningAcls, indexAcls } from './acl-index.ts'
import { aclFilterOf } from './acl-inputs.ts'
import { AclBinding } from './acl-type.ts'

/** A request takes one filter: for one topic its own, for several topics one for all. */
const filterFor = ([topic, ...others]: readonly TopicName[]): AclFilter =>
  others.length === 0
    ? aclFilterOf({ resourceType: 'TOPIC', name: topic ?? null, patternType: 'MATCH' })
    : aclFilterOf({ resourceType: 'TOPIC' })

const topicAcls: MakeShared<DataLoader<TopicName, ConcerningAcls>> = ({ security }, call, schedule) =>
  new DataLoader<TopicName, ConcerningAcls>(
    topics =>
      translating(async () => {
        const aclsOf = indexAcls(await security.describeAcls(call, filterFor(topics)))
        return topics.map(aclsOf)
      }),
    schedule,
  )

/** `Topic.acls`. */
export const topicAclsField = objectField(Topic, 'acls', t =>
  t.field({
    description:
      'Every access control list entry that applies to this topic: by its name, by a prefix of it, or by `*`. Null with an error if they cannot be read; SECURITY_DISABLED means that the cluster has no authorizer.',
    type: [AclBinding],
    nullable: true,
    resolve: async ({ name, planned }, _, { loaders, limits }) => {
      if (planned) return []
      const { count, list } = await loaders.shared(topicAcls).load(name)
      const { max } = limits.page
      if (count <= max) return list()
      throw badInput(
        'acls',
        `of ${name} have ${count} entries, above the maximum of ${max}: page through cluster.acls.`,
      )
    },
  }),
)
