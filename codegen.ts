import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'schema/operations/*.graphql',
  generates: {
    'test/generated/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: {
          Long: { input: 'string | number', output: 'string' },
          DateTime: { input: 'string', output: 'string' },
          Duration: { input: 'string', output: 'string' },
          Bytes: { input: 'string', output: 'string' },
          Cursor: { input: 'string', output: 'string' },
          Password: 'string',
          JSON: { input: 'unknown', output: 'unknown' },
          UUID: { input: 'string', output: 'string' },
        },
      },
    },
  },
}

export default config
