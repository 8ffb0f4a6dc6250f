/** One operation as a client asks for it. */
export interface GraphQLParams {
  readonly query: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
}
