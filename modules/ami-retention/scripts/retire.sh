# Keeps the newest AMIs of an image and retires the others. Run by Terraform after a build, and
# again after a failure: doing it twice does no harm.
#
# Beside the preamble's values:
#   KEEP    how many of the newest AMIs stay in each Region
#   OLDER   what becomes of the others: deprecate, disable or delete

# In two minutes, in UTC: EC2 rounds it to a minute, and takes none of the past. GNU and BusyBox
# know one option for that, BSD and macOS the other.
soon() {
  seconds=$(($(now) + 120))
  date -u -d "@$seconds" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$seconds" +%Y-%m-%dT%H:%M:%SZ
}

deprecate() {
  deprecation=$(field "$entry" 4)
  if [ "$deprecation" != None ]; then
    report "$ami: deprecated already, from $deprecation"
    return 0
  fi
  attempt aws ec2 enable-image-deprecation --image-id "$ami" --deprecate-at "$(soon)"
  tell_outcome deprecated
}

disable() {
  if [ "$state" = disabled ]; then
    report "$ami: disabled already"
    return 0
  fi
  switch_fast_launch_off "$ami"
  attempt aws ec2 disable-image --image-id "$ami"
  tell_outcome disabled
}

delete() {
  switch_fast_launch_off "$ami"
  deregister
}

tell_outcome() {
  case $outcome in
    failed) report "$ami: could not be $1" ;;
    gone) report "$ami: is gone already" ;;
    *) report "$ami: $1" ;;
  esac
}

# Retires the AMI at hand, unless something keeps it.
retire() {
  parameter=$(parameter_of "$ami")
  if [ -n "$parameter" ]; then
    report "$ami: kept, $parameter names it"
    return 0
  fi
  find_reason
  if [ -n "$reason" ]; then
    report "$ami: kept, $reason"
    return 0
  fi
  "$OLDER"
}

# Only AMIs that could be used count as one of the newest; find_reason keeps the others.
look_at() {
  case $state in
    available | disabled)
      newest=$((newest + 1))
      if [ "$newest" -le "$KEEP" ]; then
        report "$ami: kept, one of the newest $KEEP"
        return 0
      fi
      ;;
  esac
  retire
}

retire_in() {
  use_region "$1"
  shift
  read_parameters "$@"
  list_amis
  newest=0
  for_each_ami look_at
  if [ "$OLDER" = delete ]; then delete_snapshots; fi
}

case $OLDER in
  deprecate | disable | delete) ;;
  *) die 1 "OLDER must be deprecate, disable or delete, got: $OLDER" ;;
esac
require_aws_cli
for_each_target retire_in
end_with_failures
