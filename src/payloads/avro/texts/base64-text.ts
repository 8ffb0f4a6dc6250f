/** The bytes of a JSON value in base64; undefined if it is none. Only the one way of writing them is taken. */
export const base64Bytes = (value: unknown): Buffer | undefined => {
  if (typeof value !== 'string') return undefined
  const bytes = Buffer.from(value, 'base64')
  return bytes.toString('base64') === value ? bytes : undefined
}

/** Bytes as a default in a schema writes them: a character for each byte. */
export const latin1Bytes = (value: unknown): Buffer | undefined => {
  if (typeof value !== 'string') return undefined
  const bytes = Buffer.from(value, 'latin1')
  return bytes.toString('latin1') === value ? bytes : undefined
}
