/** Length of a GUID in bytes. */
export const GUID_BYTES = 16

/** Writes 32 hexadecimal digits as a GUID. */
export const guidOf = (digits: string): string =>
  digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** The GUID in 16 bytes. */
export const guidAt = (bytes: Buffer, at: number): string => guidOf(bytes.toString('hex', at, at + GUID_BYTES))
