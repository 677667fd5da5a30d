# How AMIs and snapshots are removed. What fails is counted in $failures, and the rest goes on.

failures=0
standing='what was told above is done'
removed=''
doomed=''
spared=''

# Runs a command of the AWS CLI that changes something. Sets $outcome to done, gone (there is no
# such AMI or snapshot any more), in-use or failed; prints what the CLI says when it is failed.
attempt() {
  if error=$("$@" 2>&1 >/dev/null); then
    outcome='done'
    return 0
  fi
  case $error in
    *InvalidAMIID.NotFound* | *InvalidAMIID.Unavailable* | *InvalidSnapshot.NotFound*)
      outcome=gone
      ;;
    *InvalidSnapshot.InUse*) outcome=in-use ;;
    *)
      outcome=failed
      failures=$((failures + 1))
      printf '%s\n' "$error" >&2
      ;;
  esac
}

# Fast Launch would go on making snapshots of an AMI that is gone, and they are billed.
switch_fast_launch_off() {
  look "$1"
  case $(field "$line" 1) in
    None | '') return 0 ;;
    disabling) ;;
    *)
      report "$1: switching Fast Launch off first"
      attempt aws ec2 disable-fast-launch --image-id "$1" --force
      [ "$outcome" != failed ] || die 1 "$region $1: Fast Launch could not be switched off"
      ;;
  esac
  wait_until_off "$1" || die 1 "$1: switching off failed: $(field "$line" 6)"
}

# Deregisters the AMI at hand. Its snapshots get a mark before, so that they are found again
# should their own deletion fail: when the AMI is gone nothing else tells whose they were.
deregister() {
  if [ -n "$snapshots" ]; then
    # shellcheck disable=SC2086 # snapshot ids, between blanks
    attempt aws ec2 create-tags --resources $snapshots --tags "Key=$SNAPSHOT_TAG_KEY,Value=$IMAGE_NAME"
    if [ "$outcome" = failed ]; then
      report "$ami: stays, because its snapshots could not be marked"
      return 0
    fi
  fi
  attempt aws ec2 deregister-image --image-id "$ami"
  case $outcome in
    failed)
      report "$ami: could not be deregistered"
      spared="$spared $snapshots"
      return 0
      ;;
    gone) report "$ami: is gone already" ;;
    *) report "$ami: deregistered" ;;
  esac
  removed="$removed $ami"
  doomed="$doomed $snapshots"
}

# How often EC2 is asked to delete a snapshot that it still takes for one of an AMI in use, when
# that AMI was deregistered a moment ago.
MAX_TRIES=6

# Deletes a snapshot, with so many tries.
delete_snapshot() {
  tries=$2
  while :; do
    attempt aws ec2 delete-snapshot --snapshot-id "$1"
    tries=$((tries - 1))
    if [ "$outcome" != in-use ] || [ "$tries" -le 0 ]; then break; fi
    sleep "$POLL_SECONDS"
  done
  case $outcome in
    done) report "$1: deleted" ;;
    gone) report "$1: is gone already" ;;
    in-use) report "$1: stays, because an AMI uses it" ;;
    *) report "$1: could not be deleted, and is tried again by the next run" ;;
  esac
}

# Deletes the snapshots of AMIs that were deregistered now, or by an earlier run that failed.
delete_snapshots() {
  if left=$(aws ec2 describe-snapshots --owner-ids self --output text \
    --filters "Name=tag:$SNAPSHOT_TAG_KEY,Values=$IMAGE_NAME" --query 'Snapshots[].SnapshotId'); then
    [ "$left" != None ] || left=''
  else
    failures=$((failures + 1))
    left=''
  fi
  for snapshot in $doomed; do
    delete_snapshot "$snapshot" "$MAX_TRIES"
  done
  for snapshot in $left; do
    case "$doomed $spared " in *" $snapshot "*) continue ;; esac
    delete_snapshot "$snapshot" 1
  done
  doomed=''
}

end_with_failures() {
  [ "$failures" -eq 0 ] ||
    die 1 "$failures of the calls to AWS failed, see above; the next run tries again"
}
