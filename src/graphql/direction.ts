import { enumType } from './schema-part.ts'

/** Which way a list is ordered. */
export const Direction = enumType('Direction', {
  description: 'Which way a list is ordered.',
  values: {
    ASC: { description: 'Smallest first; names from A to Z.' },
    DESC: { description: 'Largest first; names from Z to A.' },
  } as const,
})
