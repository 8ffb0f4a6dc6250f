/** The output of the start lines. */
export interface LineStream {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Prints one line per step of the start. On a terminal a progress bar counts the seconds. */
export interface StartLines extends Disposable {
  step(text: string): void
}

const BAR_WIDTH = 20
const TICK_MS = 200
/** A first start takes this long on an ordinary machine. The bar then stays full. */
const EXPECTED_SECONDS = 20
const ERASE = '\r\u001b[2K'

const bar = (seconds: number): string => {
  const full = Math.min(BAR_WIDTH, Math.round((seconds / EXPECTED_SECONDS) * BAR_WIDTH))
  return `[${'#'.repeat(full)}${' '.repeat(BAR_WIDTH - full)}] ${seconds.toFixed(0)} s`
}

/** Prints to a stream; disposal removes the bar. */
export const createStartLines = (stream: LineStream): StartLines => {
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const draw = () => stream.write(`${ERASE}${bar(seconds())}`)
  const timer = stream.isTTY ? setInterval(draw, TICK_MS) : undefined
  return {
    step: text => stream.write(timer ? `${ERASE}${text}\n${bar(seconds())}` : `${text}\n`),
    [Symbol.dispose]: () => {
      if (timer === undefined) return
      clearInterval(timer)
      stream.write(ERASE)
    },
  }
}
