import { setting } from './setting.ts'
import { wholeNumber } from './value-parsers.ts'

const GIB = 1_073_741_824
const bytes = { unit: 'bytes' }

/** The part of the settings table about what one operation may ask for and get. */
export const OPERATION_SETTINGS = {
  maxQueryDepth: setting(
    'MAX_QUERY_DEPTH',
    wholeNumber(1, 1_000),
    '20',
    'Deepest nesting of fields in an operation; the introspection of GraphiQL takes 15.',
  ),
  maxQueryFields: setting(
    'MAX_QUERY_FIELDS',
    wholeNumber(1, 1_000_000),
    '1000',
    'Fields in a document, aliases and fields of fragments counted at each use.',
  ),
  maxQueryTokens: setting('MAX_QUERY_TOKENS', wholeNumber(1, 10_000_000), '10000', 'Tokens in a document.'),
  documentCacheEntries: setting(
    'DOCUMENT_CACHE_ENTRIES',
    wholeNumber(1, 1_000_000),
    '1000',
    'Parsed and validated documents kept for the next request.',
  ),
  documentCacheBytes: setting(
    'DOCUMENT_CACHE_BYTES',
    wholeNumber(1_024, GIB),
    '33554432',
    'Bytes that those documents take, parsed.',
    bytes,
  ),
  maxPageSize: setting('MAX_PAGE_SIZE', wholeNumber(1, 100_000), '1000', 'Largest `first` or `last` of a connection.'),
  maxResponseItems: setting(
    'MAX_RESPONSE_ITEMS',
    wholeNumber(1_000, 100_000_000),
    '100000',
    'Values in one answer or event: each item of a list counts once for every field selected of it. Beyond it an operation fails with RESPONSE_TOO_LARGE.',
  ),
  maxResponseBytes: setting(
    'MAX_RESPONSE_BYTES',
    wholeNumber(65_536, GIB / 4),
    '33554432',
    'Bytes of JSON in one answer, or of the payloads in one event. Beyond it the operation, or the payload, fails with RESPONSE_TOO_LARGE, or PAYLOAD_TOO_LARGE, while it is made.',
    bytes,
  ),
} as const
