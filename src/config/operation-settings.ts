import { setting } from './setting.ts'
import { formatRules, wholeNumber } from './value-parsers.ts'

const GIB = 1_073_741_824
const bytes = { unit: 'bytes' }

/** Settings of one operation: how it reads payloads, and its limits. */
export const OPERATION_SETTINGS = {
  payloadFormats: setting(
    'PAYLOAD_FORMATS',
    formatRules,
    '',
    'Formats of payloads whose bytes do not say what they are, comma-separated, as `topic-pattern.key=int64, topic-pattern.value=avro:subject, topic-pattern.header:NAME=uuid`. In a pattern `*` stands for any characters and `?` for one; the first match wins. Formats are those of `PayloadFormat` in lower case; `avro:subject`, `json_schema:subject` and `protobuf:subject:message.Name` read bare bytes by the latest schema of a subject.',
  ),
  maxQueryDepth: setting(
    'MAX_QUERY_DEPTH',
    wholeNumber(1, 1_000),
    '20',
    'Maximum nesting of fields in an operation; the introspection of GraphiQL needs 15.',
  ),
  maxQueryFields: setting(
    'MAX_QUERY_FIELDS',
    wholeNumber(1, 1_000_000),
    '1000',
    'Maximum fields in a document; aliases and fields of fragments count at each use.',
  ),
  maxQueryTokens: setting('MAX_QUERY_TOKENS', wholeNumber(1, 10_000_000), '10000', 'Maximum tokens in a document.'),
  documentCacheEntries: setting(
    'DOCUMENT_CACHE_ENTRIES',
    wholeNumber(1, 1_000_000),
    '1000',
    'Parsed and validated documents kept in the cache.',
  ),
  documentCacheBytes: setting(
    'DOCUMENT_CACHE_BYTES',
    wholeNumber(1_024, GIB),
    '33554432',
    'Maximum memory of that cache.',
    bytes,
  ),
  maxPageSize: setting('MAX_PAGE_SIZE', wholeNumber(1, 100_000), '1000', 'Maximum `first` or `last` of a connection.'),
  maxResponseItems: setting(
    'MAX_RESPONSE_ITEMS',
    wholeNumber(1_000, 100_000_000),
    '100000',
    'Maximum values in one response or event: each list item counts once per selected field. A larger response fails with RESPONSE_TOO_LARGE.',
  ),
  maxResponseBytes: setting(
    'MAX_RESPONSE_BYTES',
    wholeNumber(65_536, GIB / 4),
    '33554432',
    'Maximum bytes of JSON in one response, or of payloads in one event. A larger response fails with RESPONSE_TOO_LARGE, a larger payload with PAYLOAD_TOO_LARGE.',
    bytes,
  ),
} as const
