import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import { silentLogger } from '../../../../src/kafka/logger.ts'
import { createToClientError } from '../../../../src/server/pipeline/errors/client-error.ts'
import { LONGEST_MESSAGE, shortMessage } from '../../../../src/server/pipeline/errors/short-message.ts'

const toClientError = createToClientError(silentLogger)
const LONG = 'x'.repeat(100_000)

test.each([
  ['graphql', new GraphQLError(`Bad: ${LONG}`, { extensions: { code: 'BAD_USER_INPUT' } }), 'BAD_USER_INPUT'],
  ['a variable', new GraphQLError(`Variable "$x" got invalid value "${LONG}"; no`), 'BAD_USER_INPUT'],
  ['Kafka', new KafkaError('INVALID_CONFIG', `Invalid value ${LONG}`), 'INVALID_CONFIG'],
])('an error of %s keeps its code and is cut where its message repeats the input', (_, thrown, code) => {
  const { message, extensions } = toClientError(thrown)
  expect(extensions).toMatchObject({ code })
  expect(message).toMatch(/x… \(\d+ characters left out\) …x/)
  expect(message.length).toBeLessThan(LONGEST_MESSAGE + 50)
})

test('a message that is cut keeps its reason', () => {
  const { message } = toClientError(new GraphQLError(`Variable "$x" got invalid value "${LONG}"; the reason.`))
  expect(message).toMatch(/^Variable "\$x" got .*; the reason\.$/)
})

test('a message is cut between characters, and a short one stays unchanged', () => {
  const emoji = '😀'.repeat(LONGEST_MESSAGE)
  for (const message of [emoji, `a${emoji}`, `${emoji}a`]) expect(shortMessage(message)).not.toMatch(/\p{Cs}/u)
  expect(shortMessage('x'.repeat(LONGEST_MESSAGE))).toBe('x'.repeat(LONGEST_MESSAGE))
})
