import { shown } from '../../../kafka/text.ts'
import { SchemaProblem } from '../../schema-codec.ts'
import type { EnumDeclaration, FileDeclaration, MessageDeclaration } from './declarations.ts'
import {
  type Counter,
  readEnum,
  readMessage,
  readStatementOption,
  skipExtension,
  skipVisibility,
} from './parse-message.ts'
import { skipBlock, skipStatement } from './parse-options.ts'
import { Tokens } from './tokens.ts'

const EDITIONS: readonly string[] = ['proto2', 'proto3', '2023', '2024', '2026']

interface File {
  edition: string
  package: string
  readonly imports: string[]
  readonly messages: MessageDeclaration[]
  readonly enums: EnumDeclaration[]
  readonly options: Map<string, string>
}

const readEdition = (tokens: Tokens, file: File): void => {
  tokens.advance()
  tokens.expect('=')
  file.edition = tokens.string('a text')
  if (!EDITIONS.includes(file.edition))
    throw new SchemaProblem(`${shown(file.edition)} is not one of the editions ${EDITIONS.join(', ')}`)
  tokens.expect(';')
}

const readImport = (tokens: Tokens, file: File): void => {
  tokens.advance()
  if (tokens.mark === 'option') {
    skipStatement(tokens)
    return
  }
  if (!tokens.take('public')) tokens.take('weak')
  file.imports.push(tokens.string('the name of a file'))
  tokens.expect(';')
}

const readStatement = (tokens: Tokens, file: File, counter: Counter): void => {
  skipVisibility(tokens)
  switch (tokens.mark) {
    case ';':
      tokens.advance()
      return
    case 'syntax':
    case 'edition':
      readEdition(tokens, file)
      return
    case 'package':
      tokens.advance()
      file.package = tokens.name('the name of a package')
      tokens.expect(';')
      return
    case 'import':
      readImport(tokens, file)
      return
    case 'option':
      readStatementOption(tokens, file.options)
      return
    case 'message':
      tokens.advance()
      file.messages.push(readMessage(tokens, file.package, 1, counter))
      return
    case 'enum':
      tokens.advance()
      file.enums.push(readEnum(tokens, file.package, counter))
      return
    case 'extend':
      skipExtension(tokens)
      return
    case 'service':
      tokens.advance()
      tokens.word('the name of a service')
      skipBlock(tokens)
      return
    default:
      throw tokens.problem('message, enum, import or another declaration')
  }
}

/**
 * Parses a .proto text of proto2, proto3 or an edition. Services and extensions are passed over.
 *
 * @throws SchemaProblem with the line
 */
export const parseFile = (text: string, counter: Counter): FileDeclaration => {
  const tokens = new Tokens(text)
  const file: File = { edition: 'proto2', package: '', imports: [], messages: [], enums: [], options: new Map() }
  while (!tokens.isEnd) readStatement(tokens, file, counter)
  const { edition, imports, messages, enums, options } = file
  return { edition, imports, messages, enums, options }
}
