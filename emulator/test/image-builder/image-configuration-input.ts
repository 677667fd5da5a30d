/** What the configuration of a full-featured image is made from. */
export interface ImageConfigurationInput {
  readonly region: string;
  readonly otherRegion: string;
  readonly providerVersion: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** The public parameter with the base AMI. */
  readonly baseImageParameter: string;
  /** Text in the component document; another text gives another image. */
  readonly message: string;
  /** The document of the component that is kept in S3. */
  readonly largeDocument: string;
  /** A component of another account, with `x` in its version. */
  readonly sharedComponentArn: string;
}
