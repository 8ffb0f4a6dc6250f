import type { GraphQLError } from 'graphql'
import { shortened } from '../../../kafka/text.ts'
import { shortMessage } from './short-message.ts'

const ABOUT_A_VALUE = /^Variable "\$\w+" got invalid value /
const PLACE = / at "[\w.[\]]+"$/
const OF_A_PASSWORD = /password"$/i
const HIDDEN = '(not shown)'
/** A reason contains type and field names. Only a misspelt name that is itself a large text makes it longer. */
const MAX_REASON = 500

const withinBounds = (text: string): string => (text.length <= MAX_REASON ? text : `${text.slice(0, MAX_REASON)}…`)

const shownValue = (value: string, place: string, reason: string): string => {
  const isSecret = OF_A_PASSWORD.test(place) || reason.startsWith('Password ')
  return isSecret || /^[[{]/.test(value) ? HIDDEN : shortened(value)
}

/**
 * The message of a GraphQL error about the request, without the client's values. graphql repeats the value of a
 * variable: a whole input object, with its passwords, when one field is missing or misspelt. This hides lists, objects
 * and passwords and shortens long values; the place and the reason stay. The reason comes from the original error, so
 * text inside a value cannot be mistaken for it.
 */
export const withoutValues = ({ message, originalError }: GraphQLError): string => {
  const [start] = ABOUT_A_VALUE.exec(message) ?? []
  const reason = originalError?.message
  if (start === undefined || reason === undefined || !message.endsWith(`; ${reason}`)) return shortMessage(message)
  const valueAndPlace = message.slice(start.length, -`; ${reason}`.length)
  const [place = ''] = PLACE.exec(valueAndPlace) ?? []
  const value = valueAndPlace.slice(0, valueAndPlace.length - place.length)
  const shown = shownValue(value, place, reason)
  // Reasons of built-in scalars end with the value.
  const ownReason = shown === value ? reason : reason.replaceAll(value, () => shown)
  return `${start}${shown}${place}; ${withinBounds(ownReason)}`
}
