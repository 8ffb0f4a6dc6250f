import { GraphQLError } from 'graphql'

const tooLarge = (most: number): GraphQLError =>
  new GraphQLError(
    `The subscription is too large: its selections, counted once for each type that they may apply to, are more than ${most}. Select less, or fewer fields beside fragments on types.`,
    { extensions: { code: 'QUERY_TOO_LARGE' } },
  )

/**
 * Limits the selections visited for one operation. A selection on an interface or union counts once for each of its
 * types.
 */
export class WorkBudget {
  readonly #most: number
  #spent = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Call it before doing the work. @throws GraphQLError QUERY_TOO_LARGE */
  spend(selections: number): void {
    this.#spent += selections
    if (this.#spent > this.#most) throw tooLarge(this.#most)
  }
}
