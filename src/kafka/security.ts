import type { Outcome } from './errors/kafka-error.ts'

/** The SCRAM hash, with Kafka's names. */
export type ScramMechanism = 'UNKNOWN' | 'SCRAM_SHA_256' | 'SCRAM_SHA_512'

/** What Kafka reports about a credential. It never includes the password or anything derived from it. */
export interface ScramCredential {
  readonly mechanism: ScramMechanism
  readonly iterations: number
}

/** A user with SCRAM credentials. */
export interface ScramUser {
  readonly name: string
  /** In order of mechanism. */
  readonly credentials: readonly ScramCredential[]
}

/** A credential to create or replace. The password is salted and hashed before it leaves this process. */
export interface ScramUpsert {
  readonly user: string
  readonly mechanism: ScramMechanism
  readonly iterations: number
  readonly password: string
}

/** A credential to delete. */
export interface ScramDeletion {
  readonly user: string
  readonly mechanism: ScramMechanism
}

/** The result of each upsert and deletion, in order. */
export interface ScramOutcomes {
  readonly upserts: readonly Outcome<string>[]
  readonly deletions: readonly Outcome<string>[]
}

/** Kinds of quota entities, with Kafka's names. */
export const QUOTA_ENTITY_TYPES = ['user', 'client-id', 'ip'] as const

export type QuotaEntityType = (typeof QUOTA_ENTITY_TYPES)[number]

/** One component of a quota entity. */
export interface QuotaEntity {
  readonly type: QuotaEntityType
  /** Null is the default for every entity of the type without a quota of its own. */
  readonly name: string | null
}

/** A limit and its name, e.g. `producer_byte_rate`. */
export interface QuotaValue {
  readonly key: string
  readonly value: number
}

/** The limits of one entity. */
export interface ClientQuota {
  /** In the order user, client id, ip. */
  readonly entity: readonly QuotaEntity[]
  /** Sorted by key. */
  readonly values: readonly QuotaValue[]
}

/** Matches quotas: a name, null for the default entity, undefined for any entity of the type. */
export interface QuotaFilterComponent {
  readonly type: QuotaEntityType
  readonly name?: string | null | undefined
}

/** Which quotas to describe. */
export interface QuotaFilter {
  readonly components: readonly QuotaFilterComponent[]
  /** True matches only entities that have no other components. */
  readonly isStrict: boolean
}

/** Limits of one entity to set and to remove. */
export interface QuotaAlteration {
  readonly entity: readonly QuotaEntity[]
  readonly set: readonly QuotaValue[]
  readonly remove: readonly string[]
}
