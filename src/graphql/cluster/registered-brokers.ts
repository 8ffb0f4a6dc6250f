import type { BrokerRegistration } from '../../kafka/ports/cluster-inspector.ts'
import { askedOnce, type MakeShared } from '../core/loaders.ts'

/** Every registered broker, including fenced ones, requested once per operation; null if Kafka does not report them. */
export const registeredBrokers: MakeShared<() => Promise<readonly BrokerRegistration[] | null>> = (
  { inspector },
  call,
) => askedOnce(() => inspector.registeredBrokers(call))
