import type { SchemaPointer } from '../registry/schema-source.ts'

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
    case 'artifact':
      return pointer.version === null
        ? `the latest schema of ${pointer.subject}`
        : `version ${pointer.version} of ${pointer.subject}`
  }
}
