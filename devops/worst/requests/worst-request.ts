/** One valid request that costs the server as much as possible. */
export interface WorstRequest {
  /** The operation and field: unique, and stable between runs. */
  readonly name: string
  readonly transport: 'http' | 'websocket'
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}
