/** What the console uses of dmn-js, which comes without types. */
declare module 'dmn-js/lib/Modeler' {
  interface View {
    element: { id: string }
    type: string
  }
  interface Viewer {
    get(name: 'eventBus'): {
      on: (events: string | string[], told: () => void) => void
      off: (events: string | string[], told: () => void) => void
    }
  }
  export default class Modeler {
    constructor(options: Record<string, unknown>)
    importXML(xml: string): Promise<{ warnings: unknown[] }>
    saveXML(options?: { format?: boolean }): Promise<{ xml: string }>
    getViews(): View[]
    open(view: View): Promise<unknown>
    getActiveViewer(): Viewer | undefined
    destroy(): void
  }
}

declare module 'dmn-js-decision-table/lib/features/hit-policy/HitPolicies' {
  export const HIT_POLICIES: { label: string; explanation: string }[]
}
