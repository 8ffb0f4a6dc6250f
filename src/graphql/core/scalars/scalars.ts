import { GraphQLUUID } from 'graphql-scalars'
import type { SchemaPart } from '../schema-part.ts'
import { BytesScalar } from './bytes.ts'
import { CursorScalar } from './cursor.ts'
import { DateTimeScalar } from './date-time.ts'
import { DurationScalar } from './duration.ts'
import { JsonScalar } from './json.ts'
import { LongScalar } from './long.ts'
import { PasswordScalar } from './password.ts'

/** The scalars that GraphQL itself has not. */
export const scalars: SchemaPart = {
  addTo: builder => {
    builder.addScalarType('Long', LongScalar)
    builder.addScalarType('DateTime', DateTimeScalar, { specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339' })
    builder.addScalarType('Duration', DurationScalar)
    builder.addScalarType('Bytes', BytesScalar, { specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc4648#section-4' })
    builder.addScalarType('Cursor', CursorScalar)
    builder.addScalarType('Password', PasswordScalar)
    builder.addScalarType('JSON', JsonScalar, { specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259' })
    builder.addScalarType('UUID', GraphQLUUID, {
      description: 'A universally unique identifier (UUID), written in the form 8-4-4-4-12.',
      specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc9562',
    })
  },
}
