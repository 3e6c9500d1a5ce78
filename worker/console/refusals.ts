/** What a refusal says, to programs and to people: `message` in English, `zh` in Chinese. */
export interface Said {
  message: string
  zh: string
}

const said = (message: string, zh: string): Said => ({ message, zh })

/** Everything that the console's API refuses with, in both languages. */
export const SAID = {
  noAddress: said('no such address', '没有此地址'),
  noAccount: said('no such account', '没有此账户'),
  accountName: said(
    'an account is named by small letters, digits and dashes, at most 63',
    '账户名只能用小写字母、数字和连字符，最多 63 位',
  ),
  internal: said('something went wrong in Ladder; see its log', 'Ladder 内部出错，请查看其日志'),
  role: (role: string) => said(`not open to the role ${role}`, `角色 ${role} 无此权限`),
  crossSite: said('this may be asked by Ladder’s own pages alone', '仅可由 Ladder 自己的页面发起'),
  unauthorized: said('sign in, or send the admin token: Authorization: Bearer …', '请登录，或使用管理令牌'),
  nobody: said('nobody is signed in', '尚未登录'),
  noGrant: (name: string) =>
    said(
      `${name} is signed in, but may not use this Ladder: an admin of Ladder has to grant it`,
      `${name} 已登录，但无权使用本系统，请联系管理员授权`,
    ),
  wait: (seconds: number) => said(`too many tries; again in ${seconds} s`, `尝试次数过多，请 ${seconds} 秒后再试`),
  usedLink: said(
    'this link was used, or has run out: ladder console link makes a new one',
    '该链接已使用或已过期，请用 ladder console link 生成新链接',
  ),
  lastAdmin: said(
    'this is the last admin of all accounts: make somebody else one first',
    '这是最后一位全部账户的管理员，请先授权他人',
  ),
  personName: said(
    'a person is named by an e-mail address, or by sub: and the subject at the provider',
    '请填写邮箱地址，或 sub: 加登录服务中的主体标识',
  ),
  subjectFirst: said('a subject is a provider’s: set the provider first', '主体标识属于登录服务，请先设置登录服务'),
  noPerson: said('nobody of that name', '没有此人员'),
  needsSecret: said('clientSecret: a new client needs its secret, or null for none', '更换客户端须填写其密钥'),
  provider: (issuer: string, message: string) =>
    said(`${issuer}: ${message}`, `无法使用登录服务 ${issuer}：${message}`),
  clock: said('the clock of this runtime runs by itself', '此环境的时钟自动运行'),
  tracedBy: said('ref and event, as the list of events has them, or key', '须提供事件列表中的 ref 与 event，或 key'),
  noRecord: said('nothing is known of that record', '没有该记录的信息'),
  noEscalation: said('there is no such escalation', '没有此督办'),
  noCampaign: said('no such account or campaign', '没有此账户或活动'),
  noVersion: said('no such version', '没有此版本'),
  noRun: said('no such run', '没有此批次'),
  noScheme: (scheme: string) => said(`there is no scheme ${scheme}`, `没有评级方案 ${scheme}`),
  notWaiting: (id: string) => said(`no run ${id} waits for an answer`, `没有待批复的批次 ${id}`),
  playbook: said('the playbook has errors', '方法手册有错误'),
  stale: (version: string) =>
    said(
      `another version is in force by now: v${version}. Nothing was kept; bring what you changed to it first`,
      `现已生效的是 v${version}，未保存任何内容，请先合并您的改动`,
    ),
  notOffered: said(
    'this Ladder can’t run the installer: run `ladder plan` and `ladder apply` on a machine with Node',
    '此 Ladder 无法运行安装程序，请在装有 Node 的机器上执行 ladder plan 与 ladder apply',
  ),
  noInstaller: said('the installer does not answer: start Ladder again', '安装程序没有响应，请重新启动 Ladder'),
  tooLarge: said('at most 4 MiB', '内容不得超过 4 MiB'),
  notJson: (why: string) => said(`not JSON: ${why}`, `不是有效的 JSON：${why}`),
  callDays: said('from and to are days such as 2026-11-30, from not after to', '起止日期须形如 2026-11-30，起不晚于止'),
} as const

/** What a schema says of a field, in Chinese, by what it says in English. */
const FIELDS: Readonly<Record<string, string>> = {
  'a MANAGER has the codes of one branch or more, nobody else has any':
    '机构负责人须填写至少一个机构代码，其他角色不填',
  "an RM has the id of the RM's user in the CRM, nobody else has one": '客户经理须填写其 CRM 用户 ID，其他角色不填',
  'an https address without query': '须为不带参数的 https 地址',
  'a day not before `from`': '止日期不得早于起日期',
  'a day before `on`': '对比日期须早于截至日期',
  'at most 500 characters': '最多 500 字',
}

interface Issue {
  path: PropertyKey[]
  message: string
}

/** What a schema found wrong, in both languages: `name: what is wrong` each. */
export const saidOf = (issues: readonly Issue[]): Said => {
  const lines = (words: (message: string) => string): string =>
    issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${words(message)}`).join('; ')
  return { message: lines((message) => message), zh: `内容有误：${lines((message) => FIELDS[message] ?? message)}` }
}
