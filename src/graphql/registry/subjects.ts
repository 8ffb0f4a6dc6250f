import { filteredInTurns } from '../core/bounds/passes.ts'
import type { GraphQLContext } from '../core/context.ts'
import { checkPage, type ListOrder, type Page, type PageArguments, pageOfMany } from '../core/paging/connection.ts'
import { listConnection, pageArguments } from '../core/paging/list-connection.ts'
import { objectField, parts } from '../core/schema-part.ts'
import { registryLoaders } from './registry-loaders.ts'
import { SchemaRegistry } from './schema-registry-type.ts'
import { Subject, type SubjectNode } from './subject-type.ts'

const words = { one: 'subject', many: 'subjects' }

const order: ListOrder<SubjectNode> = {
  list: 'subjects',
  direction: 'ASC',
  shapes: [['string']],
  keyOf: ({ name }) => [name],
}

const SubjectConnection = listConnection<SubjectNode>('Subject', Subject, words)

/** Every subject. The deleted ones are those that only the longer list has. */
const everySubject = async (isDeleted: boolean, { loaders }: GraphQLContext): Promise<readonly SubjectNode[]> => {
  const { subjects } = loaders.shared(registryLoaders)
  const [live, all] = await Promise.all([subjects(false), subjects(isDeleted)])
  const living = new Set(live)
  return all.map(name => ({ kind: 'Subject', name, isDeleted: !living.has(name) }))
}

interface SubjectsArguments extends PageArguments {
  readonly nameContains?: string | null | undefined
  readonly isDeleted?: boolean | null | undefined
}

const listSubjects = async (
  { nameContains, isDeleted, ...page }: SubjectsArguments,
  context: GraphQLContext,
): Promise<Page<SubjectNode>> => {
  checkPage(order, page, context.limits)
  const part = nameContains ?? ''
  const all = await everySubject(isDeleted ?? false, context)
  const matching = await filteredInTurns(all, ({ name }) => name.includes(part), context, 1)
  return pageOfMany(matching, order, page, context)
}

const registrySubjects = objectField(SchemaRegistry, 'subjects', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The subjects of the registry, sorted by name, page by page. Null with an error if the registry does not answer.',
    type: SubjectConnection,
    nullable: true,
    args: {
      ...pageArguments(t.arg, words),
      nameContains: t.arg.string({ description: 'Only subjects whose name contains this text. Case matters.' }),
      isDeleted: t.arg.boolean({
        defaultValue: false,
        description: 'Include the subjects that were deleted softly. `Subject.isDeleted` marks them.',
      }),
    },
    resolve: (_, page, context) => listSubjects(page, context),
  }),
)

/** What this file adds to a schema. */
export const subjectsParts = parts(SubjectConnection, registrySubjects)
