/** What the sign-in says. */
export const texts = {
  title: { en: 'Sign in to Ladder', zh: '登录 Ladder' },
  about: {
    en: 'Stages, tiers, campaigns and escalations of this bank.',
    zh: '本行的开发阶段、客户分级、营销活动与升级督办。',
  },
  oidc: { en: 'Sign in with the bank’s account', zh: '使用行内账号登录' },
  setup: { en: 'Setup link', zh: '设置链接' },
  token: { en: 'Setup token', zh: '设置令牌' },
  enter: { en: 'Sign in', zh: '登录' },
  howSetup: {
    en: 'Ladder prints a setup link when it starts. It works once. Open it, or paste its token here.',
    zh: 'Ladder 启动时会打印一次性设置链接。请打开该链接，或将其中的令牌粘贴到此处。',
  },
  noWay: {
    en: 'Nobody can sign in yet: start Ladder with ladder serve and open the setup link that it prints, or set up an OpenID provider.',
    zh: '尚无登录方式：请用 ladder serve 启动并打开其打印的设置链接，或配置 OpenID 提供方。',
  },
  working: { en: 'Signing in…', zh: '正在登录…' },
  ended: { en: 'Sign in again to go on.', zh: '请重新登录后继续。' },
} as const
