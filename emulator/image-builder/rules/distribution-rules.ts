import { type Json, listOfJson, objectOf, textsOf } from '../../front/json-fields';
import { OWN_ACCOUNT, textOf } from '../../front/wire-format';
import { checkChoice, checkRange, invalidValue, type RuleContext } from '../resources/rule-context';

const AMI_NAME = /^[-_A-Za-z0-9{][-_A-Za-z0-9\s:{}.]+[-_A-Za-z0-9}]$/;
const AMI_NAME_LENGTH = 127;
const ACCOUNT = /^\d{12}$/;
const PARAMETER_NAME = /^[a-zA-Z0-9_.\-/]{1,1011}$/;
const LICENSE_ARN =
  /^arn:aws:license-manager:[^:]+:\d{12}:license-configuration:lic-[a-z0-9-_]{32}$/;

/**
 * Checks a distribution configuration.
 * @throws ApiError when Image Builder would refuse it.
 */
export function checkDistribution(_context: RuleContext, content: Json): void {
  const distributions = listOfJson(content['distributions']);
  if (distributions.length === 0) throw invalidValue('distributions', 'It must not be empty.');
  const regions = distributions.map((distribution) => textOf(distribution, 'region'));
  if (new Set(regions).size !== regions.length) {
    throw invalidValue('distributions', `A region is repeated: ${regions.join(', ')}`);
  }
  for (const distribution of distributions) checkTarget(distribution);
}

function checkTarget(target: Json): void {
  const region = textOf(target, 'region');
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw invalidValue('region', `It must be a region, got: ${region}`);
  }
  checkAmi(objectOf(target, 'amiDistributionConfiguration'));
  for (const arn of textsOf(target, 'licenseConfigurationArns')) {
    if (!LICENSE_ARN.test(arn)) {
      const detail = `It must be the ARN of a license configuration, got: ${arn}`;
      throw invalidValue('licenseConfigurationArns', detail);
    }
  }
  const accounts = targetAccounts(target);
  for (const settings of listOfJson(target['ssmParameterConfigurations'])) {
    checkParameter(settings, accounts);
  }
  for (const settings of listOfJson(target['fastLaunchConfigurations'])) {
    checkRange(settings, 'maxParallelLaunches', 1, Number.MAX_SAFE_INTEGER);
    checkRange(objectOf(settings, 'snapshotConfiguration'), 'targetResourceCount', 1, 10_000);
  }
}

function checkAmi(settings: Json): void {
  const name = settings['name'];
  if (name !== undefined && name !== null) {
    if (!AMI_NAME.test(String(name)) || String(name).length > AMI_NAME_LENGTH) {
      throw invalidValue('name', `The AMI name is not valid, got: ${String(name)}`);
    }
  }
  const permission = objectOf(settings, 'launchPermission');
  for (const account of [
    ...textsOf(settings, 'targetAccountIds'),
    ...textsOf(permission, 'userIds'),
  ]) {
    if (!ACCOUNT.test(account)) {
      throw invalidValue('accountId', `It must be an account of 12 digits, got: ${account}`);
    }
  }
}

function checkParameter(settings: Json, accounts: readonly string[]): void {
  const name = textOf(settings, 'parameterName');
  if (!PARAMETER_NAME.test(name) || /^\/?(aws|ssm)/i.test(name)) {
    throw invalidValue('parameterName', `It must be a parameter of your own, got: ${name}`);
  }
  checkChoice(settings, 'dataType', ['text', 'aws:ec2:image']);
  const account = textOf(settings, 'amiAccountId') || OWN_ACCOUNT;
  if (accounts.includes(account)) return;
  const detail = `The account ${account} must be a target account of the region.`;
  throw invalidValue('amiAccountId', detail);
}

/** The accounts that get the AMI in a region: the own one and those named. */
export function targetAccounts(target: Json): readonly string[] {
  const settings = objectOf(target, 'amiDistributionConfiguration');
  return [...new Set([OWN_ACCOUNT, ...textsOf(settings, 'targetAccountIds')])];
}
