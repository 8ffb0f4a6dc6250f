import DataLoader from 'dataloader'
import type { AclBinding as AclBindingShape, AclFilter } from '../../kafka/acls.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { badInput, translating } from '../failures.ts'
import type { MakeShared } from '../loaders.ts'
import { objectField } from '../schema-part.ts'
import { Topic } from '../topic/topic-type.ts'
import { aclFilterOf } from './acl-inputs.ts'
import { AclBinding } from './acl-type.ts'

const concerns = (topic: TopicName, { resourceName, patternType }: AclBindingShape): boolean =>
  patternType === 'PREFIXED' ? topic.startsWith(resourceName) : resourceName === '*' || resourceName === topic

/** Kafka takes one filter a request: for one topic its own, for several one for all topics. */
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

/** `Topic.acls`. */
export const topicAclsField = objectField(Topic, 'acls', t =>
  t.field({
    description:
      'Every access control list entry that concerns this topic: by its name, by a prefix of it, or by `*`. Null, with an error beside it, when they may not be read or, SECURITY_DISABLED, the cluster has no authorizer.',
    type: [AclBinding],
    nullable: true,
    resolve: async ({ name, planned }, _, { loaders, limits }) => {
      if (planned) return []
      const acls = await loaders.shared(topicAcls).load(name)
      const { max } = limits.page
      if (acls.length <= max) return acls
      throw badInput('acls', `of ${name} are ${acls.length}, above the maximum of ${max}: page through cluster.acls.`)
    },
  }),
)
