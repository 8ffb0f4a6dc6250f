import type { BrokerChange } from '../../kafka/ports/watches.ts'
import { changesOf } from '../change/change-source.ts'
import { objectRef, parts, subscriptionField, unionType } from '../schema-part.ts'
import { Broker, brokerGlobalId } from './broker-type.ts'

type ChangeOf<Kind extends BrokerChange['kind']> = Extract<BrokerChange, { readonly kind: Kind }>

const BrokerJoined = objectRef<ChangeOf<'brokerJoined'>>('BrokerJoined').implement({
  description: 'A broker has come into the cluster, or is back.',
  fields: t => ({
    broker: t.field({
      description: 'The broker.',
      type: Broker,
      resolve: ({ broker }) => ({ kind: 'Broker' as const, broker }),
    }),
  }),
})

const BrokerLeft = objectRef<ChangeOf<'brokerLeft'>>('BrokerLeft').implement({
  description: 'A broker is not in the cluster any more: it died or was stopped. Its partitions get other leaders.',
  fields: t => ({
    id: t.id({
      description: 'The global id that `Broker.id` was, so that a client can take the broker out of its cache.',
      resolve: ({ broker }) => brokerGlobalId(broker.nodeId),
    }),
    nodeId: t.int({ description: 'The number by which the cluster knew it.', resolve: ({ broker }) => broker.nodeId }),
  }),
})

const ControllerChanged = objectRef<ChangeOf<'controllerChanged'>>('ControllerChanged').implement({
  description: 'Another node is the active controller, which elects leaders and keeps the cluster’s metadata.',
  fields: t => ({
    from: t.exposeInt('from', { description: 'Node id of the one before; null when there was none.', nullable: true }),
    to: t.exposeInt('to', { description: 'Node id of the one now; null while one is elected.', nullable: true }),
  }),
})

const TYPE_NAMES = {
  brokerJoined: BrokerJoined.name,
  brokerLeft: BrokerLeft.name,
  controllerChanged: ControllerChanged.name,
} as const

const BrokerChangeUnion = unionType('BrokerChange', {
  description: 'What happens to the brokers of the cluster.',
  types: [BrokerJoined, BrokerLeft, ControllerChanged],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
})

const brokerChangedSubscription = subscriptionField('brokerChanged', t =>
  t.field({
    description:
      'Brokers that join and leave, and changes of the controller. Looked at every second; a broker is told as gone when two looks in a row miss it.',
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
