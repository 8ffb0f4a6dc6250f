/** One operation as a client sends it. */
export interface GraphQLParams {
  readonly query: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** Its JSON was large, so its variables may be too: work on them waits for its turn of the event loop. */
  readonly isLarge?: boolean
}
