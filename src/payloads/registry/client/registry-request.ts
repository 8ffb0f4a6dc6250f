/** A request to a registry. */
export interface RegistryRequest {
  /** Default: GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the base of the API, escaped, such as `/subjects/orders-value/versions`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Whether the request changes something. It is then sent once: a lost answer is OUTCOME_UNKNOWN. */
  readonly isChange?: boolean
  /** Lookups for decoders do not wait behind clients that browse. Default: browse. */
  readonly lane?: Lane
  /** Apicurio's own API instead of Confluent's. */
  readonly isApicurio?: boolean
}

/** Requests of different lanes do not wait for each other. */
export type Lane = 'browse' | 'lookup'

/** Where Apicurio serves Confluent's API, and its own. */
export const CONFLUENT_PATH = /\/apis\/ccompat\/v\d+$/
const APICURIO_PATH = '/apis/registry/v3'

/** Whether the request may be sent again. */
export const isRead = ({ method = 'GET', isChange = false }: RegistryRequest): boolean => method === 'GET' && !isChange

/** The URL of a request on one node. */
export const urlOf = (base: string, { path, query = {}, isApicurio = false }: RegistryRequest): URL => {
  const url = new URL(`${isApicurio ? base.replace(CONFLUENT_PATH, APICURIO_PATH) : base}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}
