/** One legal request that is meant to cost the server as much as it can. */
export interface WorstRequest {
  /** What it does to which field: unique, and stable from run to run. */
  readonly name: string
  readonly transport: 'http' | 'websocket'
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}
