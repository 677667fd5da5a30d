# The AWS provider that tests run with. `terraform init` compares it with the lock file beside this.
terraform {
  required_version = "1.11.4"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
