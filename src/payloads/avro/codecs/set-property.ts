/** Sets an own property, whatever its name. An assignment to `__proto__` would set the prototype. */
export const setProperty = (object: Record<string, unknown>, name: string, value: unknown): void => {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  else object[name] = value
}
