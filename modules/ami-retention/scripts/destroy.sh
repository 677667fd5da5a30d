# Run by Terraform when the stack is destroyed.
#
# Beside the preamble's values:
#   ON_DESTROY   keep: tells what stays and how to remove it, and never fails
#                delete: removes AMIs and their snapshots, unless something uses them, and each
#                parameter whose AMI is gone

tell_ami() {
  report "$ami stays, with $(field "$entry" 5) GiB in $snapshots${users:+; in use by $users}"
  [ -z "$users" ] || return 0
  remedy="$remedy
aws ec2 deregister-image --region $region --image-id $ami"
  for snapshot in $snapshots; do
    remedy="$remedy
aws ec2 delete-snapshot --region $region --snapshot-id $snapshot"
  done
}

tell_what_stays_in() {
  use_region "$1"
  shift
  if list_amis; then for_each_ami tell_ami; else report 'the AMIs could not be listed'; fi
  for parameter in "$@"; do
    value=$(named_ami "$parameter") || value='an AMI that could not be read'
    [ -n "$value" ] || continue
    report "$parameter stays, and names $value"
    remedy="$remedy
aws ssm delete-parameter --region $region --name $parameter"
  done
}

tell_what_stays() {
  if command -v aws >/dev/null 2>&1; then
    remedy=''
    for_each_target tell_what_stays_in
    [ -z "$remedy" ] || say "to remove it, and stop its costs:$remedy"
  else
    say "AMIs with the tag $IMAGE_TAG_KEY=$IMAGE_NAME stay, with their snapshots and parameters; there is no AWS CLI to list them"
  fi
}

remove() {
  find_reason
  if [ -n "$reason" ]; then
    report "$ami: stays, $reason"
    return 0
  fi
  switch_fast_launch_off "$ami"
  deregister
}

# Whether an AMI is there. EC2 goes on showing one for a while that was just deregistered.
ami_exists() {
  case "$removed " in *" $1 "*) return 1 ;; esac
  if error=$(aws ec2 describe-images --image-ids "$1" --include-disabled 2>&1 >/dev/null); then
    return 0
  fi
  case $error in *InvalidAMIID.NotFound* | *InvalidAMIID.Unavailable*) return 1 ;; *) return 0 ;; esac
}

# A parameter goes with its AMI: to name one that is gone would break who reads it, and to be gone
# would break who runs one that stays.
remove_parameter() {
  value=$(named_ami "$1") || die 1 "$region: $1 could not be read"
  [ -n "$value" ] || return 0
  if ami_exists "$value"; then
    report "$1: stays, because $value does"
    return 0
  fi
  attempt aws ssm delete-parameter --name "$1"
  case $outcome in
    failed) report "$1: could not be deleted" ;;
    *) report "$1: deleted" ;;
  esac
}

remove_in() {
  use_region "$1"
  shift
  list_amis
  for_each_ami remove
  delete_snapshots
  for parameter in "$@"; do
    remove_parameter "$parameter"
  done
}

case $ON_DESTROY in
  delete)
    require_aws_cli
    for_each_target remove_in
    end_with_failures
    ;;
  *)
    # In a shell of its own, so that nothing in there can end this one.
    (tell_what_stays) || say 'the list of what stays is not complete'
    exit 0
    ;;
esac
