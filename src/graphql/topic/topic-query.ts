import { toTopicName } from '../../kafka/topic-name.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translated } from '../core/errors/failures.ts'
import { objectField, parts, queryField } from '../core/schema-part.ts'
import { findTopic, Topic, type TopicNode } from './topic-type.ts'

const description =
  'One topic by its name, as `kafka-topics --describe` shows it. Null if no topic has this name. A name that no topic can have is refused with INVALID_TOPIC_EXCEPTION.'
const nameDescription = 'The name of the topic.'

const byName = async (name: string, context: GraphQLContext): Promise<TopicNode | null> => {
  try {
    return await findTopic(toTopicName(name), context)
  } catch (thrown) {
    throw translated(thrown)
  }
}

const topicQuery = queryField('topic', t =>
  t.field({
    description,
    type: Topic,
    nullable: true,
    args: { name: t.arg.string({ required: true, description: nameDescription }) },
    resolve: (_, { name }, context) => byName(name, context),
  }),
)

const clusterTopic = objectField(Cluster, 'topic', t =>
  t.field({
    description,
    type: Topic,
    nullable: true,
    args: { name: t.arg.string({ required: true, description: nameDescription }) },
    resolve: (_, { name }, context) => byName(name, context),
  }),
)

/** What this file adds to a schema. */
export const topicQueryParts = parts(topicQuery, clusterTopic)
