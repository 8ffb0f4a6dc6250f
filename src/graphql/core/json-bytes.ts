/** Takes the values of an event and writes them as JSON bytes. Each call writes one value. */
export interface JsonBytes {
  null(): void
  boolean(value: boolean): void
  /** A whole number within ±(2^53 - 1). */
  integer(value: number): void
  /** A whole number as a string of its digits. */
  digits(value: bigint): void
  string(text: string): void
  /** UTF-8 as a string; null for bytes that are not valid UTF-8. */
  utf8(bytes: Buffer): void
  /** Bytes as a string in base64. */
  base64(bytes: Buffer): void
  /** Bytes as a string of hexadecimal digits. */
  hex(bytes: Buffer): void
  /** A value as `JSON.stringify` writes it. */
  json(value: unknown): void
}

/**
 * How a field writes its value, for events that become bytes without a result object (`server/pipeline/template`). `plain`: the
 * resolver returns no promise and does not read its last parameter, and the type of the field writes the value. `soon`: the same
 * for a resolver that may return a promise; an event in which it does becomes a result object. A function writes the value itself, null included, exactly as the resolver's value would become JSON. It throws what the resolver would throw.
 * Events that select a field without this extension become result objects first.
 */
export type FieldBytes<Source, Context> = 'plain' | 'soon' | ((source: Source, to: JsonBytes, context: Context) => void)

/** Writes a value of a scalar as its `serialize` would. False when it cannot. */
export type ScalarBytes = (value: unknown, to: JsonBytes) => boolean

// Fields and types state how they become bytes at their definition, in `extensions`.
declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    readonly bytes?: FieldBytes<_TSource, _TContext>
  }

  interface GraphQLScalarTypeExtensions {
    readonly bytes?: ScalarBytes
  }

  interface GraphQLUnionTypeExtensions {
    /** `plain`: `resolveType` returns a name, and reads nothing but the value. */
    readonly bytes?: 'plain'
  }
}
