import type {
  FinalizedFeature as FeatureShape,
  ApiVersionRange as RangeShape,
} from '../../kafka/ports/cluster-inspector.ts'
import { translating } from '../core/errors/failures.ts'
import { objectFields, objectRef, parts } from '../core/schema-part.ts'
import { Cluster } from './cluster-type.ts'

const FinalizedFeature = objectRef<FeatureShape>('FinalizedFeature').implement({
  description:
    'A feature that all nodes of the cluster have agreed to use, and its level. An example is `metadata.version`. Once every node runs a Kafka that knows a new level, `kafka-features upgrade` switches it on.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Its name, such as `metadata.version` or `transaction.version`.' }),
    minVersionLevel: t.exposeInt('minVersionLevel', { description: 'The lowest level in use.' }),
    maxVersionLevel: t.exposeInt('maxVersionLevel', {
      description: 'The highest level in use; this one is in effect.',
    }),
  }),
})

const ApiVersionRange = objectRef<RangeShape>('ApiVersionRange').implement({
  description: 'One request type of the Kafka protocol, and the versions of it that a broker supports.',
  fields: t => ({
    apiKey: t.exposeInt('apiKey', { description: 'The protocol’s number for this request.' }),
    name: t.exposeString('name', {
      description: 'Kafka’s name for this request; "UNKNOWN" if it is newer than this API.',
    }),
    minVersion: t.exposeInt('minVersion', { description: 'The oldest version that the broker supports.' }),
    maxVersion: t.exposeInt('maxVersion', { description: 'The newest version that the broker supports.' }),
  }),
})

const clusterFields = objectFields(Cluster, t => ({
  features: t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The features that the cluster’s nodes have agreed on, sorted by name, as `kafka-features describe` shows them. Null with an error if no broker reports them.',
    type: [FinalizedFeature],
    nullable: true,
    resolve: (_, _arguments, { ports, call }) => translating(() => ports.inspector.describeFeatures(call)),
  }),
  apiVersions: t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The requests that a broker supports, sorted by number, as `kafka-broker-api-versions` shows them. Brokers differ during an upgrade. Null with an error if the broker does not answer.',
    type: [ApiVersionRange],
    nullable: true,
    args: {
      brokerId: t.arg.int({ description: 'The `nodeId` of the broker to ask. Default: any broker.' }),
    },
    resolve: (_, { brokerId }, { ports, call }) =>
      translating(() => ports.inspector.apiVersions(call, brokerId ?? null)),
  }),
}))

/** What this file adds to a schema. */
export const featuresParts = parts(FinalizedFeature, ApiVersionRange, clusterFields)
