import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexAcls } from '../../src/graphql/security/acl-index.ts'
import type { AclBinding } from '../../src/kafka/acls.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'

const binding = fc.record({
  resourceType: fc.constant('TOPIC' as const),
  resourceName: fc.oneof(fc.constant('*'), fc.stringMatching(/^[ab.]{0,4}$/)),
  patternType: fc.constantFrom('LITERAL' as const, 'PREFIXED' as const),
  principal: fc.constantFrom('User:a', 'User:b'),
  host: fc.constant('*'),
  operation: fc.constantFrom('READ' as const, 'WRITE' as const),
  permissionType: fc.constantFrom('ALLOW' as const, 'DENY' as const),
})

const concerns = (topic: string, { resourceName, patternType }: AclBinding): boolean =>
  patternType === 'PREFIXED' ? topic.startsWith(resourceName) : resourceName === '*' || resourceName === topic

test('finds what a comparison with every entry finds, in the same order', () => {
  const topics = fc.stringMatching(/^[ab]{1,5}$/).map(toTopicName)
  fc.assert(
    fc.property(fc.array(binding, { maxLength: 30 }), topics, (acls, topic) => {
      const found = indexAcls(acls)(topic)
      const expected = acls.filter(acl => concerns(topic, acl))
      expect(found.list()).toEqual(expected)
      expect(found.count).toBe(expected.length)
    }),
  )
})
