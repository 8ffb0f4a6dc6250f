import { Cluster } from '../cluster/cluster-type.ts'
import { translating } from '../core/errors/failures.ts'
import { checkPage, pageOfMany } from '../core/paging/connection.ts'
import { listConnection, pageArguments } from '../core/paging/list-connection.ts'
import { objectField, parts } from '../core/schema-part.ts'
import { ClientQuotaFilterInput, quotaFilterOf } from './quota-inputs.ts'
import { ClientQuota, quotaOrder } from './quota-type.ts'

const words = { one: 'quota', many: 'client quotas' }

const ClientQuotaConnection = listConnection('ClientQuota', ClientQuota, words)

const clusterClientQuotas = objectField(Cluster, 'clientQuotas', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'How much users, clients and addresses may use, page by page, as `kafka-configs --describe` shows it for users, clients and ips. Null with an error if the quotas cannot be read.',
    type: ClientQuotaConnection,
    nullable: true,
    args: {
      ...pageArguments(t.arg, words),
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

/** What this file adds to a schema. */
export const clientQuotasParts = parts(ClientQuotaConnection, clusterClientQuotas)
