import type { AclBinding, AclFilter } from '../../src/kafka/acls.ts'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { SecurityAdmin } from '../../src/kafka/ports/security-admin.ts'
import type { QuotaEntity, QuotaFilter, ScramCredential } from '../../src/kafka/security.ts'
import type { InMemoryCluster } from './in-memory-cluster.ts'

const isMeant = (filter: AclFilter, acl: AclBinding): boolean => {
  const pairs = [
    [filter.resourceType, acl.resourceType],
    [filter.resourceName, acl.resourceName],
    [filter.patternType, acl.patternType],
    [filter.principal, acl.principal],
    [filter.host, acl.host],
    [filter.operation, acl.operation],
    [filter.permissionType, acl.permissionType],
  ]
  return pairs.every(([wanted, own]) => wanted === null || wanted === 'ANY' || wanted === own)
}

const keyOf = (acl: AclBinding): string =>
  [
    acl.resourceType,
    acl.resourceName,
    acl.patternType,
    acl.principal,
    acl.host,
    acl.operation,
    acl.permissionType,
  ].join('\n')

const meansEntity = ({ components, isStrict }: QuotaFilter, entity: readonly QuotaEntity[]): boolean =>
  (!isStrict || components.length === entity.length) &&
  components.every(({ type, name }) =>
    entity.some(part => part.type === type && (name === undefined || part.name === name)),
  )

/** The SecurityAdmin port in memory. It matches no patterns: a filter means the ACLs that are written as it is. */
export const inMemorySecurity = (cluster: InMemoryCluster): SecurityAdmin => {
  const acls = new Map<string, AclBinding>()
  const users = new Map<string, Map<string, ScramCredential>>()
  const quotas = new Map<string, { readonly entity: readonly QuotaEntity[]; readonly values: Map<string, number> }>()
  const found = (filter: AclFilter) => [...acls.values()].filter(acl => isMeant(filter, acl))
  return {
    async describeAcls({ signal }, filter) {
      cluster.mustAnswer(signal)
      return found(filter).sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    },
    async createAcls({ signal }, wanted) {
      cluster.mustAnswer(signal)
      for (const acl of wanted) acls.set(keyOf(acl), acl)
      return wanted
    },
    async deleteAcls({ signal }, filters) {
      cluster.mustAnswer(signal)
      return filters.map(filter => {
        const deleted = found(filter)
        for (const acl of deleted) acls.delete(keyOf(acl))
        return deleted
      })
    },
    async describeScramUsers({ signal }, names) {
      cluster.mustAnswer(signal)
      const told = [...users].filter(([name]) => names?.includes(name) ?? true)
      return told.sort().map(([name, credentials]) => ({ name, credentials: [...credentials.values()] }))
    },
    async alterScramCredentials({ signal }, upserts, deletions) {
      cluster.mustAnswer(signal)
      return {
        upserts: upserts.map(({ user, mechanism, iterations }) => {
          if (iterations < 4096) return new KafkaError('UNACCEPTABLE_CREDENTIAL')
          users.set(user, (users.get(user) ?? new Map()).set(mechanism, { mechanism, iterations }))
          return user
        }),
        deletions: deletions.map(({ user, mechanism }) => {
          const credentials = users.get(user)
          if (credentials?.delete(mechanism) !== true) return new KafkaError('RESOURCE_NOT_FOUND')
          if (credentials.size === 0) users.delete(user)
          return user
        }),
      }
    },
    async describeClientQuotas({ signal }, filter) {
      cluster.mustAnswer(signal)
      const meant = [...quotas.values()].filter(({ entity, values }) => values.size > 0 && meansEntity(filter, entity))
      return meant.map(({ entity, values }) => ({
        entity,
        values: [...values].sort().map(([key, value]) => ({ key, value })),
      }))
    },
    async alterClientQuotas({ signal }, alterations, { validateOnly = false } = {}) {
      cluster.mustAnswer(signal)
      return alterations.map(({ entity, set, remove }) => {
        const key = JSON.stringify(entity)
        const quota = quotas.get(key) ?? { entity, values: new Map<string, number>() }
        if (validateOnly) return entity
        for (const { key: name, value } of set) quota.values.set(name, value)
        for (const name of remove) quota.values.delete(name)
        quotas.set(key, quota)
        return entity
      })
    },
  }
}
