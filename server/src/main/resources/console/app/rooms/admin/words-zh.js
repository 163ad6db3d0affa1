/** What only this room says. */
export const zh = {
  'audit.empty': '审计日志为空',
  'audit.empty.next': '每一次人工更改都会记录在这里。',
  'audit.at': '时间',
  'audit.actor': '操作人',
  'audit.action': '操作',
  'audit.object': '对象',
  'audit.detail': '详情',
  'audit.address': '地址',
};
