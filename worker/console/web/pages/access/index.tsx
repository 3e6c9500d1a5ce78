import type { ReactNode } from 'react'
import { Page } from '../../parts/page.tsx'

export const Access = (): ReactNode => <Page title="access">…</Page>
