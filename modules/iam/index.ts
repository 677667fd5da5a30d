export * from './aws-cli-credentials';
export * from './iam-options';
export * from './iam-policy';
export * from './role-name';
export * from './service-role';
