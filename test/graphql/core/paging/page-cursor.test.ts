import { createHash } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { checkPage } from '../../../../src/graphql/core/paging/connection.ts'
import { decodePageCursor, encodePageCursor, type SortKey } from '../../../../src/graphql/core/paging/page-cursor.ts'
import { groupOrder } from '../../../../src/graphql/group/list/group-order.ts'
import { aclOrder } from '../../../../src/graphql/security/acl-type.ts'
import { quotaOrder } from '../../../../src/graphql/security/quota-type.ts'
import { scramUserOrder } from '../../../../src/graphql/security/scram-type.ts'
import { topicOrder } from '../../../../src/graphql/topic/topic-order.ts'
import { limits } from '../../harness.ts'

/** A cursor as this API writes them, around any text. The check in it is no secret. */
const forged = (text: string): string => {
  const body = Buffer.from(text)
  return Buffer.concat([createHash('sha256').update(body).digest().subarray(0, 6), body]).toString('base64url')
}

const ASC = { direction: 'ASC' } as const
const acl = ['TOPIC', 'orders', 'LITERAL', 'User:anna', '*', 'READ', 'ALLOW']
const LISTS = [
  [topicOrder({ field: 'NAME', ...ASC }), ['Infinity']],
  [topicOrder({ field: 'PARTITIONS', ...ASC }), [3, 'orders']],
  [topicOrder({ field: 'SIZE', ...ASC }), [2 ** 60, 'orders']],
  [groupOrder({ field: 'GROUP_ID', ...ASC }), ['']],
  [groupOrder({ field: 'STATE', ...ASC }), ['STABLE', 'group']],
  [groupOrder({ field: 'LAG', ...ASC }), [-1, 'group']],
  [aclOrder, acl],
  [scramUserOrder, ['anna']],
  [quotaOrder, ['user', 1, 'anna']],
  [quotaOrder, ['user', 1, 'anna', 'client-id', 0, '']],
] as const

const codeOf = (read: () => unknown): unknown => {
  try {
    return read()
  } catch (thrown) {
    return thrown instanceof GraphQLError ? thrown.extensions.code : thrown
  }
}

/** Of no list. */
const KEYS: readonly string[] = [
  ...['', ',null', ',{}', ',[]', ',true', ',1', ',"a",1', ',1,"a",1', ',1e999,"a"', ',"a","b","c"', ',[["a"]]'],
  `,${'['.repeat(20_000)}${']'.repeat(20_000)}`,
]
const BODIES = ['', 'not JSON', '{', 'null', '[]', '{}', '7']

describe.each(LISTS)('a cursor of $list', (order, key: SortKey) => {
  it('is taken back', () => {
    expect(decodePageCursor('after', order, encodePageCursor(order.list, key))).toEqual(key)
  })

  it.each(['after', 'before'])('is INVALID_CURSOR as %s when it is made up', argument => {
    const list = JSON.stringify(order.list)
    for (const body of [...BODIES, list, ...KEYS.map(parts => `[${list}${parts}]`)]) {
      const read = () => checkPage({ ...order, keyOf: () => [] }, { [argument]: forged(body) }, limits)
      expect([body.slice(0, 60), codeOf(read)]).toEqual([body.slice(0, 60), 'INVALID_CURSOR'])
    }
  })

  it.each(['', ' ', '\u0000', 'half \ud83d', 'A'.repeat(400_000)])('is not %j', text => {
    for (const argument of ['after', 'before']) {
      const read = () => checkPage({ ...order, keyOf: () => [] }, { [argument]: text }, limits)
      expect(codeOf(read)).toBe('INVALID_CURSOR')
    }
  })
})
