import type { Label } from '../../../../../schemas/model/define.ts'

/** What people did, as the audit names it, in words. */
const DEEDS: Record<string, [en: string, zh: string]> = {
  'access.grant': ['Granted a role', '授予角色'],
  'access.provider': ['Set the sign-in provider', '设置登录服务'],
  'access.provider-removed': ['Removed the sign-in provider', '移除登录服务'],
  'access.revoke': ['Took a role away', '撤销角色'],
  'access.setup-token': ['Had a sign-in link made', '生成登录链接'],
  'account.connect': ['Connected a CRM', '接入 CRM'],
  'account.disconnect': ['Disconnected a CRM', '断开 CRM'],
  'account.sweep': ['Asked for a sweep', '发起扫描'],
  'campaign.attendance': ['Entered who came', '录入到场情况'],
  'customer.erase': ['Had a customer forgotten', '删除客户资料'],
  'escalation.acknowledge': ['Acknowledged an escalation', '确认督办'],
  'escalation.reassign': ['Gave an escalation to another', '转派督办'],
  'escalation.resolve': ['Resolved an escalation', '办结督办'],
  'hubspot.ask-consent': ['Asked HubSpot for consent', '请求 HubSpot 授权'],
  'install.run': ['Ran the installer', '运行安装'],
  'install.stop': ['Stopped the installer', '停止安装'],
  'letters.replay': ['Sent dead letters again', '重新发送死信'],
  'playbook.draft': ['Kept a playbook', '保存方法手册'],
  'playbook.publish': ['Put a playbook in force', '发布方法手册'],
  'rating-run.answer': ['Answered a rating run', '审批评级批次'],
  'rating-run.start': ['Started a rating run', '发起评级批次'],
  'session.begin': ['Signed in', '登录'],
  'session.refused': ['Was not let in', '登录被拒'],
  'session.end': ['Signed out', '退出'],
}

/** A deed in words; its own name where there are none. */
export const deedName = (what: string): Label => {
  const [en, zh] = DEEDS[what] ?? [what, what]
  return { en, zh }
}
