import type { ReactNode } from 'react'
import { Page } from '../../parts/page.tsx'

export const Connect = (): ReactNode => <Page title="connect">…</Page>
