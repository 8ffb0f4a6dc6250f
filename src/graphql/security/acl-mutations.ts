import type { AclBinding as AclBindingShape } from '../../kafka/acls.ts'
import { isFailure } from '../../kafka/errors/kafka-error.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import { badInput } from '../core/errors/failures.ts'
import type { GraphQLLimits } from '../core/limits.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField, objectRef, parts } from '../core/schema-part.ts'
import { AclBindingFilterInput, AclBindingInput, aclFilterOf, aclOf } from './acl-inputs.ts'
import { AclBinding } from './acl-type.ts'

interface AclsShape {
  readonly errors: readonly FailureShape[]
  readonly acls: readonly AclBindingShape[]
  readonly totalCount: number
}

const AclsPayload = objectRef<AclsShape>('AclsPayload').implement({
  description: 'The result of `createAcls` or `deleteAcls`.',
  interfaces: [MutationPayload],
  fields: t => ({
    acls: t.expose('acls', {
      description: 'The created or deleted entries, at most as many as the largest page.',
      type: [AclBinding],
    }),
    totalCount: t.exposeInt('totalCount', { description: 'The number of created or deleted entries.' }),
  }),
})

const payloadOf = (
  acls: readonly AclBindingShape[],
  errors: readonly FailureShape[],
  { page }: GraphQLLimits,
): AclsShape => ({ errors, acls: acls.slice(0, page.max), totalCount: acls.length })

const checkCount = (argument: string, count: number, { page }: GraphQLLimits): void => {
  if (count > page.max) throw badInput(argument, `takes at most ${page.max} items, this request has ${count}.`)
}

const isNothing = (filter: object): boolean =>
  Object.values(filter).every(value => value === null || value === undefined)

const createAclsMutation = mutationField('createAcls', t =>
  t.field({
    description:
      'Creates access control list entries, as `kafka-acls --add` does. An entry that already exists is no error. When the response arrives, the entries are in effect on every broker. A cluster without an authorizer refuses with SECURITY_DISABLED.',
    type: AclsPayload,
    args: { acls: t.arg({ type: [AclBindingInput], required: true, description: 'The entries to create.' }) },
    resolve: async (_, { acls }, { ports, call, loaders, limits }) => {
      checkCount('acls', acls.length, limits)
      const outcomes = await settleAll(acls, {
        prepare: aclOf,
        send: wanted => ports.security.createAcls(uninterrupted(call), wanted),
      })
      loaders.forget()
      return payloadOf(
        resultsOf(outcomes).filter(acl => acl !== null),
        failuresOf(outcomes, ['acls']),
        limits,
      )
    },
  }),
)

const deleteAclsMutation = mutationField('deleteAcls', t =>
  t.field({
    description:
      'Deletes every access control list entry that matches one of the filters, as `kafka-acls --remove` does. A filter without matches is no error. An empty filter is refused: to delete every entry, give `resourceType: ANY`.',
    type: AclsPayload,
    args: {
      filters: t.arg({ type: [AclBindingFilterInput], required: true, description: 'Which entries to delete.' }),
    },
    resolve: async (_, { filters }, { ports, call, loaders, limits }) => {
      checkCount('filters', filters.length, limits)
      const empty = filters.findIndex(isNothing)
      if (empty >= 0) throw badInput(`filters[${empty}]`, 'is empty: to delete every entry, give resourceType: ANY.')
      const outcomes = await settleAll(filters, {
        prepare: aclFilterOf,
        send: wanted => ports.security.deleteAcls(uninterrupted(call), wanted),
      })
      loaders.forget()
      const matched = outcomes.map(outcome => (isFailure(outcome) ? [] : outcome))
      const deleted = matched.flat().flatMap(acl => (isFailure(acl) ? [] : [acl]))
      const errors = matched.flatMap((acls, index) =>
        acls.flatMap(acl => (isFailure(acl) ? [{ error: acl, path: ['filters', String(index)] }] : [])),
      )
      return payloadOf(deleted, [...failuresOf(outcomes, ['filters']), ...errors], limits)
    },
  }),
)

/** What this file adds to a schema. */
export const aclMutationsParts = parts(AclsPayload, createAclsMutation, deleteAclsMutation)
