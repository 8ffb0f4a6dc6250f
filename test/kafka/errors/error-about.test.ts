import { expect, test } from 'vitest'
import { errorAbout, kafkaErrorAbout } from '../../../src/kafka/errors/error-about.ts'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'

const things = { topic: 'orders', group: 'payments', transactionalId: 'tx' }

test("an error names its resource if Kafka's sentence does not", () => {
  const told = (number: number, message?: string) => kafkaErrorAbout(things, number, message).message
  expect(told(30)).toBe('group payments: Group authorization failed.')
  expect(told(29)).toBe('topic orders: Topic authorization failed.')
  expect(told(53)).toMatch(/^transactional id tx: /)
  expect(told(68, 'The group is not empty.')).toBe('group payments: The group is not empty.')
  expect(told(29, 'Authorization failed.')).toBe('topic orders: Authorization failed.')
})

test('a sentence that already names it, and an error about the request, stay unchanged', () => {
  expect(kafkaErrorAbout(things, 69, 'Group payments not found.').message).toBe('Group payments not found.')
  expect(kafkaErrorAbout(things, 36, "Topic 'orders' already exists.").message).toBe("Topic 'orders' already exists.")
  expect(kafkaErrorAbout(things, 42, 'No.').message).toBe('No.')
  expect(kafkaErrorAbout({}, 30).message).toBe('Group authorization failed.')
  // A name inside a word, or a word of Kafka's standard sentence, does not count as naming the resource.
  expect(kafkaErrorAbout({ group: 'a' }, 69, 'Group ab was not a1.').message).toMatch(/^group a: /)
  expect(kafkaErrorAbout({ group: 'failed' }, 30).message).toBe('group failed: Group authorization failed.')
  expect(kafkaErrorAbout({ group: '' }, 24).message).toMatch(/^group : /)
})

test('a long name is shortened, and other properties of the error are kept', () => {
  const error = new KafkaError('GROUP_ID_NOT_FOUND', null, { details: { at: 1 }, cause: 'why' })
  const named = errorAbout({ group: 'x'.repeat(30_000) }, error)
  expect(named.message.length).toBeLessThan(400)
  expect([named.code, named.details, named.cause]).toEqual(['GROUP_ID_NOT_FOUND', { at: 1 }, 'why'])
})
