import type { BrokerRegistration } from '../../kafka/cluster-inspector.ts'
import { askedOnce, type MakeShared } from '../loaders.ts'

/** Every broker that is registered, fenced ones too, asked for once an operation; null where Kafka does not tell. */
export const registeredBrokers: MakeShared<() => Promise<readonly BrokerRegistration[] | null>> = (
  { inspector },
  options,
) => askedOnce(() => inspector.registeredBrokers(options))
