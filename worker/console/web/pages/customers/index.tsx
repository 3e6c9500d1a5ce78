import type { ReactNode } from 'react'
import { Page } from '../../parts/page.tsx'

export const Customers = (): ReactNode => <Page title="customers">…</Page>
