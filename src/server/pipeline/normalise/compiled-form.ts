import type { Compiled } from './compile.ts'
import type { NormalForm } from './normal-form.ts'

/** A form compiled on first use, shared by all subscriptions with that form. */
export class CompiledForm {
  readonly text: string
  /** Null before it is compiled, and for a form that graphql executes. */
  run: Compiled | null = null
  #form: NormalForm | null
  readonly #compile: (form: NormalForm) => Compiled | null

  constructor(form: NormalForm, compile: (form: NormalForm) => Compiled | null) {
    this.text = form.text
    this.#form = form
    this.#compile = compile
  }

  compile(): void {
    if (this.#form === null) return
    this.run = this.#compile(this.#form)
    this.#form = null
  }
}
