import { builder } from '../builder.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { checkPage, pageOfMany } from '../connection.ts'
import { translating } from '../failures.ts'
import { listConnection, pageArguments } from '../list-connection.ts'
import { ClientQuotaFilterInput, quotaFilterOf } from './quota-inputs.ts'
import { ClientQuota, quotaOrder } from './quota-type.ts'

const words = { one: 'quota', many: 'client quotas' }

builder.objectField(Cluster, 'clientQuotas', t =>
  t.field({
    description:
      'How much users, clients and addresses may use, page by page, as `kafka-configs --describe` shows it for users, clients and ips. Null with an error if the quotas cannot be read.',
    type: listConnection('ClientQuota', ClientQuota, words),
    nullable: true,
    args: {
      ...pageArguments(words),
      filter: t.arg({ type: ClientQuotaFilterInput, description: 'Which quotas to list. Default: all.' }),
    },
    resolve: async (_, { filter, ...page }, context) => {
      const { ports, call, limits } = context
      checkPage(quotaOrder, page, limits)
      const wanted = quotaFilterOf(filter)
      const quotas = await translating(() => ports.security.describeClientQuotas(call, wanted))
      return pageOfMany(quotas, quotaOrder, page, context)
    },
  }),
)
