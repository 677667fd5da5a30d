/** The JSON of a stack with its state in a file, and with the version of the AWS provider at hand. */
export function withLocalState(text: string, providerVersion: string): string {
  const json = JSON.parse(text);
  if (json.terraform.backend?.local === undefined) delete json.terraform.backend;
  json.terraform.required_providers.aws.version = providerVersion;
  return JSON.stringify(json);
}
