/** More than two wrong letters are another word. */
const MOST_EDITS = 2
/** Longer words are not compared. */
const MOST_LETTERS = 40

const plain = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** How many letters must be added, removed or changed to make one word of the other. */
const edits = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The word that was probably meant; undefined if none is near. */
export const nearestWord = (word: string, words: readonly string[]): string | undefined => {
  if (word.length > MOST_LETTERS) return undefined
  const given = plain(word)
  const [nearest] = words
    .map(known => ({ known, distance: edits(given, plain(known)) }))
    .filter(({ distance, known }) => distance <= Math.min(MOST_EDITS, known.length - 2))
    .sort((a, b) => a.distance - b.distance)
  return nearest?.known
}
