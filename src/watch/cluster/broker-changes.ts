import type { BrokerDescription, ClusterDescription } from '../../kafka/cluster.ts'
import type { BrokerChange } from '../../kafka/ports/watches.ts'
import type { Advance } from '../poll/advance.ts'
import { Confirmed } from '../poll/confirmed.ts'
import type { Look } from '../poll/shared-poll.ts'

/** The brokers at one moment, by node id. */
export interface BrokersSnapshot {
  readonly brokers: ReadonlyMap<number, BrokerDescription>
  readonly controllerId: number | null
}

const sameBroker = (one: BrokerDescription, other: BrokerDescription): boolean =>
  one.host === other.host && one.port === other.port && one.rack === other.rack

/** Polls the brokers. A missing controller counts only after two polls, since one answer may be late. */
export const brokersLook = (describeCluster: () => Promise<ClusterDescription>): Look<BrokersSnapshot> => {
  const confirmed = new Confirmed<number, BrokerDescription>({
    isSame: () => true,
    merge: (previous, next) => (sameBroker(previous, next) ? previous : next),
  })
  let wasWithout = false
  const controllerOf = ({ controllerId }: ClusterDescription, previous: BrokersSnapshot | null): number | null => {
    const isNews = controllerId === null && !wasWithout
    wasWithout = controllerId === null
    return isNews && previous !== null ? previous.controllerId : controllerId
  }
  return async previous => {
    const reported = await describeCluster()
    const byId = new Map(reported.brokers.map(broker => [broker.nodeId, broker]))
    const brokers = confirmed.take(previous?.brokers ?? null, byId)
    const controllerId = controllerOf(reported, previous)
    return brokers === previous?.brokers && controllerId === previous.controllerId
      ? previous
      : { brokers, controllerId }
  }
}

const controllerChange = (from: number | null, to: number | null): readonly BrokerChange[] =>
  from === to ? [] : [{ kind: 'controllerChanged', from, to }]

/** Brokers that joined or left, then a change of the controller. */
export const brokerChanges: Advance<BrokersSnapshot, BrokerChange> = (seen, newest) => ({
  seen: newest,
  events: [
    ...[...seen.brokers.values()].flatMap(broker =>
      newest.brokers.has(broker.nodeId) ? [] : [{ kind: 'brokerLeft' as const, broker }],
    ),
    ...[...newest.brokers.values()].flatMap(broker =>
      seen.brokers.has(broker.nodeId) ? [] : [{ kind: 'brokerJoined' as const, broker }],
    ),
    ...controllerChange(seen.controllerId, newest.controllerId),
  ],
  end: null,
})
