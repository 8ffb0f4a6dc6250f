import { Cluster } from '../cluster/cluster-type.ts'
import { badInput, checkTextArgument, translating } from '../core/errors/failures.ts'
import { checkPage, pageOfMany } from '../core/paging/connection.ts'
import { listConnection, pageArguments } from '../core/paging/list-connection.ts'
import { objectField, parts } from '../core/schema-part.ts'
import { scramUserOrder, UserScramCredentials } from './scram-type.ts'

const words = { one: 'user', many: 'SCRAM users' }

const UserScramCredentialsConnection = listConnection('UserScramCredentials', UserScramCredentials, words)

const clusterScramUsers = objectField(Cluster, 'scramUsers', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The users who can log in by SCRAM, sorted by name, page by page, as `kafka-configs --describe --entity-type users` shows them. Null with an error if they cannot be read.',
    type: UserScramCredentialsConnection,
    nullable: true,
    args: {
      ...pageArguments(t.arg, words),
      users: t.arg.stringList({
        description: 'Only users with these names; users without a credential are left out. Default: all.',
      }),
    },
    resolve: async (_, { users, ...page }, context) => {
      const { ports, call, limits } = context
      checkPage(scramUserOrder, page, limits)
      const { max } = limits.page
      if (users && users.length > max)
        throw badInput('users', `takes at most ${max} names, this request has ${users.length}.`)
      const names = users ?? null
      for (const [index, user] of (users ?? []).entries()) checkTextArgument(`users[${index}]`, user)
      const found = await translating(() => ports.security.describeScramUsers(call, names))
      return pageOfMany(found, scramUserOrder, page, context)
    },
  }),
)

/** What this file adds to a schema. */
export const scramUsersParts = parts(UserScramCredentialsConnection, clusterScramUsers)
