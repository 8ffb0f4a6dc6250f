import type { Outcome } from './kafka-error.ts'

/** How SCRAM hashes; Kafka's names. */
export type ScramMechanism = 'UNKNOWN' | 'SCRAM_SHA_256' | 'SCRAM_SHA_512'

/** What Kafka tells of a credential: never the password, nor anything that it could be found from. */
export interface ScramCredential {
  readonly mechanism: ScramMechanism
  readonly iterations: number
}

/** A user who can log in by SCRAM. */
export interface ScramUser {
  readonly name: string
  /** In order of the mechanism. */
  readonly credentials: readonly ScramCredential[]
}

/** A credential to create or replace. The password leaves this process salted and hashed only. */
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

/** What became of each part of a change of credentials, in order. */
export interface ScramOutcomes {
  readonly upserts: readonly Outcome<string>[]
  readonly deletions: readonly Outcome<string>[]
}

/** What a quota can be for; Kafka's words. */
export const QUOTA_ENTITY_TYPES = ['user', 'client-id', 'ip'] as const

/** One of the kinds of entities that quotas are for. */
export type QuotaEntityType = (typeof QUOTA_ENTITY_TYPES)[number]

/** A part of whom a quota is for. */
export interface QuotaEntity {
  readonly type: QuotaEntityType
  /** Null: everybody of the type without a quota of their own. */
  readonly name: string | null
}

/** A limit by its name, such as `producer_byte_rate`. */
export interface QuotaValue {
  readonly key: string
  readonly value: number
}

/** The limits of one entity. */
export interface ClientQuota {
  /** In the order of user, client id, ip. */
  readonly entity: readonly QuotaEntity[]
  /** Sorted by key. */
  readonly values: readonly QuotaValue[]
}

/** Which quotas are meant: a name, null for the default entity, undefined for any of the type. */
export interface QuotaFilterComponent {
  readonly type: QuotaEntityType
  readonly name?: string | null | undefined
}

/** Which quotas to tell. */
export interface QuotaFilter {
  readonly components: readonly QuotaFilterComponent[]
  /** True: only entities that have no parts besides those named here. */
  readonly isStrict: boolean
}

/** Limits of one entity to set and to take away. */
export interface QuotaAlteration {
  readonly entity: readonly QuotaEntity[]
  readonly set: readonly QuotaValue[]
  readonly remove: readonly string[]
}
