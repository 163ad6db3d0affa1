/** What only this room says. */
export const zh = {
  'rules.empty': '还没有规则',
  'rules.empty.next': '规则把遥测变成故障和工单。可通过 PUT /api/v1/rules/{id} 添加。',

  'rule.id': '规则',
  'rule.severity': '严重程度',
  'rule.when': '条件',
  'rule.for': '持续',
  'rule.version': '版本',
  'rule.state': '状态',
  'rule.on': '启用',
  'rule.off': '停用',
};
