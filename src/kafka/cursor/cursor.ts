declare const cursor: unique symbol

/**
 * A position in a stream: the topic id and the next offset of each partition. Authenticated, URL-safe and opaque to
 * clients. It is self-contained: any instance of the server resumes from it, after any restart.
 */
export type Cursor = string & { readonly [cursor]: true }
