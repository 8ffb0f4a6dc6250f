import { enumType } from '../schema-part.ts'

export const Direction = enumType('Direction', {
  description: 'The sort direction of a list.',
  values: {
    ASC: { description: 'Ascending: smallest first, names from A to Z.' },
    DESC: { description: 'Descending: largest first, names from Z to A.' },
  } as const,
})
