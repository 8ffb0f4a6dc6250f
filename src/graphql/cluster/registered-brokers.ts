import type { BrokerRegistration } from '../../kafka/ports/cluster-inspector.ts'
import { type MakeShared, once } from '../loaders.ts'

/** Every registered broker, including fenced ones, requested once per operation; null if Kafka does not report them. */
export const registeredBrokers: MakeShared<() => Promise<readonly BrokerRegistration[] | null>> = (
  { inspector },
  call,
) => once(() => inspector.registeredBrokers(call))
