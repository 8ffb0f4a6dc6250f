import type { PageInfoShape } from './connection.ts'
import { interfaceRef, objectRef, parts } from './schema-part.ts'

/** Where a page stands in its list. */
const PageInfo = objectRef<PageInfoShape>('PageInfo').implement({
  description: 'Where a page stands in its list. Read on with `after: endCursor`, or back with `before: startCursor`.',
  fields: t => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether items follow after this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether items come before this page.' }),
    startCursor: t.expose('startCursor', {
      description: 'The cursor of the first item of this page; null when the page is empty.',
      type: 'Cursor',
      nullable: true,
    }),
    endCursor: t.expose('endCursor', {
      description: 'The cursor of the last item of this page; null when the page is empty.',
      type: 'Cursor',
      nullable: true,
    }),
  }),
})

/** A list that is read in pages. Not called "Connection": Relay reserves names that end so for object types with edges. */
export const PageInterface = interfaceRef<{ readonly pageInfo: PageInfoShape }>('Page').implement({
  description:
    'A list that is read page by page, as Relay describes it: items have cursors, and pages begin after or end before a cursor.',
  fields: t => ({
    pageInfo: t.expose('pageInfo', { description: 'Where this page stands in the list.', type: PageInfo }),
  }),
})

/** What this file adds to a schema. */
export const pageInfoParts = parts(PageInfo, PageInterface)
