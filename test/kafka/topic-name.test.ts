import { describe, expect, it } from 'vitest'
import { isTopicName, topicNameProblem, toTopicName } from '../../src/kafka/topic-name.ts'

describe('a topic name', () => {
  it.each(['orders', 'a', 'A.b_c-9', '__consumer_offsets', '...', 'x'.repeat(249)])('%s is legal', name => {
    expect(isTopicName(name)).toBe(true)
    expect(toTopicName(name)).toBe(name)
  })

  it.each([
    ['', 'empty'],
    ['.', 'cannot be "."'],
    ['..', 'cannot be ".."'],
    ['a b', 'letters, digits'],
    ['ä', 'letters, digits'],
    ['a/b', 'letters, digits'],
    ['a\n', 'letters, digits'],
    ['x'.repeat(250), 'at most 249'],
  ])('%j is illegal, with the reason', (name, why) => {
    expect(topicNameProblem(name)).toContain(why)
    expect(() => toTopicName(name)).toThrow(expect.objectContaining({ code: 'INVALID_TOPIC_EXCEPTION' }))
  })
})
