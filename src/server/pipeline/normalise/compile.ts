import { createRequire } from 'node:module'
import { type ExecutionResult, GraphQLObjectType, GraphQLScalarType, type GraphQLSchema, Kind } from 'graphql'
import type { compileQuery as CompileQuery } from 'graphql-jit'
import { hasAmbiguousNames } from './ambiguous-names.ts'
import type { Variables } from './conditions.ts'
import { COERCED } from './form-nodes.ts'
import type { NormalForm } from './normal-form.ts'

// graphql-jit's ES module build imports graphql's CommonJS files, which are other instances. Its CommonJS build does
// not.
const require = createRequire(import.meta.url)
const { compileQuery }: { compileQuery: typeof CompileQuery } = require('graphql-jit')

/** A normal form as a function of an event. */
export type Compiled = (
  event: unknown,
  contextValue: unknown,
  values: Variables,
) => ExecutionResult | Promise<ExecutionResult>

/** Compiling takes 0.1 ms a field without a pause, so graphql executes larger forms. */
const MOST_FIELDS = 400

const coercedValue = new GraphQLScalarType({ name: COERCED, parseValue: value => value })

const withoutArguments = (type: GraphQLObjectType): GraphQLObjectType => {
  const config = type.toConfig()
  const fields = Object.entries(config.fields).map(([name, field]) => [name, { ...field, args: {} }] as const)
  return new GraphQLObjectType({ ...config, fields: Object.fromEntries(fields) })
}

/** The schema as a normal form needs it: root fields without arguments, and the type of its variables. */
const viewOf = (schema: GraphQLSchema): GraphQLSchema => {
  const root = schema.getSubscriptionType()
  const subscription = root ? withoutArguments(root) : undefined
  return Object.create(schema, {
    getType: { value: (name: string) => (name === COERCED ? coercedValue : schema.getType(name)) },
    getSubscriptionType: { value: () => subscription },
    getRootType: { value: () => subscription },
  })
}

/** Creates the compiler of a schema. It returns null for a form that graphql-jit cannot compile, or not safely. */
export const createCompiler = (schema: GraphQLSchema): ((form: NormalForm) => Compiled | null) => {
  const view = viewOf(schema)
  const root = schema.getSubscriptionType()
  const isSafe = ({ document, fieldCount, text }: NormalForm): boolean => {
    const [operation] = document.definitions
    // In an object literal the key "__proto__" sets the prototype.
    if (root == null || fieldCount > MOST_FIELDS || text.includes('__proto__')) return false
    return operation?.kind === Kind.OPERATION_DEFINITION && !hasAmbiguousNames(schema, root, operation.selectionSet)
  }
  return form => {
    if (!isSafe(form)) return null
    const compiled = compileQuery(view, form.document, undefined, { disablingCapturingStackErrors: true })
    return 'query' in compiled ? compiled.query : null
  }
}
