const INVALID_OBJECT = /^(Variable "\$\w+" got invalid value )[[{][\s\S]*?((?: at "[\w.[\]]+")?; (?!.*; )[^\n]*)$/
const INVALID_PASSWORD = /^(Variable "\$\w+" got invalid value )[\s\S]* at ("[\w.[\]]*password"); [\s\S]*$/i

/**
 * GraphQL's error about a variable repeats its value: a whole input object where one of its fields is missing or misspelt,
 * with the passwords in it. Which value is wrong is told by its path; single values are repeated, passwords never.
 */
export const withoutValues = (message: string): string =>
  message
    .replace(INVALID_PASSWORD, '$1(not shown) at $2; Password takes a string.')
    .replace(INVALID_OBJECT, '$1(not shown)$2')
