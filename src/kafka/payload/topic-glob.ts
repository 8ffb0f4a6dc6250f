const LEGAL = /^[a-zA-Z0-9._*?-]{1,249}$/

/** True for a text that can be a pattern of topic names: `*` stands for any characters, `?` for one, all others for themselves. */
export const isTopicGlob = (text: string): boolean => LEGAL.test(text)

/** True if the name matches the whole pattern. It goes back to the last `*` only, so no pattern takes longer than the product of both lengths. */
export const matchesGlob = (name: string, glob: string): boolean => {
  let [at, from] = [0, 0]
  let [star, resume] = [-1, 0]
  while (from < name.length) {
    const sign = glob[at]
    if (sign === '*') {
      star = at
      resume = from
      at += 1
    } else if (sign !== undefined && (sign === '?' || sign === name[from])) {
      at += 1
      from += 1
    } else if (star >= 0) {
      resume += 1
      at = star + 1
      from = resume
    } else return false
  }
  while (glob[at] === '*') at += 1
  return at === glob.length
}
