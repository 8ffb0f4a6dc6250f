/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The start of a text that somebody else wrote, for messages. */
export const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
