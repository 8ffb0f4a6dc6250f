import type { CompatibilityReason } from '../../../kafka/schemas.ts'

const MOST_REASONS = 100

const reasonOf = (cause: unknown): readonly CompatibilityReason[] => {
  if (typeof cause !== 'object' || cause === null) return []
  const message = 'description' in cause && typeof cause.description === 'string' ? cause.description : ''
  const path = 'context' in cause && typeof cause.context === 'string' ? cause.context : null
  return message === '' ? [] : [{ path, message }]
}

/** The reasons in Apicurio's answer to an attempt to register that it refused: `causes`, each with a place and a text. */
export const refusalReasonsIn = (body: string): readonly CompatibilityReason[] => {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || !('causes' in value) || !Array.isArray(value.causes)) return []
    return value.causes.slice(0, MOST_REASONS).flatMap(reasonOf)
  } catch {
    return []
  }
}
