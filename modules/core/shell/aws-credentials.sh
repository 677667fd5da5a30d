# With which credentials the AWS CLI is called. All values come by environment; empty or absent is
# "not used":
#   PROVIDER_PROFILE          the profile of the AWS provider: goes before keys in the environment, as
#                             there. AWS_PROFILE of the machine does not, for the CLI and the provider
#   ASSUME_ROLE_ARN           a role to assume, with the credentials there are
#   ASSUME_ROLE_EXTERNAL_ID   what its trust policy may ask for
#   ASSUME_ROLE_SESSION_NAME  how CloudTrail names the session
#   EXPECTED_ACCOUNT_ID       the account that the credentials have to belong to

if [ -n "${PROVIDER_PROFILE:-}" ]; then
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  export AWS_PROFILE="$PROVIDER_PROFILE"
elif [ -z "${AWS_PROFILE:-}" ]; then
  # An empty name would be looked up.
  unset AWS_PROFILE
fi

own_key=${AWS_ACCESS_KEY_ID:-}
own_secret=${AWS_SECRET_ACCESS_KEY:-}
own_token=${AWS_SESSION_TOKEN:-}
own_profile=${AWS_PROFILE:-}

# A session of a role lasts an hour, whatever the role allows; it is renewed well before.
ROLE_SESSION_SECONDS=3600
RENEW_AFTER_SECONDS=2700
assumed_at=''

describe_credentials() {
  if [ -n "$own_key" ]; then
    printf 'the keys in the environment'
  elif [ -n "$own_profile" ]; then
    printf 'profile %s' "$own_profile"
  else
    printf 'the default credentials of the machine that runs Terraform'
  fi
  [ -z "${ASSUME_ROLE_ARN:-}" ] || printf ', role %s' "$ASSUME_ROLE_ARN"
}

# Back to the credentials that the script was started with.
use_own_credentials() {
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE
  [ -z "$own_key" ] || export AWS_ACCESS_KEY_ID="$own_key" AWS_SECRET_ACCESS_KEY="$own_secret"
  [ -z "$own_token" ] || export AWS_SESSION_TOKEN="$own_token"
  [ -z "$own_profile" ] || export AWS_PROFILE="$own_profile"
}

# Begins a session of the role. The error is in $error when it cannot.
assume_role() {
  use_own_credentials
  set -- --role-arn "$ASSUME_ROLE_ARN" --duration-seconds "$ROLE_SESSION_SECONDS" \
    --role-session-name "${ASSUME_ROLE_SESSION_NAME:-$PROGRAM}"
  [ -z "${ASSUME_ROLE_EXTERNAL_ID:-}" ] || set -- "$@" --external-id "$ASSUME_ROLE_EXTERNAL_ID"
  call sts assume-role "$@" --output text \
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' || return 1
  unset AWS_PROFILE
  AWS_ACCESS_KEY_ID=$(field "$answer" 1)
  AWS_SECRET_ACCESS_KEY=$(field "$answer" 2)
  AWS_SESSION_TOKEN=$(field "$answer" 3)
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  assumed_at=$(now)
}

use_role() {
  [ -n "${ASSUME_ROLE_ARN:-}" ] || return 0
  assume_role && return 0
  complain "$(error_line)"
  die 1 "role $ASSUME_ROLE_ARN could not be assumed; $standing"
}

# Begins another session when the one at hand grows old. What could not be renewed is tried again
# at the next pause, while the session lasts.
renew_role() {
  [ -n "$assumed_at" ] || return 0
  [ $(($(now) - assumed_at)) -ge "$RENEW_AFTER_SECONDS" ] || return 0
  old_key=$AWS_ACCESS_KEY_ID old_secret=$AWS_SECRET_ACCESS_KEY old_token=$AWS_SESSION_TOKEN
  assume_role && return 0
  complain "role $ASSUME_ROLE_ARN could not be assumed anew: $(error_line)"
  unset AWS_PROFILE
  export AWS_ACCESS_KEY_ID="$old_key" AWS_SECRET_ACCESS_KEY="$old_secret" AWS_SESSION_TOKEN="$old_token"
}

# Assumes the role, and ends the script when the credentials do not work or are not of the account
# that Terraform works in. Sets $account.
use_credentials() {
  require_aws_cli
  use_role
  if ! call sts get-caller-identity --output text --query '[Account,Arn]'; then
    complain "$(error_line)"
    die 1 "the credentials do not work ($(describe_credentials)); give Terraform's machine valid ones; $standing"
  fi
  account=$(field "$answer" 1)
  # A page of a proxy, with status 200, is an empty answer to the CLI.
  case $account in
    '' | *[!0-9]*) die 1 "AWS STS did not tell an account, but: $account; is there a proxy that asks for something?; $standing" ;;
  esac
  [ -z "$own_profile${ASSUME_ROLE_ARN:-}" ] || say "as $(field "$answer" 2) ($(describe_credentials))"
  if [ -n "${EXPECTED_ACCOUNT_ID:-}" ] && [ "$account" != "$EXPECTED_ACCOUNT_ID" ]; then
    die 1 "the credentials belong to account $account ($(describe_credentials)), but Terraform works in account $EXPECTED_ACCOUNT_ID; give the AWS CLI the profile or role of the AWS provider; $standing"
  fi
}
