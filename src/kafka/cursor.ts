declare const cursor: unique symbol

/**
 * Where a stream stands: topic id and the next offset of each partition, authenticated, URL-safe, opaque to clients.
 * Whole in itself: any instance of the gateway resumes from it, after any restart.
 */
export type Cursor = string & { readonly [cursor]: true }
