/** The highest number that registries take. */
const MOST = 2_147_483_647

/** Whether this may be the number of a version or a schema. Confluent's registry takes -1 for the latest version. */
export const isNumber = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= MOST
