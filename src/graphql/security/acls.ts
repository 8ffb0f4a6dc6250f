import { Cluster } from '../cluster/cluster-type.ts'
import { translating } from '../core/errors/failures.ts'
import { checkPage, pageOfMany } from '../core/paging/connection.ts'
import { listConnection, pageArguments } from '../core/paging/list-connection.ts'
import { objectField, parts } from '../core/schema-part.ts'
import { AclBindingFilterInput, aclFilterOf } from './acl-inputs.ts'
import { AclBinding, aclOrder } from './acl-type.ts'

const words = { one: 'entry', many: 'access control list entries' }

const AclBindingConnection = listConnection('AclBinding', AclBinding, words)

const clusterAcls = objectField(Cluster, 'acls', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The access control list entries of the cluster, page by page, as `kafka-acls --list` shows them: who may do what. Null with the error SECURITY_DISABLED on a cluster without an authorizer, where every client may do everything.',
    type: AclBindingConnection,
    nullable: true,
    args: {
      ...pageArguments(t.arg, words),
      filter: t.arg({ type: AclBindingFilterInput, description: 'Which entries to list. Default: all.' }),
    },
    resolve: async (_, { filter, ...page }, context) => {
      const { ports, call, limits } = context
      checkPage(aclOrder, page, limits)
      const acls = await translating(() => ports.security.describeAcls(call, aclFilterOf(filter)))
      return pageOfMany(acls, aclOrder, page, context)
    },
  }),
)

/** What this file adds to a schema. */
export const aclsParts = parts(AclBindingConnection, clusterAcls)
