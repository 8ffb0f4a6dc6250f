import type { BrokerRegistration } from '../../kafka/cluster-inspector.ts'
import { type MakeShared, once } from '../loaders.ts'

/** Every registered broker, including fenced ones, requested once per operation; null if Kafka does not report them. */
export const registeredBrokers: MakeShared<() => Promise<readonly BrokerRegistration[] | null>> = (
  { inspector },
  options,
) => once(() => inspector.registeredBrokers(options))
