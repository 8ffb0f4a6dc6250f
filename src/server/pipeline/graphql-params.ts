/** One operation as a client sends it. */
export interface GraphQLParams {
  readonly query: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
}
