import type { BrokerChange } from '../../kafka/ports/watches.ts'
import { changesOf } from '../change/change-source.ts'
import { objectRef, parts, subscriptionField, unionType } from '../core/schema-part.ts'
import { Broker, brokerGlobalId } from './broker-type.ts'

type ChangeOf<Kind extends BrokerChange['kind']> = Extract<BrokerChange, { readonly kind: Kind }>

const BrokerJoined = objectRef<ChangeOf<'brokerJoined'>>('BrokerJoined').implement({
  description: 'A broker joined the cluster, or came back.',
  fields: t => ({
    broker: t.field({
      description: 'The broker that joined.',
      type: Broker,
      resolve: ({ broker }) => ({ kind: 'Broker' as const, broker }),
    }),
  }),
})

const BrokerLeft = objectRef<ChangeOf<'brokerLeft'>>('BrokerLeft').implement({
  description: 'A broker left the cluster: it died or was stopped. Its partitions get other leaders.',
  fields: t => ({
    id: t.id({
      description: 'The global id (`Broker.id`) of the broker, so that a client can remove it from its cache.',
      resolve: ({ broker }, _, context) => brokerGlobalId(broker.nodeId, context),
    }),
    nodeId: t.int({ description: 'The node id of the broker.', resolve: ({ broker }) => broker.nodeId }),
  }),
})

const ControllerChanged = objectRef<ChangeOf<'controllerChanged'>>('ControllerChanged').implement({
  description: 'Another node became the active controller, which elects leaders and keeps the cluster’s metadata.',
  fields: t => ({
    from: t.exposeInt('from', {
      description: 'Node id of the previous controller; null if there was none.',
      nullable: true,
    }),
    to: t.exposeInt('to', { description: 'Node id of the new controller; null during an election.', nullable: true }),
  }),
})

const TYPE_NAMES = {
  brokerJoined: BrokerJoined.name,
  brokerLeft: BrokerLeft.name,
  controllerChanged: ControllerChanged.name,
} as const

const BrokerChangeUnion = unionType('BrokerChange', {
  description: 'A change of the cluster’s brokers.',
  types: [BrokerJoined, BrokerLeft, ControllerChanged],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
})

const brokerChangedSubscription = subscriptionField('brokerChanged', t =>
  t.field({
    description:
      'Brokers that join or leave, and changes of the controller. The server polls Kafka every second. A broker counts as having left once two polls in a row miss it.',
    type: BrokerChangeUnion,
    subscribe: (_, _arguments, context) => changesOf(context, () => context.ports.watches.brokerChanges(context.call)),
    resolve: change => change,
  }),
)

/** What this file adds to a schema. */
export const brokerChangedParts = parts(
  BrokerJoined,
  BrokerLeft,
  ControllerChanged,
  BrokerChangeUnion,
  brokerChangedSubscription,
)
