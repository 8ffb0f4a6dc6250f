import { shortened } from '../../kafka/text.ts'
import type { SchemaPointer } from '../registry/schema-source.ts'

/** Names of subjects are shorter. A header can hold a megabyte in place of one. */
const MOST_NAME = 255

/** A schema as sentences name it, such as `schema 7`. */
export const pointerText = (pointer: SchemaPointer): string => {
  switch (pointer.kind) {
    case 'id':
    case 'longId':
      return `schema ${pointer.id}`
    case 'guid':
      return `schema ${pointer.guid}`
    case 'globalId':
      return `the schema with the global id ${pointer.globalId}`
    case 'artifact': {
      const subject = shortened(pointer.subject, MOST_NAME)
      return pointer.version === null ? `the latest schema of ${subject}` : `version ${pointer.version} of ${subject}`
    }
  }
}
