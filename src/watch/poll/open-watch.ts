import type { Pacer } from '../../async/pacer.ts'
import { PulledIterator, type PullSource } from '../../async/pulled-iterator.ts'
import type { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { Position, type View } from './position.ts'

/** Opens a position in one of the polls that a watch follows. */
export type OpenPosition<E extends object> = (member: {
  wake(): void
  fail(error: KafkaError): void
}) => Promise<Position<E>>

/** Wraps a view, so that its snapshot type stays private. Called after all earlier positions are open. */
export const positionIn =
  <S extends object, E extends object>(view: () => View<S, E>): OpenPosition<E> =>
  member =>
    Position.open(view(), member)

/** The events of a watch's positions; the first position's events come first. */
class Positions<E extends object> implements PullSource<E> {
  readonly #positions: readonly Position<E>[]
  readonly #onRelease: () => void

  constructor(positions: readonly Position<E>[], onRelease: () => void) {
    this.#positions = positions
    this.#onRelease = onRelease
  }

  step(): E | number {
    let waitMs = Number.POSITIVE_INFINITY
    for (const position of this.#positions) {
      const next = position.next()
      if (typeof next !== 'number') return next
      waitMs = Math.min(waitMs, next)
    }
    return waitMs
  }

  release(): void {
    for (const position of this.#positions) position[Symbol.dispose]()
    this.#onRelease()
  }
}

/** How to open a watch. */
export interface WatchManner {
  readonly pacer: Pacer
  readonly signal: AbortSignal | undefined
  /** Called once, at the end. */
  readonly onRelease: () => void
}

/** Opens the positions one after the other, then the watch over them. @throws KafkaError; nothing is left open then. */
export const openWatch = async <E extends object>(
  openings: readonly OpenPosition<E>[],
  { pacer, signal, onRelease }: WatchManner,
): Promise<PulledIterator<E>> => {
  const positions: Position<E>[] = []
  let watch: PulledIterator<E> | null = null
  let failure: KafkaError | null = null
  const member = {
    wake: () => watch?.wake(),
    fail: (error: KafkaError) => {
      failure ??= error
      watch?.fail(error)
    },
  }
  try {
    for (const open of openings) {
      positions.push(await open(member))
      signal?.throwIfAborted()
      if (failure !== null) throw failure
    }
  } catch (thrown) {
    for (const position of positions) position[Symbol.dispose]()
    throw thrown
  }
  watch = new PulledIterator(new Positions(positions, onRelease), pacer)
  return watch
}
