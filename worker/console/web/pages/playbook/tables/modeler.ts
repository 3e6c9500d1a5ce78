import Modeler from 'dmn-js/lib/Modeler'
import { HIT_POLICIES } from 'dmn-js-decision-table/lib/features/hit-policy/HitPolicies'
import { StyleModule } from 'style-mod'
import { inChinese } from './words.ts'

/** The editor of cells brings styles along: they stand under the page's nonce, as everything does that styles it. */
const nonce = document.querySelector<HTMLScriptElement>('script[type=module]')?.nonce ?? ''
const mount = StyleModule.mount.bind(StyleModule)
StyleModule.mount = (root, modules) => mount(root, modules, { nonce })

/** The editor's own styles are a file beside the page, loaded with the first table. */
const styled = new Promise<void>((resolve) => {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = document.documentElement.dataset['tableStyle'] ?? ''
  link.onload = link.onerror = () => resolve()
  document.head.append(link)
})

/** The editor translates all of its words but those of the hit policies: its list of them is turned to the language instead. */
const POLICIES = HIT_POLICIES.map((policy) => ({ ...policy }))
const turnPolicies = (turned: (text: string) => string): void =>
  HIT_POLICIES.forEach((policy, index) => {
    const { label = '', explanation = '' } = POLICIES[index] ?? {}
    Object.assign(policy, { label: turned(label), explanation: turned(explanation) })
  })

export interface TableEditor {
  /** Shows another DMN file. */
  show: (xml: string) => Promise<void>
  destroy: () => void
}

const PAUSE_MS = 120

/** An editor of one decision table in a place of the page. `told` gets the DMN file after each change. */
export const editTable = async (
  container: HTMLElement,
  language: 'en' | 'zh',
  told: (xml: string) => void,
): Promise<TableEditor> => {
  await styled
  const translate = (text: string, replacements: Record<string, string> = {}): string =>
    (language === 'zh' ? inChinese(text) : text).replace(
      /{ ?(\w+) ?}/g,
      (whole, name: string) => replacements[name] ?? whole,
    )
  turnPolicies((text) => translate(text))
  const modeler = new Modeler({
    container,
    decisionTable: { additionalModules: [{ translate: ['value', translate] }] },
  })
  let soon: ReturnType<typeof setTimeout> | undefined
  const tell = async (): Promise<void> => {
    soon = undefined
    const { xml } = await modeler.saveXML()
    told(xml)
  }
  const onChange = (): void => {
    clearTimeout(soon)
    soon = setTimeout(() => void tell(), PAUSE_MS)
  }
  return {
    show: async (xml) => {
      clearTimeout(soon)
      soon = undefined
      await modeler.importXML(xml)
      const view = modeler.getViews().find(({ type }) => type === 'decisionTable')
      if (view) await modeler.open(view)
      modeler.getActiveViewer()?.get('eventBus').on('elements.changed', onChange)
    },
    destroy: () => {
      clearTimeout(soon)
      // what was typed just now isn't lost with the page
      const last = soon === undefined ? Promise.resolve() : tell()
      void last.finally(() => modeler.destroy())
    },
  }
}
