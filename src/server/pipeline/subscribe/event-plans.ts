import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { createCompiler } from '../normalise/compile.ts'
import type { Variables } from '../normalise/conditions.ts'
import { type NormalForm, normalise } from '../normalise/normal-form.ts'
import { type ShapingVariables, shapingVariables } from '../normalise/operation-variables.ts'
import { WorkBudget } from '../normalise/work-budget.ts'
import { keptByOperation } from '../plan/kept-by-operation.ts'
import { EventWriter } from '../template/event-writer.ts'
import { createTemplates } from '../template/template.ts'
import { CompiledForm, type FormCompilers } from './compiled-form.ts'
import { type EventPlan, type PlanOf, plansOf, unsharedPlan } from './event-plan.ts'

/** What is known about an operation before its variables. */
interface KnownOperation {
  /** Unique for the life of the process. */
  readonly id: number
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: ShapingVariables
}

/** A normalised operation after compiling: its form without nodes. */
interface KnownForm {
  readonly text: string
  readonly planOf: PlanOf
}

/** Limits of each of the two caches. */
const KEPT = { max: 1000, maxSize: 33_554_432 }

/** Measured heap of a compiled form: 48 KB with 11 fields, 380 KB with 108. */
const compiledBytes = ({ fieldCount }: NormalForm): number => 10_000 + fieldCount * 3500

/** Heap of a known form. Its texts are substrings of the document's text and keep that in memory. */
const knownBytes = ({ fieldCount }: NormalForm, { loc }: DocumentNode): number =>
  1000 + fieldCount * 100 + 2 * (loc?.source.body.length ?? 0)

/**
 * How many times MAX_QUERY_FIELDS selections may be visited. Each selection counts once for each type it may apply to.
 */
const GROWTH = 10

const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> => {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  return fragments
}

/** The plans of one schema. Equal forms are compiled once, and an operation is normalised once for equal conditions. */
class EventPlans {
  readonly #schema: GraphQLSchema
  readonly #compilers: FormCompilers
  readonly #mostSelections: number
  /** Distinguishes the forms of several schemas: results are shared by a form's text, which can mean something else in another schema. */
  readonly #number: number
  readonly #operations = keptByOperation<KnownOperation>()
  readonly #forms = new LRUCache<string, KnownForm>(KEPT)
  readonly #compiled = new LRUCache<string, CompiledForm>(KEPT)
  #lastId = 0

  constructor(schema: GraphQLSchema, to: EventWriter, maxQueryFields: number, number: number) {
    this.#schema = schema
    this.#compilers = { run: createCompiler(schema), template: createTemplates(schema, to) }
    this.#mostSelections = maxQueryFields * GROWTH
    this.#number = number
  }

  planOf({ document, operationName, variableValues }: ExecutionArgs): EventPlan {
    const known = this.#operations(document, operationName, () => this.#know(document, operationName))
    if (known === undefined) return unsharedPlan()
    const { coerced } = getVariableValues(this.#schema, known.variables.definitions, variableValues ?? {}, {
      maxErrors: 1,
    })
    // graphql refuses these variables when it opens the source.
    if (coerced === undefined) return unsharedPlan()
    const { compiled, planOf } = this.#formOf(known, coerced, document)
    try {
      return planOf(compiled, coerced)
    } catch {
      // A non-null argument is null: graphql reports that with each event.
      return unsharedPlan()
    }
  }

  #know(document: DocumentNode, operationName: ExecutionArgs['operationName']): KnownOperation | undefined {
    const operation = getOperationAST(document, operationName)
    if (operation == null) return undefined
    const fragments = fragmentsOf(document)
    this.#lastId += 1
    return { id: this.#lastId, operation, fragments, variables: shapingVariables(operation, fragments) }
  }

  #formOf(
    known: KnownOperation,
    variables: Variables,
    document: DocumentNode,
  ): { readonly compiled: CompiledForm; readonly planOf: PlanOf } {
    const conditions = known.variables.conditions.map(name => String(variables[name]))
    const key = `${known.id} ${conditions.join(' ')}`
    const kept = this.#forms.get(key)
    const compiled = kept && this.#compiled.get(kept.text)
    if (kept !== undefined && compiled !== undefined) return { compiled, planOf: kept.planOf }
    const form = this.#normalised(known, variables)
    const made = { compiled: this.#compiledOf(form), planOf: plansOf(form) }
    const size = knownBytes(form, document)
    this.#forms.set(key, { text: made.compiled.text, planOf: made.planOf }, { size })
    return made
  }

  #normalised({ operation, fragments }: KnownOperation, variables: Variables): NormalForm {
    const schema = this.#schema
    const root = schema.getRootType(operation.operation)
    if (root == null) throw new Error(`the schema has no ${operation.operation}`)
    const budget = new WorkBudget(this.#mostSelections)
    const form = normalise({ schema, fragments, variables, budget }, root, operation)
    return { ...form, text: `${this.#number} ${form.text}` }
  }

  #compiledOf(form: NormalForm): CompiledForm {
    const kept = this.#compiled.get(form.text)
    if (kept !== undefined) return kept
    const made = new CompiledForm(form, this.#compilers)
    this.#compiled.set(form.text, made, { size: compiledBytes(form) })
    return made
  }
}

/**
 * Compiles each subscription once from its normal form: 88,000 events/s, 22,000 interpreted. It must be the normal
 * form: graphql-jit gives wrong results for documents with fragments and conditions, and modifies their nodes. The
 * returned function throws a GraphQLError for a refused subscription.
 */
export const createEventPlans = (maxQueryFields: number): ((args: ExecutionArgs) => EventPlan) => {
  const bySchema = new WeakMap<GraphQLSchema, EventPlans>()
  const to = new EventWriter()
  let schemas = 0
  const plansOfSchema = (schema: GraphQLSchema): EventPlans => {
    const known = bySchema.get(schema)
    if (known !== undefined) return known
    schemas += 1
    const made = new EventPlans(schema, to, maxQueryFields, schemas)
    bySchema.set(schema, made)
    return made
  }
  return args => plansOfSchema(args.schema).planOf(args)
}
