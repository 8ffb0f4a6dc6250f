/** The part of a context that determines what its principal may see. Results depend on it besides the operation. */
interface SeeingContext {
  readonly call: { readonly principal?: { readonly visibility: string } | undefined }
}

const isSeeing = (context: unknown): context is SeeingContext =>
  typeof context === 'object' && context !== null && 'call' in context && typeof context.call === 'object'

/** What the principal of an operation may see; equal texts mean the same. Empty for an operation without a principal. */
export const visibilityOf = (context: unknown): string =>
  isSeeing(context) ? (context.call.principal?.visibility ?? '') : ''

/** The key under which subscribers share results: their argument values, and their visibility unless it is empty. */
export const shareKey = (visibility: string, values: string): string =>
  visibility === '' ? values : `${JSON.stringify(visibility)} ${values}`
