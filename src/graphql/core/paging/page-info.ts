import { interfaceRef, objectRef, parts } from '../schema-part.ts'
import type { PageInfoShape } from './connection.ts'

const PageInfo = objectRef<PageInfoShape>('PageInfo').implement({
  description:
    'The position of a page in its list. To read on, pass `after: endCursor`; to read back, pass `before: startCursor`.',
  fields: t => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether more items follow this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether there are items before this page.' }),
    startCursor: t.expose('startCursor', {
      description: 'The cursor of the first item of this page; null if the page is empty.',
      type: 'Cursor',
      nullable: true,
    }),
    endCursor: t.expose('endCursor', {
      description: 'The cursor of the last item of this page; null if the page is empty.',
      type: 'Cursor',
      nullable: true,
    }),
  }),
})

/** A list read page by page. It is not called "Connection": Relay reserves that suffix for object types with edges. */
export const PageInterface = interfaceRef<{ readonly pageInfo: PageInfoShape }>('Page').implement({
  description:
    'A list that is read page by page, as the Relay specification describes. Each item has a cursor, and a page starts after one cursor or ends before one.',
  fields: t => ({
    pageInfo: t.expose('pageInfo', { description: 'The position of this page in the list.', type: PageInfo }),
  }),
})

/** What this file adds to a schema. */
export const pageInfoParts = parts(PageInfo, PageInterface)
