import type { Report } from './step.ts'

export interface UninstallReport extends Report {
  exportDir?: string
}

export interface UninstallWish {
  exportDir: string
  /** Takes Ladder's parts out of the CRM too. */
  removeApp: boolean
  /** Ladder's own records too. */
  deleteData: boolean
  now: Date
}

/** What the command does to one CRM, whichever it is. */
export interface Installer {
  install(write: boolean): Promise<Report>
  verify(): Promise<Report>
  uninstall(wish: UninstallWish): Promise<UninstallReport>
  /** What stays and what goes, for a person to read before. */
  uninstallNotice(wish: Pick<UninstallWish, 'removeApp' | 'deleteData'>): string[]
}
