import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { SecurityAdmin } from '../../../kafka/ports/security-admin.ts'
import type { ScramDeletion, ScramMechanism, ScramUpsert, ScramUser } from '../../../kafka/security.ts'
import {
  type AlterScramResult,
  alterUserScramCredentialsRequest,
} from '../../requests/security/alter-user-scram-credentials.ts'
import {
  describeUserScramCredentialsRequest,
  type WireScramUser,
} from '../../requests/security/describe-user-scram-credentials.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import { sendChange } from '../change/send-change.ts'
import { ask, errorOf, throwIfFailed } from './ask.ts'
import { checkUpsert, mechanismNumber, saltedUpsert } from './salted-password.ts'
import type { SecurityLimits } from './security-limits.ts'
import { untilEveryBroker } from './until-every-broker.ts'

type Scram = Pick<SecurityAdmin, 'describeScramUsers' | 'alterScramCredentials'>

const MECHANISMS: readonly ScramMechanism[] = ['UNKNOWN', 'SCRAM_SHA_256', 'SCRAM_SHA_512']
const RESOURCE_NOT_FOUND = 91

const userOf = ({ name, credentials }: WireScramUser): ScramUser => ({
  name,
  credentials: [...credentials]
    .sort((one, other) => one.mechanism - other.mechanism)
    .map(({ mechanism, iterations }) => ({ mechanism: MECHANISMS[mechanism] ?? 'UNKNOWN', iterations })),
})

const describe = async (cluster: ClusterMap, names: readonly string[] | null, bounds: RetryBounds) => {
  // Kafka reads an empty list as "all".
  if (names?.length === 0) return []
  const wanted = names === null ? null : [...new Set(names)]
  const { users } = await ask(cluster, describeUserScramCredentialsRequest(wanted), bounds)
  const found = users.filter(({ errorCode }) => errorCode !== RESOURCE_NOT_FOUND)
  found.forEach(throwIfFailed)
  return found.map(userOf).sort((one, other) => (one.name < other.name ? -1 : 1))
}

const outcomeOf = (user: string, result: AlterScramResult | undefined): Outcome<string> => {
  if (result === undefined)
    return new KafkaError('UNKNOWN_SERVER_ERROR', `the response of Kafka does not contain user ${user}`)
  return result.errorCode === 0 ? user : errorOf(result)
}

const checked = (upsert: ScramUpsert): Outcome<ScramUpsert> => {
  try {
    checkUpsert(upsert)
    return upsert
  } catch (thrown) {
    if (thrown instanceof KafkaError) return thrown
    throw thrown
  }
}

interface ScramChange {
  readonly upserts: readonly ScramUpsert[]
  readonly deletions: readonly ScramDeletion[]
}

const send = async (cluster: ClusterMap, { upserts, deletions }: ScramChange, bounds: RetryBounds) => {
  if (upserts.length + deletions.length === 0) return []
  // One after another: hashing a hundred at once would occupy the process's few threads.
  const salted = []
  for (const upsert of upserts) salted.push(await saltedUpsert(upsert))
  const deleted = deletions.map(({ user, mechanism }) => ({ user, mechanism: mechanismNumber(mechanism) }))
  const request = alterUserScramCredentialsRequest(salted, deleted)
  return sendChange(cluster, { request: () => request, ...bounds })
}

/** The result of each user. Sends one request per mechanism, because Kafka refuses a request that repeats a user. */
const sendByMechanism = async (
  cluster: ClusterMap,
  change: ScramChange,
  bounds: RetryBounds,
): Promise<ReadonlyMap<ScramMechanism, ReadonlyMap<string, AlterScramResult>>> => {
  const outcomes = new Map<ScramMechanism, ReadonlyMap<string, AlterScramResult>>()
  for (const mechanism of MECHANISMS) {
    const isMeant = (one: ScramDeletion) => one.mechanism === mechanism
    const part = { upserts: change.upserts.filter(isMeant), deletions: change.deletions.filter(isMeant) }
    const results = await send(cluster, part, bounds)
    outcomes.set(mechanism, new Map(results.map(result => [result.name, result])))
  }
  return outcomes
}

/** Whether a broker reports the user's credentials as changed. */
const isAsChanged = ({ upserts, deletions }: ScramChange, users: readonly ScramUser[]): boolean => {
  const credentialOf = (user: string, mechanism: ScramMechanism) =>
    users.find(({ name }) => name === user)?.credentials.find(one => one.mechanism === mechanism)
  return (
    upserts.every(({ user, mechanism, iterations }) => credentialOf(user, mechanism)?.iterations === iterations) &&
    deletions.every(({ user, mechanism }) => credentialOf(user, mechanism) === undefined)
  )
}

/** Reads and changes SCRAM users. */
export const createScram = (cluster: ClusterMap, { deadlineMs, propagationMs }: SecurityLimits): Scram => ({
  describeScramUsers: (call, names) => describe(cluster, names, boundsOf(call, deadlineMs)),
  alterScramCredentials: async (call, upserts, deletions) => {
    const ready = upserts.map(checked)
    const sound = ready.flatMap(upsert => (isFailure(upsert) ? [] : [upsert]))
    const results = await sendByMechanism(cluster, { upserts: sound, deletions }, boundsOf(call, deadlineMs))
    const resultOf = ({ user, mechanism }: ScramDeletion) => results.get(mechanism)?.get(user)
    const isDone = (one: ScramDeletion) => resultOf(one)?.errorCode === 0
    const done = { upserts: sound.filter(isDone), deletions: deletions.filter(isDone) }
    const names = [...new Set([...done.upserts, ...done.deletions].map(({ user }) => user))]
    if (names.length > 0) {
      await untilEveryBroker(cluster, {
        request: describeUserScramCredentialsRequest(names),
        isVisible: ({ errorCode, users }) => errorCode !== 0 || isAsChanged(done, users.map(userOf)),
        withinMs: leftMs(call, propagationMs),
        signal: call.signal,
      })
    }
    return {
      upserts: ready.map(upsert => (isFailure(upsert) ? upsert : outcomeOf(upsert.user, resultOf(upsert)))),
      deletions: deletions.map(one => outcomeOf(one.user, resultOf(one))),
    }
  },
})
