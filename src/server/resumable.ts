/** Where a client resumes a subscription: after its last result, or from its start; null when it has no cursors. Made when asked for. */
export const cursorOf = (results: object): string | null =>
  'cursor' in results && typeof results.cursor === 'string' ? results.cursor : null
