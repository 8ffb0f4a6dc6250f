import type { BrokerRegistration } from '../../kafka/ports/cluster-inspector.ts'
import { type MakeShared, once } from '../loaders.ts'

/** Every broker that is registered, fenced ones too, asked for once an operation; null where Kafka does not tell. */
export const registeredBrokers: MakeShared<() => Promise<readonly BrokerRegistration[] | null>> = (
  { inspector },
  call,
) => once(() => inspector.registeredBrokers(call))
