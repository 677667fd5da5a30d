import { checkText, type TextRule } from './check';
import type { Path, Problem } from './problem';

const hexId = (prefix: string, noun: string): TextRule => ({
  id: `${prefix}-id`,
  pattern: new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`),
  rule: `be ${noun} (${prefix}- and 8 or 17 hex digits)`,
});

const SUBNET = hexId('subnet', 'a subnet id');
const SECURITY_GROUP = hexId('sg', 'a security group id');
const AMI = hexId('ami', 'an AMI id');
const SNAPSHOT = hexId('snap', 'a snapshot id');
const DEDICATED_HOST = hexId('h', 'the id of a Dedicated Host');
const CAPACITY_RESERVATION = hexId('cr', 'the id of a Capacity Reservation');

/** A zone of a Region, or a Local Zone such as `us-west-2-lax-1a`. */
const AVAILABILITY_ZONE: TextRule = {
  id: 'availability-zone',
  pattern: /^[a-z]{2,4}(?:-[a-z]+)+-\d(?:-[a-z]{3}-\d)?[a-z]$/,
  rule: 'be an Availability Zone such as us-east-1a',
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html */
const KEY_PAIR_NAME: TextRule = {
  id: 'key-pair-name',
  pattern: /^(?! )[ -~]{1,255}(?<! )$/,
  rule: 'be the name of a key pair: 1 to 255 ASCII characters, no blank at either end',
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreatePlacementGroup.html */
const PLACEMENT_GROUP_NAME: TextRule = {
  id: 'placement-group-name',
  pattern: /^(?! )[ -~]{1,255}(?<! )$/,
  rule: 'be the name of a placement group: 1 to 255 ASCII characters, no blank at either end',
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET_NAME: TextRule = {
  id: 'bucket-name',
  pattern: /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  rule: 'be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and dashes',
};

const REGION: TextRule = {
  id: 'region',
  pattern: /^[a-z]{2,4}(?:-[a-z]+)+-\d$/,
  rule: 'be an AWS Region code such as us-east-1',
};

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4_CIDR: TextRule = {
  id: 'ipv4-cidr',
  pattern: new RegExp(`^${OCTET}(?:\\.${OCTET}){3}/(?:3[0-2]|[12]?\\d)$`),
  rule: 'be an IPv4 CIDR block such as 10.0.0.0/16',
};

/** `<family><generation><attributes>.<size>`, with the dashes of `u-6tb1.metal` and `mac2-m2.metal`. */
const INSTANCE_TYPE: TextRule = {
  id: 'instance-type',
  pattern: /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
  rule: 'be an EC2 instance type such as m7i.xlarge',
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
const LAUNCH_TEMPLATE_NAME: TextRule = {
  id: 'launch-template-name',
  pattern: /^[A-Za-z0-9()./_-]{3,125}$/,
  rule: 'be 3 to 125 letters, digits and ()./_-',
};

/**
 * Graviton families: `a1`, and a `g` among the letters behind the generation (`m7g`, `c7gn`,
 * `is4gen`).
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
const GRAVITON = /^(?:a1|[a-z]+\d+[a-z]*g[a-z]*)\./;

/** Hosts of NVIDIA's Grace processor, such as `p6e-gb200`. */
const GRACE = /^[a-z]+\d+[a-z]*-gb\d+\./;

/** Such as `mac2.metal` and `mac-m4.metal`. */
const MAC = /^mac(?:\d|-)/;

/** What a type must not be. */
const noneOf = (types: RegExp): RegExp => new RegExp(`^(?!${types.source.slice(1)})[^]*$`);

/** What each type has to be to run Windows. A type breaks one of these rules at most. */
const WINDOWS_INSTANCE_TYPE: readonly TextRule[] = [
  {
    id: 'graviton-type',
    pattern: noneOf(GRAVITON),
    rule: 'be an x86-64 instance type, because there is no Windows Server on Graviton',
    whatToDo: 'choose the Intel or AMD sibling, such as m7i or m7a for m7g',
  },
  {
    id: 'grace-type',
    pattern: noneOf(GRACE),
    rule: 'be an x86-64 instance type, because there is no Windows Server on Grace',
  },
  {
    id: 'mac-type',
    pattern: noneOf(MAC),
    rule: 'be an instance type other than a Mac, which runs macOS only',
  },
];

/** A subnet id. */
export const checkSubnetId = (path: Path, value: string): Problem[] =>
  checkText(path, value, SUBNET);

/** A security group id. */
export const checkSecurityGroupId = (path: Path, value: string): Problem[] =>
  checkText(path, value, SECURITY_GROUP);

/** An AMI id. */
export const checkAmiId = (path: Path, value: string): Problem[] => checkText(path, value, AMI);

/** An EBS snapshot id. */
export const checkSnapshotId = (path: Path, value: string): Problem[] =>
  checkText(path, value, SNAPSHOT);

/** The id of a Dedicated Host. */
export const checkDedicatedHostId = (path: Path, value: string): Problem[] =>
  checkText(path, value, DEDICATED_HOST);

/** The id of a Capacity Reservation. */
export const checkCapacityReservationId = (path: Path, value: string): Problem[] =>
  checkText(path, value, CAPACITY_RESERVATION);

/** The name of an Availability Zone or a Local Zone. Only the form is checked. */
export const checkAvailabilityZone = (path: Path, value: string): Problem[] =>
  checkText(path, value, AVAILABILITY_ZONE);

/** The name of an EC2 key pair. */
export const checkKeyPairName = (path: Path, value: string): Problem[] =>
  checkText(path, value, KEY_PAIR_NAME);

/** The name of a placement group. */
export const checkPlacementGroupName = (path: Path, value: string): Problem[] =>
  checkText(path, value, PLACEMENT_GROUP_NAME);

/** The name of an S3 bucket. */
export const checkBucketName = (path: Path, value: string): Problem[] =>
  checkText(path, value, BUCKET_NAME);

/** An AWS Region code. Only the form is checked: a list would be out of date with the next Region. */
export const checkRegion = (path: Path, value: string): Problem[] => checkText(path, value, REGION);

/** An IPv4 CIDR block. */
export const checkIpv4Cidr = (path: Path, value: string): Problem[] =>
  checkText(path, value, IPV4_CIDR);

/** The name of a launch template. */
export const checkLaunchTemplateName = (path: Path, value: string): Problem[] =>
  checkText(path, value, LAUNCH_TEMPLATE_NAME);

/**
 * An EC2 instance type that can run Windows: not a Mac, and not one with an Arm processor. What EKS
 * says about nodes beyond that is in `checkWindowsNodeType`.
 */
export function checkWindowsInstanceType(path: Path, value: string): Problem[] {
  return [INSTANCE_TYPE, ...WINDOWS_INSTANCE_TYPE].flatMap((rule) => checkText(path, value, rule));
}
