import { expect, test } from 'vitest'
import { errorAbout, kafkaErrorAbout } from '../../src/kafka/error-about.ts'
import { KafkaError } from '../../src/kafka/kafka-error.ts'

const things = { topic: 'orders', group: 'payments', transactionalId: 'tx' }

test("an error that is about a thing names it, where Kafka's sentence does not", () => {
  const told = (number: number, message?: string) => kafkaErrorAbout(things, number, message).message
  expect(told(30)).toBe('group payments: Group authorization failed.')
  expect(told(29)).toBe('topic orders: Topic authorization failed.')
  expect(told(53)).toMatch(/^transactional id tx: /)
  expect(told(68, 'The group is not empty.')).toBe('group payments: The group is not empty.')
  expect(told(29, 'Authorization failed.')).toBe('topic orders: Authorization failed.')
})

test('a sentence that names it already, and an error about the request, stay as they are', () => {
  expect(kafkaErrorAbout(things, 69, 'Group payments not found.').message).toBe('Group payments not found.')
  expect(kafkaErrorAbout(things, 36, "Topic 'orders' already exists.").message).toBe("Topic 'orders' already exists.")
  expect(kafkaErrorAbout(things, 42, 'No.').message).toBe('No.')
  expect(kafkaErrorAbout({}, 30).message).toBe('Group authorization failed.')
  // A name that is part of a word, or a word of Kafka's stock sentence, is no mention.
  expect(kafkaErrorAbout({ group: 'a' }, 69, 'Group ab was not a1.').message).toMatch(/^group a: /)
  expect(kafkaErrorAbout({ group: 'failed' }, 30).message).toBe('group failed: Group authorization failed.')
  expect(kafkaErrorAbout({ group: '' }, 24).message).toMatch(/^group : /)
})

test('a name of any length is cut, and what else the error has is kept', () => {
  const error = new KafkaError('GROUP_ID_NOT_FOUND', null, { details: { at: 1 }, cause: 'why' })
  const named = errorAbout({ group: 'x'.repeat(30_000) }, error)
  expect(named.message.length).toBeLessThan(400)
  expect([named.code, named.details, named.cause]).toEqual(['GROUP_ID_NOT_FOUND', { at: 1 }, 'why'])
})
