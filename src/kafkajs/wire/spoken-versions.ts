/** The range of versions that a broker speaks, by API key. */
export type ApiVersions = Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number }>>

/** A connection, as far as a request needs it: to choose its version. */
export interface SpeaksVersions {
  readonly versions: ApiVersions
}
