/** The size limits of a request: the server's defaults. */
export interface RequestSizes {
  /** Bytes of a whole request, as `MAX_REQUEST_BYTES`. */
  readonly requestBytes: number
  /** Fields of a document, as `MAX_QUERY_FIELDS`. */
  readonly fields: number
  /** Tokens of a document, as `MAX_QUERY_TOKENS`. */
  readonly tokens: number
  /** Values of a response, as `MAX_RESPONSE_ITEMS`. */
  readonly values: number
  /** Items of a page, as `MAX_PAGE_SIZE`. */
  readonly page: number
}

/** The defaults of the settings table. */
export const DEFAULT_SIZES: RequestSizes = {
  requestBytes: 2_097_152,
  fields: 1000,
  tokens: 10_000,
  values: 100_000,
  page: 1000,
}

/** Bytes left for one large variable; the rest is for the document and the JSON around it. */
export const variableBytes = ({ requestBytes }: RequestSizes): number => requestBytes - 150_000
