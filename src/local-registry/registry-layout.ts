import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePorts } from '../local-kafka/data-folder/free-ports.ts'

/** The files and the port of a local registry. */
export interface RegistryLayout {
  readonly dir: string
  readonly port: number
  readonly propertiesFile: string
}

/** Apicurio's log and its database are named relative to the folder that Java runs in: URLs of H2 cannot hold every path. */
const propertiesOf = (port: number): string =>
  [
    'quarkus.http.host=127.0.0.1',
    `quarkus.http.port=${port}`,
    'apicurio.storage.kind=sql',
    'apicurio.storage.sql.kind=h2',
    // Without a delay, ids survive kill -9. Kafka's messages name them for ever.
    'apicurio.datasource.url=jdbc:h2:file:./registry;WRITE_DELAY=0',
    'apicurio.datasource.jdbc.initial-size=2',
    'apicurio.datasource.jdbc.min-size=1',
    'apicurio.datasource.jdbc.max-size=20',
    'apicurio.ccompat.max-subjects=100000',
    'quarkus.banner.enabled=false',
    'quarkus.log.level=WARN',
    'quarkus.log.category."io.apicurio".level=WARN',
    'quarkus.http.access-log.enabled=false',
    'quarkus.log.file.enable=true',
    'quarkus.log.file.path=registry.log',
    'quarkus.log.file.level=WARN',
    'quarkus.log.file.rotation.max-file-size=5M',
    'quarkus.log.file.rotation.max-backup-index=1',
    '',
  ].join('\n')

const PORT_FILE = 'registry.json'

const rememberedPort = async (file: string): Promise<readonly number[]> => {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    const port = typeof value === 'object' && value !== null && 'port' in value ? value.port : null
    return typeof port === 'number' ? [port] : []
  } catch {
    return []
  }
}

/** Chooses the port, and writes the settings. Reuses the remembered port if it is free, and `keepPort`. */
export const layOutRegistry = async (dir: string, keepPort: boolean): Promise<RegistryLayout> => {
  const file = join(dir, PORT_FILE)
  const [port = 0] = await freePorts(1, keepPort ? await rememberedPort(file) : [])
  const propertiesFile = join(dir, 'registry.properties')
  await writeFile(propertiesFile, propertiesOf(port))
  await writeFile(`${file}.new`, `${JSON.stringify({ port })}\n`)
  await rename(`${file}.new`, file)
  return { dir, port, propertiesFile }
}
