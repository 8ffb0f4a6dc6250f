/** A double holds every decimal number of so many digits. */
const EXACT_DIGITS = 15

/** The digits of a number that cannot have been rounded when its JSON was parsed. */
export const exactText = (value: number): string | undefined => {
  const digits = String(Math.abs(value))
    .replace(/e.*$/, '')
    .replace(/^0\.0*/, '')
    .replace('.', '')
  return Number.isSafeInteger(value) || digits.length <= EXACT_DIGITS ? String(value) : undefined
}
