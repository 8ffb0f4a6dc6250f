import type {
  FinalizedFeature as FeatureShape,
  ApiVersionRange as RangeShape,
} from '../../kafka/ports/cluster-inspector.ts'
import { translating } from '../failures.ts'
import { objectFields, objectRef, parts } from '../schema-part.ts'
import { Cluster } from './cluster-type.ts'

const FinalizedFeature = objectRef<FeatureShape>('FinalizedFeature').implement({
  description:
    'A feature that all nodes of the cluster have agreed to use, and at which level: `metadata.version` and others. New levels are switched on with `kafka-features upgrade` once every node runs a Kafka that knows them.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Its name, such as `metadata.version` or `transaction.version`.' }),
    minVersionLevel: t.exposeInt('minVersionLevel', { description: 'The lowest level in use.' }),
    maxVersionLevel: t.exposeInt('maxVersionLevel', { description: 'The highest level in use: the one that counts.' }),
  }),
})

const ApiVersionRange = objectRef<RangeShape>('ApiVersionRange').implement({
  description: 'One request of Kafka’s protocol, and the versions of it that a broker speaks.',
  fields: t => ({
    apiKey: t.exposeInt('apiKey', { description: 'The number of the request in the protocol.' }),
    name: t.exposeString('name', {
      description: 'Kafka’s name of the request; "UNKNOWN" for one that is younger than this API.',
    }),
    minVersion: t.exposeInt('minVersion', { description: 'The oldest version that the broker speaks.' }),
    maxVersion: t.exposeInt('maxVersion', { description: 'The newest version that the broker speaks.' }),
  }),
})

const clusterFields = objectFields(Cluster, t => ({
  features: t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'What the cluster’s nodes have agreed on, by name, as `kafka-features describe` shows it. Null, with an error beside it, when no broker tells.',
    type: [FinalizedFeature],
    nullable: true,
    resolve: (_, _arguments, { ports, call }) => translating(() => ports.inspector.describeFeatures(call)),
  }),
  apiVersions: t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'What a broker can be asked, by the number of the request, as `kafka-broker-api-versions` shows it: during an upgrade brokers differ. Null, with an error beside it, when the broker does not answer.',
    type: [ApiVersionRange],
    nullable: true,
    args: {
      brokerId: t.arg.int({ description: 'The `nodeId` of the broker to ask; any one when left out.' }),
    },
    resolve: (_, { brokerId }, { ports, call }) =>
      translating(() => ports.inspector.apiVersions(call, brokerId ?? null)),
  }),
}))

/** What this file adds to a schema. */
export const featuresParts = parts(FinalizedFeature, ApiVersionRange, clusterFields)
