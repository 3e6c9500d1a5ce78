import type { ReactNode } from 'react'
import { Page } from '../../parts/page.tsx'

export const PlaybookPage = (): ReactNode => <Page title="playbook">…</Page>
