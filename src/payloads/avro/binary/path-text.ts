import { type JsonPath, jsonPathText } from '../../../kafka/payload/json-path.ts'
import { shown } from '../schema/json-object.ts'

/** A path for an error message: its long names are cut. */
export const pathText = (path: JsonPath): string =>
  jsonPathText(path.map(step => (typeof step === 'number' ? step : shown(step))))
