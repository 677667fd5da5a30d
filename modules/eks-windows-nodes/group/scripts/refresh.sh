# Exchanges the nodes of an Auto Scaling group by an instance refresh, and waits for its end. Run by
# Terraform when the group is made, when what it launches has changed, and again after a failure:
# nodes that are as wanted stay, so that doing it twice does no harm.
#
# AWS saves the desired configuration in the group when the refresh has succeeded, and not before:
# until then, and after a rollback, the group launches what it launched before.
#
# Beside the preamble's values:
#   AUTO_SCALING_GROUP      its name
#   DESIRED_CONFIGURATION   what nodes are to be launched from, as JSON of the API
#   PREFERENCES             how they are exchanged, as JSON of the API
#   WAIT_FOR_SUCCESS        false: ends when AWS has begun; anything else waits until it is done

start_refresh() {
  call autoscaling start-instance-refresh --auto-scaling-group-name "$AUTO_SCALING_GROUP" \
    --strategy Rolling --desired-configuration "$DESIRED_CONFIGURATION" \
    --preferences "$PREFERENCES" --query InstanceRefreshId --output text
}

# Sets $line to the newest refresh of the group, or to the one named: id, status, per cent, reason.
# Goes on through failures that pass, until the time is up.
look() {
  until call autoscaling describe-instance-refreshes --output text \
    --auto-scaling-group-name "$AUTO_SCALING_GROUP" ${1:+--instance-refresh-ids "$1"} --query \
    'InstanceRefreshes[0].[InstanceRefreshId,Status,PercentageComplete,StatusReason]'; do
    is_passing "$error" || {
      complain "$(error_line)"
      die 1 "$AUTO_SCALING_GROUP: the instance refresh could not be looked up; $standing"
    }
    pause "$AUTO_SCALING_GROUP" 'of unknown state'
  done
  line=$answer
}

# A group has one refresh at a time. One that still runs is for a configuration from before, or was
# begun by an apply that was killed.
end_running() {
  look
  case $(field "$line" 2) in
    Pending | InProgress | Baking)
      say "$AUTO_SCALING_GROUP: cancelling an instance refresh that still runs"
      call autoscaling cancel-instance-refresh --auto-scaling-group-name "$AUTO_SCALING_GROUP" ||
        say "$(error_line)"
      ;;
  esac
  pause "$AUTO_SCALING_GROUP" 'being refreshed by an earlier change'
}

begin() {
  until start_refresh; do
    case $error in
      *InstanceRefreshInProgress*) end_running ;;
      *)
        complain "$(error_line)"
        die 1 "$AUTO_SCALING_GROUP: no instance refresh could be started; the nodes stay as they are"
        ;;
    esac
  done
  refresh=$answer
  standing="$AUTO_SCALING_GROUP: AWS goes on with the instance refresh"
  say "$AUTO_SCALING_GROUP: instance refresh $refresh started"
}

# Tells each status once, and otherwise how time goes by every minute.
tell_progress() {
  measure_time
  if [ "$1" = "$told" ] && [ $((elapsed - told_at)) -lt 60 ]; then return 0; fi
  told=$1
  told_at=$elapsed
  say "$AUTO_SCALING_GROUP: $1 after ${elapsed}s, $(field "$line" 3) per cent"
  # Terraform is gone, and there is nothing left to finish.
  [ "$heard" = true ] || exit 1
}

fail() {
  reason=$(field "$line" 4)
  case $reason in None | '') reason='AWS gives no reason' ;; esac
  die 1 "$AUTO_SCALING_GROUP: $1: $reason; $2; the next apply tries again"
}

wait_until_done() {
  told='' told_at=0
  while :; do
    look "$refresh"
    case $(field "$line" 2) in
      Successful)
        measure_time
        say "$AUTO_SCALING_GROUP: refreshed after ${elapsed}s"
        return 0
        ;;
      RollbackSuccessful)
        fail 'the instance refresh failed' 'AWS has rolled back, and all nodes are as they were before' ;;
      RollbackFailed)
        fail 'the instance refresh failed, and so did its rollback' 'nodes of both kinds are left' ;;
      Failed)
        fail 'the instance refresh failed' 'nodes that were exchanged stay, and new ones are as before' ;;
      Cancelled)
        fail 'the instance refresh was cancelled' 'nodes that were exchanged stay, and new ones are as before' ;;
      *)
        tell_progress "$(field "$line" 2)"
        pause "$AUTO_SCALING_GROUP" 'being refreshed'
        ;;
    esac
  done
}

use_credentials
begin
if [ "${WAIT_FOR_SUCCESS:-true}" != false ]; then wait_until_done; fi
