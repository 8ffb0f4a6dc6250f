import type { Compiled } from '../normalise/compile.ts'
import type { NormalForm } from '../normalise/normal-form.ts'
import type { Template } from '../template/template.ts'

/** The compilers of a schema. Each returns null for a form that it cannot compile. */
export interface FormCompilers {
  readonly run: (form: NormalForm) => Compiled | null
  readonly template: (form: NormalForm) => Template | null
}

/** A form compiled on first use, shared by all subscriptions with that form. */
export class CompiledForm {
  readonly text: string
  /** Null before it is compiled, and for a form that graphql executes. */
  run: Compiled | null = null
  /** Null before it is compiled, and for a form that needs result objects. */
  template: Template | null = null
  #form: NormalForm | null
  readonly #compilers: FormCompilers

  constructor(form: NormalForm, compilers: FormCompilers) {
    this.text = form.text
    this.#form = form
    this.#compilers = compilers
  }

  compile(): void {
    if (this.#form === null) return
    this.run = this.#compilers.run(this.#form)
    this.template = this.run === null ? null : this.#compilers.template(this.#form)
    this.#form = null
  }
}
