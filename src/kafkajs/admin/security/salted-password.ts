import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { ScramMechanism, ScramUpsert } from '../../../kafka/security.ts'
import type { WireScramUpsert } from '../../requests/security/alter-user-scram-credentials.ts'

/** Kafka's limits: fewer iterations are too easy to guess, and every login computes all of them. */
const MIN_ITERATIONS = 4096
const MAX_ITERATIONS = 16_384
const SALT_BYTES = 24

const HASHES = { SCRAM_SHA_256: { digest: 'sha256', bytes: 32 }, SCRAM_SHA_512: { digest: 'sha512', bytes: 64 } }

/** A mechanism's number on the wire; 0 for unsupported ones. */
export const mechanismNumber = (mechanism: ScramMechanism): number =>
  ({ UNKNOWN: 0, SCRAM_SHA_256: 1, SCRAM_SHA_512: 2 })[mechanism]

const derive = promisify(pbkdf2)

const unacceptable = (problem: string): KafkaError => new KafkaError('UNACCEPTABLE_CREDENTIAL', problem)

/** Checked before hashing, because iterations cost CPU time. @throws KafkaError with Kafka's error codes. */
export const checkUpsert = ({ user, mechanism, iterations, password }: ScramUpsert): void => {
  if (mechanism === 'UNKNOWN')
    throw new KafkaError('UNSUPPORTED_SASL_MECHANISM', 'The mechanism must be SCRAM_SHA_256 or SCRAM_SHA_512.')
  if (user === '') throw unacceptable('The name of the user is empty.')
  if (password === '') throw unacceptable('The password is empty.')
  // UTF-8 would hash a different password, so nobody could log in.
  if (!password.isWellFormed()) throw unacceptable('The password contains half a character (a lone surrogate).')
  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
    throw unacceptable(`Kafka accepts ${MIN_ITERATIONS} to ${MAX_ITERATIONS} iterations, not ${iterations}.`)
}

/** The credential in Kafka's form, with a new salt. It does not contain the password. */
export const saltedUpsert = async (upsert: ScramUpsert): Promise<WireScramUpsert> => {
  const { user, mechanism, iterations, password } = upsert
  const { digest, bytes } = mechanism === 'SCRAM_SHA_512' ? HASHES.SCRAM_SHA_512 : HASHES.SCRAM_SHA_256
  const salt = randomBytes(SALT_BYTES)
  const saltedPassword = await derive(password, salt, iterations, bytes, digest)
  return { user, mechanism: mechanismNumber(mechanism), iterations, salt, saltedPassword }
}
