/**
 * The cursor that resumes a subscription after its last result, or from its start; null when it has none. Made on first
 * use.
 */
export const cursorOf = (results: object): string | null =>
  'cursor' in results && typeof results.cursor === 'string' ? results.cursor : null
